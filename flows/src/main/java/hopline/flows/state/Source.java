package hopline.flows.state;

/// Where a fact was read.
///
/// @param file the file as the user knows it: below the folder or archive that was named
/// @param line counted from 1, where the fact begins; 0 when the file as a whole says it
public record Source(String file, int line) implements Comparable<Source> {

    @Override
    public int compareTo(Source other) {
        int order = file.compareTo(other.file);
        return order != 0 ? order : Integer.compare(line, other.line);
    }

    /// `endpoint.txt:12`
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}

package hopline.capture.node.process;

import java.time.Duration;
import java.util.List;

/// A program to run, and where what it prints is kept.
///
/// @param words the program and its arguments, as they are handed to the system; no shell sees them
/// @param output the file in the bundle that takes what it prints, with `/` between folders; blank when
///     nothing is kept
/// @param limit how long it may take; then it is ended
/// @param content what it prints, where that matters for what is kept of it
public record Command(List<String> words, String output, Duration limit, Content content) {

    /// What a program prints.
    public enum Content {
        /// Lines, of which secrets are taken out.
        TEXT,
        /// Kubernetes objects as JSON, of which only what an analysis uses is kept.
        KUBERNETES
    }

    private static final Duration USUAL = Duration.ofSeconds(30);

    public Command {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command without a program");
        }
    }

    /// A command that only does something.
    public static Command of(String... words) {
        return new Command(List.of(words), "", USUAL, Content.TEXT);
    }

    /// A command whose text is kept as `output`.
    public static Command into(String output, String... words) {
        return new Command(List.of(words), output, USUAL, Content.TEXT);
    }

    /// The same with another limit.
    public Command within(Duration other) {
        return new Command(words, output, other, content);
    }

    /// The same, kept in `folder` if it is kept at all.
    public Command below(String folder) {
        return output.isEmpty() ? this : new Command(words, folder + "/" + output, limit, content);
    }

    /// Its program, without a folder.
    public String program() {
        String path = words.getFirst().replace('\\', '/');
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// As one may type it: words with blanks or signs in single quotes.
    public String shown() {
        return String.join(" ", words.stream().map(Command::quoted).toList());
    }

    private static String quoted(String word) {
        boolean plain = word.matches("[A-Za-z0-9_@%+=:,./\\\\{}-]+");
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}

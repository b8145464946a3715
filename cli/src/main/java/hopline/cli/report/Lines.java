package hopline.cli.report;

import java.util.ArrayList;
import java.util.List;

/// Text laid out in lines.
public final class Lines {

    private final StringBuilder text = new StringBuilder();
    private final int width;

    Lines(int width) {
        this.width = width;
    }

    void add(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    void blank() {
        text.append('\n');
    }

    /// `label` in a column of its own, `value` wrapped beside it.
    void entry(String indent, String label, int column, String value) {
        String head = indent + label;
        List<String> lines = wrap(value, Math.max(20, width - column));
        for (String line : lines) {
            add(head + " ".repeat(Math.max(1, column - head.length())) + line);
            head = "";
        }
    }

    /// Breaks at blanks; a word that is longer than the line stands alone.
    public static List<String> wrap(String value, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : value.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

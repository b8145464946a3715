package hopline.cli.report;

import java.util.ArrayList;
import java.util.List;

/// Rows whose cells stand in columns: text to the left, numbers to the right.
final class Table {

    private static final String GAP = "  ";

    private final boolean[] isNumber;
    private final List<List<String>> rows = new ArrayList<>();

    /// One character for each column: `t` for text, `n` for numbers.
    Table(String columns) {
        isNumber = new boolean[columns.length()];
        for (int i = 0; i < columns.length(); i++) {
            isNumber[i] = columns.charAt(i) == 'n';
        }
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /// The rows as lines, each column as wide as its widest cell.
    List<String> lines() {
        int[] widths = new int[isNumber.length];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String blanks = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? "" : GAP);
            line.append(isNumber[i] ? blanks + row.get(i) : row.get(i) + blanks);
        }
        return line.toString().stripTrailing();
    }
}

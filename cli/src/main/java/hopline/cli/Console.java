package hopline.cli;

import hopline.cli.report.Escape;
import java.io.PrintStream;

/// Where results and messages go.
///
/// @param out results, and nothing else
/// @param err messages for people
/// @param color whether results may be coloured
/// @param progress whether somebody watches `err`
/// @param width columns of the terminal, or what suits a file
record Console(PrintStream out, PrintStream err, boolean color, boolean progress, int width) {

    private static final int DEFAULT_WIDTH = 100;
    private static final int MIN_WIDTH = 60;
    private static final int MAX_WIDTH = 120;

    /// What the launcher found out about the terminal, for the process's own streams.
    static Console ofProcess(PrintStream out, PrintStream err) {
        boolean outIsTerminal = Boolean.getBoolean("hopline.out.terminal");
        boolean errIsTerminal = Boolean.getBoolean("hopline.err.terminal");
        boolean color = outIsTerminal && System.getenv("NO_COLOR") == null;
        int columns = Integer.getInteger("hopline.columns", DEFAULT_WIDTH);
        int width = Math.clamp(columns, MIN_WIDTH, MAX_WIDTH);
        return new Console(out, err, color, errIsTerminal, width);
    }

    /// The same with colours as `--color` says: `auto`, `always` or `never`.
    Console colored(String choice) throws UsageException {
        return switch (choice) {
            case "auto" -> this;
            case "always" -> new Console(out, err, true, progress, width);
            case "never" -> new Console(out, err, false, progress, width);
            default -> throw new UsageException("--color is auto, always or never, not " + choice);
        };
    }

    /// One line for people: `hopline: FILE: REASON`.
    void complain(String message) {
        err.println("hopline: " + Escape.text(message));
    }
}

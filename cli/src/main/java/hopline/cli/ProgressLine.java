package hopline.cli;

import hopline.flows.analysis.Progress;
import java.util.Locale;

/// One line on the terminal that says how far a long run has come; silent where nobody watches.
final class ProgressLine implements Progress {

    private static final long EVERY_NANOS = 200_000_000;
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private final Console console;
    private final long start = System.nanoTime();
    private long last = start;
    private boolean shown;

    ProgressLine(Console console) {
        this.console = console;
    }

    @Override
    public void at(String step, long records) {
        long now = System.nanoTime();
        if (console.progress() && now - start > PATIENCE_NANOS && now - last > EVERY_NANOS) {
            last = now;
            shown = true;
            console.err().printf(Locale.ROOT, "\r%s: %,d records", step, records);
            console.err().flush();
        }
    }

    /// Takes the line away again.
    void clear() {
        if (shown) {
            console.err().print("\r" + " ".repeat(50) + "\r");
            console.err().flush();
        }
    }
}

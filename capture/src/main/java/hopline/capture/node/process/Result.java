package hopline.capture.node.process;

import java.time.Duration;
import java.time.Instant;

/// What came of a [Command].
///
/// @param exitCode as the program returned it; [#NOT_RUN] when it could not be started, [#ENDED] when it
///     took too long
/// @param text the beginning of what it printed, standard error included, without secrets
/// @param started when it was started
/// @param took how long it ran
/// @param removed how many secrets were taken out of what is kept
/// @param cut what it printed was longer than what is kept
public record Result(
        Command command, int exitCode, String text, Instant started, Duration took, long removed, boolean cut) {

    /// It could not be started: there is no such program, or it may not be run.
    public static final int NOT_RUN = -1;

    /// It ran for longer than it may, and was ended.
    public static final int ENDED = -2;

    /// Whether it did what it was asked for, as far as its exit code tells.
    public boolean succeeded() {
        return exitCode == 0;
    }

    /// Why it failed, in a line.
    public String reason() {
        return switch (exitCode) {
            case NOT_RUN -> command.program() + " is not installed or may not be run";
            case ENDED ->
                command.program() + " took longer than " + command.limit().toSeconds() + " s and was ended";
            default -> command.program() + " ended with exit code " + exitCode + said();
        };
    }

    private String said() {
        String line = text.lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .findFirst()
                .orElse("");
        return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(line.length(), 200));
    }
}

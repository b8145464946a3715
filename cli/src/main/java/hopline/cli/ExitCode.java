package hopline.cli;

/// What a run says to the shell. Where several apply the one with the highest rank counts: usage, environment,
/// unreadable, findings.
final class ExitCode {

    /// Done, nothing found.
    static final int CLEAN = 0;

    /// Done, findings at or above the threshold.
    static final int FINDINGS = 1;

    /// The command line was wrong.
    static final int USAGE = 2;

    /// An input could not be read, or only in part.
    static final int UNREADABLE = 3;

    /// The environment refused.
    static final int ENVIRONMENT = 4;

    private ExitCode() {}
}

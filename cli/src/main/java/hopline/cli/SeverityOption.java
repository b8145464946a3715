package hopline.cli;

import hopline.flows.rule.Severity;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;

/// The option `--fail-on` of verbs that find something.
final class SeverityOption {

    private SeverityOption() {}

    /// From which severity on the run fails; empty for never.
    static Optional<Severity> failOn(CommandLine line) throws UsageException {
        String choice = line.getOptionValue("fail-on", "error");
        return switch (choice.toLowerCase(Locale.ROOT)) {
            case "error" -> Optional.of(Severity.ERROR);
            case "warning" -> Optional.of(Severity.WARNING);
            case "note" -> Optional.of(Severity.NOTE);
            case "never" -> Optional.empty();
            default -> throw new UsageException("--fail-on is error, warning, note or never, not " + choice);
        };
    }
}

package hopline.cli;

import java.util.List;
import org.apache.commons.cli.CommandLine;

/// The option `--format` of verbs that print text or JSON.
final class Format {

    private Format() {}

    /// The same for verbs that print one thing after the other: `text`, `json` or `jsonl`.
    static String ofStream(CommandLine line) throws UsageException {
        String format = line.getOptionValue("format", "text");
        if (!List.of("text", "json", "jsonl").contains(format)) {
            throw new UsageException("--format is text, json or jsonl, not " + format);
        }
        return format;
    }

    static boolean isJson(CommandLine line) throws UsageException {
        String format = line.getOptionValue("format", "text");
        return switch (format) {
            case "text" -> false;
            case "json" -> true;
            default -> throw new UsageException("--format is text or json, not " + format);
        };
    }
}

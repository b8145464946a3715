package hopline.cli;

import org.apache.commons.cli.CommandLine;

/// The option `--format` of verbs that print text or JSON.
final class Format {

    private Format() {}

    static boolean isJson(CommandLine line) throws UsageException {
        String format = line.getOptionValue("format", "text");
        return switch (format) {
            case "text" -> false;
            case "json" -> true;
            default -> throw new UsageException("--format is text or json, not " + format);
        };
    }
}

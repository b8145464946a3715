package hopline.cli.report;

import hopline.flows.rule.Severity;

/// Colours for terminals, or none. Colour is never the only sign: words say the same.
record Ink(boolean on) {

    private static final String RESET = "\u001b[0m";

    private String paint(String code, String text) {
        return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + RESET : text;
    }

    String bold(String text) {
        return paint("1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    String good(String text) {
        return paint("32", text);
    }

    String wrong(String text) {
        return paint("1;31", text);
    }

    String changed(String text) {
        return paint("36", text);
    }

    String severity(Severity severity, String text) {
        return switch (severity) {
            case ERROR -> paint("1;31", text);
            case WARNING -> paint("1;33", text);
            case NOTE -> paint("1;36", text);
        };
    }
}

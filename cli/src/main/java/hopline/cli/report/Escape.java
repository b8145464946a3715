package hopline.cli.report;

/// Makes text from packets and files harmless where it is shown.
public final class Escape {

    private Escape() {}

    /// For terminals: control characters, escape sequences, and marks that turn the direction of text are written as
    /// `\\u{…}`.
    public static String text(String raw) {
        if (raw.codePoints().noneMatch(Escape::isDangerous)) {
            return raw;
        }
        StringBuilder safe = new StringBuilder(raw.length() + 16);
        raw.codePoints().forEach(c -> {
            if (isDangerous(c)) {
                safe.append("\\u{").append(Integer.toHexString(c)).append('}');
            } else {
                safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    /// Whether a terminal would obey it, or it changes how what is around it is shown.
    static boolean isDangerous(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}

package hopline.cli.chart;

import java.awt.Color;

/// A colour with a meaning. In the page's charts it becomes a class, so that the style decides what it looks like in
/// light and in dark.
enum Tone {
    INK(0),
    MUTED(1),
    LINE(2),
    ACCENT(3),
    ACCENT_SOFT(4),
    ERROR(5),
    WARNING(6),
    NOTE(7),
    TUNNEL(8),
    CHANGE(9),
    SURFACE(10);

    /// Colours of this red and green stand for tones, and are used for nothing else.
    private static final int RED = 251;

    private static final int GREEN = 3;

    private final int blue;

    Tone(int blue) {
        this.blue = blue;
    }

    /// What it is drawn with.
    Color color() {
        return new Color(RED, GREEN, blue);
    }

    /// How the drawing names it.
    String drawn() {
        return "rgb(" + RED + "," + GREEN + "," + blue + ")";
    }

    /// The class for it: `f-ink` to fill, `s-ink` to stroke.
    String className(String attribute) {
        return attribute.charAt(0) + "-"
                + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}

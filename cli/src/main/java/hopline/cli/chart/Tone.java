package hopline.cli.chart;

import java.awt.Color;

/// A colour with a meaning. In the page's charts it becomes a class, so that the style decides what it looks like in
/// light and in dark.
enum Tone {
    INK,
    MUTED,
    LINE,
    ACCENT,
    ACCENT_SOFT,
    ERROR,
    WARNING,
    NOTE,
    TUNNEL,
    CHANGE,
    SURFACE;

    /// Colours of this red and green stand for tones, and are used for nothing else.
    private static final int RED = 251;

    private static final int GREEN = 3;

    /// What it is drawn with.
    Color color() {
        return new Color(RED, GREEN, ordinal());
    }

    /// How the drawing names it.
    String drawn() {
        return "rgb(" + RED + "," + GREEN + "," + ordinal() + ")";
    }

    /// The class for it: `f-ink` to fill, `s-ink` to stroke.
    String className(String attribute) {
        return attribute.charAt(0) + "-"
                + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}

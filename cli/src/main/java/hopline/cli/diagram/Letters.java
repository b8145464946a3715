package hopline.cli.diagram;

/// How text is set.
///
/// @param size in pixels
/// @param bold whether it is bold
/// @param mono whether all letters are equally wide: for addresses
record Letters(double size, boolean bold, boolean mono) {

    static final Letters TITLE = new Letters(17, true, false);
    static final Letters PLAIN = new Letters(13, false, false);
    static final Letters BOLD = new Letters(13, true, false);
    static final Letters SMALL = new Letters(11.5, false, false);
    static final Letters SMALL_BOLD = new Letters(11.5, true, false);
    static final Letters MONO = new Letters(12, false, true);
    static final Letters MONO_BOLD = new Letters(12, true, true);
    static final Letters MONO_SMALL = new Letters(10.5, false, true);
    static final Letters MONO_SMALL_BOLD = new Letters(10.5, true, true);

    private static final double MONO_WIDTH = 0.605;

    /// How wide `text` is at most, in any of the usual fonts, so that pictures do not depend on those of a machine.
    double width(String text) {
        double ems = text.codePoints().mapToDouble(this::ems).sum();
        return ems * size * (bold && !mono ? 1.09 : 1);
    }

    private double ems(int c) {
        if (c >= 0x2e80 && Character.isLetter(c)) {
            return 1;
        }
        if (mono) {
            return MONO_WIDTH;
        }
        if ("iljtfI.,:;'|!()[] /-".indexOf(c) >= 0) {
            return 0.38;
        }
        if ("mwMW@%→←".indexOf(c) >= 0) {
            return 0.96;
        }
        return Character.isUpperCase(c) ? 0.69 : 0.62;
    }

    /// `text`, or as much of its beginning as fits.
    String cut(String text, double room) {
        if (width(text) <= room) {
            return text;
        }
        int end = text.length();
        while (end > 1 && width(text.substring(0, end) + "…") > room) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "…";
    }
}

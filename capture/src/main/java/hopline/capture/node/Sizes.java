package hopline.capture.node;

import java.util.Locale;

/// Sizes for people.
public final class Sizes {

    private static final String[] UNITS = {"octets", "KiB", "MiB", "GiB", "TiB"};

    private Sizes() {}

    /// With three digits at most, as `1.25 GiB`.
    public static String text(long octets) {
        double size = octets;
        int unit = 0;
        while (size >= 1000 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        int decimals = unit == 0 || size >= 100 ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", size, UNITS[unit]);
    }
}

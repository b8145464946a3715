package hopline.cli.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/// Times and durations as text, in UTC and without regard to the locale.
public final class Times {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final DateTimeFormatter RFC_3339 = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(java.time.temporal.ChronoField.NANO_OF_SECOND, 9, 9, true)
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {}

    private static Instant instant(long epochNanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, NANOS_PER_SECOND), Math.floorMod(epochNanos, NANOS_PER_SECOND));
    }

    /// As in `2026-03-01T10:22:05.123456789Z`.
    public static String rfc3339(long epochNanos) {
        return RFC_3339.format(instant(epochNanos));
    }

    /// As in `2026-03-01 10:22:05 UTC`.
    public static String seconds(long epochNanos) {
        return SECONDS.format(instant(epochNanos)) + " UTC";
    }

    /// A duration in the unit that suits it: `41 µs`, `2.31 ms`, `12.4 s`, `3 h 12 min`, `4 d 7 h`.
    public static String duration(long nanos) {
        long size = Math.abs(nanos);
        if (size < 1_000) {
            return nanos + " ns";
        }
        if (size < 1_000_000) {
            return scaled(nanos, 1e3) + " µs";
        }
        if (size < NANOS_PER_SECOND) {
            return scaled(nanos, 1e6) + " ms";
        }
        if (size < 600 * NANOS_PER_SECOND) {
            return scaled(nanos, 1e9) + " s";
        }
        long minutes = nanos / NANOS_PER_SECOND / 60;
        long hours = minutes / 60;
        if (hours >= 48) {
            return hours / 24 + " d " + hours % 24 + " h";
        }
        return minutes < 120 ? minutes + " min" : hours + " h " + minutes % 60 + " min";
    }

    private static String scaled(long nanos, double unit) {
        double value = nanos / unit;
        int digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}

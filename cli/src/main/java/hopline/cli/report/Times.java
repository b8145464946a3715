package hopline.cli.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times and durations as text, in UTC and without regard to the locale.
public final class Times {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int SECONDS_PER_DAY = 86_400;

    private static final int[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {}

    private static Instant instant(long epochNanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, NANOS_PER_SECOND), Math.floorMod(epochNanos, NANOS_PER_SECOND));
    }

    /// As in `2026-03-01T10:22:05.123456789Z`. By hand, because every packet has one: a formatter takes ten times as
    /// long.
    public static String rfc3339(long epochNanos) {
        long seconds = Math.floorDiv(epochNanos, NANOS_PER_SECOND);
        int ofDay = Math.floorMod(seconds, SECONDS_PER_DAY);
        StringBuilder text = new StringBuilder(30);
        text.append(LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_PER_DAY)))
                .append('T');
        digits(text, ofDay / 3600, 2).append(':');
        digits(text, ofDay / 60 % 60, 2).append(':');
        digits(text, ofDay % 60, 2).append('.');
        return digits(text, (int) Math.floorMod(epochNanos, NANOS_PER_SECOND), 9)
                .append('Z')
                .toString();
    }

    private static StringBuilder digits(StringBuilder text, int number, int width) {
        for (int unit = POWERS[width - 1]; unit > 0; unit /= 10) {
            text.append((char) ('0' + number / unit % 10));
        }
        return text;
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

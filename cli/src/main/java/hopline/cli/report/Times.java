package hopline.cli.report;

import java.time.LocalDate;

/// Times and durations as text, in UTC and without regard to the locale.
public final class Times {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int SECONDS_PER_DAY = 86_400;

    private static final int[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private Times() {}

    /// As in `2026-03-01T10:22:05.123456789Z`. By hand, because every packet has one: a formatter takes ten times as
    /// long.
    public static String rfc3339(long epochNanos) {
        StringBuilder text = dateAndTime(epochNanos, 'T').append('.');
        return digits(text, (int) Math.floorMod(epochNanos, NANOS_PER_SECOND), 9)
                .append('Z')
                .toString();
    }

    private static StringBuilder dateAndTime(long epochNanos, char between) {
        long seconds = Math.floorDiv(epochNanos, NANOS_PER_SECOND);
        int ofDay = Math.floorMod(seconds, SECONDS_PER_DAY);
        StringBuilder text = new StringBuilder(30);
        text.append(LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_PER_DAY)))
                .append(between);
        digits(text, ofDay / 3600, 2).append(':');
        digits(text, ofDay / 60 % 60, 2).append(':');
        return digits(text, ofDay % 60, 2);
    }

    private static StringBuilder digits(StringBuilder text, int number, int width) {
        for (int unit = POWERS[width - 1]; unit > 0; unit /= 10) {
            text.append((char) ('0' + number / unit % 10));
        }
        return text;
    }

    /// As in `2026-03-01 10:22:05 UTC`.
    public static String seconds(long epochNanos) {
        return dateAndTime(epochNanos, ' ').append(" UTC").toString();
    }

    /// A duration in the unit that suits it: `41 µs`, `2.31 ms`, `12.4 s`, `3 h 12 min`, `4 d 7 h`.
    public static String duration(long nanos) {
        long size = Math.abs(nanos);
        if (size < 1_000) {
            return nanos + " ns";
        }
        if (size < 1_000_000) {
            return scaled(nanos, 1_000) + " µs";
        }
        if (size < NANOS_PER_SECOND) {
            return scaled(nanos, 1_000_000) + " ms";
        }
        if (size < 600 * NANOS_PER_SECOND) {
            return scaled(nanos, NANOS_PER_SECOND) + " s";
        }
        long minutes = nanos / NANOS_PER_SECOND / 60;
        long hours = minutes / 60;
        if (hours >= 48) {
            return hours / 24 + " d " + hours % 24 + " h";
        }
        return minutes < 120 ? minutes + " min" : hours + " h " + minutes % 60 + " min";
    }

    /// How much later something was, signed: `+41.0 µs`, or `-15.8 µs` where clocks say it was earlier.
    public static String later(long nanos) {
        return (nanos < 0 ? "" : "+") + duration(nanos);
    }

    private static String scaled(long nanos, long unit) {
        long whole = Math.abs(nanos) / unit;
        return Numerals.quotient(nanos, unit, whole < 10 ? 2 : whole < 100 ? 1 : 0);
    }
}

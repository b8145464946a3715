package hopline.cli.filter;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A time as people write it: absolute, or so long before the captures end.
///
/// @param beforeEnd whether `nanos` count back from the end; else since 1970
record PointInTime(long nanos, boolean beforeEnd) {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|m|h|d)");

    /// Further away than this a `long` cannot count nanoseconds.
    private static final double MOST_NANOS = 9e18;

    /// From RFC 3339 such as `2026-03-01T10:22:05.5Z`, or a length of time such as `90s` or `1.5m`.
    static PointInTime parse(String text) {
        Matcher duration = DURATION.matcher(text);
        if (duration.matches()) {
            double nanos = Double.parseDouble(duration.group(1)) * unit(duration.group(2));
            if (nanos < MOST_NANOS) {
                return new PointInTime(Math.round(nanos), true);
            }
        }
        try {
            Instant instant = OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
            return new PointInTime(
                    Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano()),
                    false);
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "takes a time such as 2026-03-01T10:22:05Z, or 3m for three minutes before the captures end, not '"
                            + text + "'",
                    e);
        }
    }

    private static double unit(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            case "h" -> 3600e9;
            default -> 86_400e9;
        };
    }

    /// Nanoseconds since 1970, of captures that end at `endNanos`.
    long nanos(long endNanos) {
        return beforeEnd ? endNanos - nanos : nanos;
    }
}

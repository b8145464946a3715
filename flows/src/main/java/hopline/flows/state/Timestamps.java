package hopline.flows.state;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Moments written as text, in nanoseconds since 1970.
public final class Timestamps {

    static final long NANOS_PER_SECOND = 1_000_000_000L;

    /// RFC 3339, whose colons file systems do not like: `2026-03-01T10-22-05Z`, `20260301T102205.5+0100`.
    private static final Pattern IN_FILE_NAME = Pattern.compile("(?<!\\d)(\\d{4})-?(\\d{2})-?(\\d{2})[Tt_]"
            + "(\\d{2})[-_:.]?(\\d{2})[-_:.]?(\\d{2})(\\.\\d{1,9})?(?:([Zz])|([+-]\\d{2})[-_:.]?(\\d{2}))(?!\\d)");

    private Timestamps() {}

    /// Empty when `text` is no RFC 3339 time.
    static OptionalLong parse(String text) {
        try {
            return OptionalLong.of(epochNanos(OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    /// Of several, as where a folder has one, too, the last. Empty when the name holds none, or one without a zone:
    /// local time could be off by half a day.
    public static OptionalLong inFileName(String name) {
        Matcher matcher = IN_FILE_NAME.matcher(name);
        OptionalLong last = OptionalLong.empty();
        while (matcher.find()) {
            last = parse(rfc3339(matcher));
        }
        return last;
    }

    private static String rfc3339(Matcher matcher) {
        String date = String.join("-", matcher.group(1), matcher.group(2), matcher.group(3));
        String time = String.join(":", matcher.group(4), matcher.group(5), matcher.group(6));
        String fraction = matcher.group(7) == null ? "" : matcher.group(7);
        String zone = matcher.group(8) != null ? "Z" : matcher.group(9) + ":" + matcher.group(10);
        return date + "T" + time + fraction + zone;
    }

    /// Holds what does not fit at the ends of a `long`'s range.
    public static long epochNanos(Instant moment) {
        try {
            return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), NANOS_PER_SECOND), moment.getNano());
        } catch (ArithmeticException e) {
            return moment.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}

package hopline.capture.node.plan;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes and times as people write them.
public final class Amounts {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*([KMGT]?)(?:i?B)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)?");

    private Amounts() {}

    /// Octets: `64K`, `512M`, `2G`, powers of 1024; a plain number is octets.
    public static long octets(String name, String text) throws PlanException {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new PlanException(name + " is a size such as 512M or 2G, not " + text);
        }
        int shift = 10 * "KMGT".indexOf(matcher.group(2).toUpperCase(Locale.ROOT)) + 10;
        long number = Long.parseLong(matcher.group(1));
        if (matcher.group(2).isEmpty()) {
            return number;
        }
        if (number > Long.MAX_VALUE >> (shift + 2)) {
            throw new PlanException(name + " is larger than any disk: " + text);
        }
        return number << shift;
    }

    /// `500ms`, `30s`, `10m`, `2h`; a plain number is seconds.
    public static Duration duration(String name, String text) throws PlanException {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new PlanException(name + " is a time such as 30s, 10m or 2h, not " + text);
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }

    /// The shortest form that [#octets] reads again.
    public static String size(long octets) {
        String units = "KMGT";
        for (int i = units.length(); i > 0; i--) {
            if (octets != 0 && octets % (1L << (10 * i)) == 0) {
                return (octets >> (10 * i)) + units.substring(i - 1, i);
            }
        }
        return String.valueOf(octets);
    }

    /// The shortest form that [#duration] reads again.
    public static String time(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        return seconds != 0 && seconds % 3600 == 0
                ? seconds / 3600 + "h"
                : seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}

package hopline.cli.report;

import java.util.regex.Pattern;

/// Numbers as people read them, whatever their locale.
///
/// By hand: a `Formatter` looks up how a locale writes numbers first, which takes longer than reading a short capture.
public final class Numerals {

    private static final int GROUP = 3;
    private static final String NUMBER = "(?<![\\w.])\\d{4,18}(?!\\w|\\.\\d)";

    private Numerals() {}

    /// In groups of three digits, as in `1,234,567`.
    public static String grouped(long number) {
        String digits = String.valueOf(number);
        int first = number < 0 ? 1 : 0;
        if (digits.length() - first <= GROUP) {
            return digits;
        }
        StringBuilder text = new StringBuilder(digits);
        for (int at = digits.length() - GROUP; at > first; at -= GROUP) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    /// A sentence with each of its numbers in groups; good for one whose numbers are counts.
    static String groupedIn(String sentence) {
        return Pattern.compile(NUMBER).matcher(sentence).replaceAll(number -> grouped(Long.parseLong(number.group())));
    }

    /// `number` divided by `unit`, rounded half away from zero to so many digits after the point, as in `2.31`.
    ///
    /// @param number up to a thousandth of what a `long` holds, either way
    /// @param unit positive
    /// @param digits 0 to 2
    static String quotient(long number, long unit, int digits) {
        long scale = digits == 2 ? 100 : digits == 1 ? 10 : 1;
        long rounded = (Math.abs(number) * scale * 2 + unit) / (unit * 2);
        String sign = number < 0 ? "-" : "";
        if (digits == 0) {
            return sign + rounded;
        }
        String fraction = String.valueOf(rounded % scale);
        return sign + rounded / scale + "." + "0".repeat(digits - fraction.length()) + fraction;
    }
}

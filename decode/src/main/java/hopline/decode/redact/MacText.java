package hopline.decode.redact;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// MAC addresses as texts, in whatever way their twelve digits are grouped.
final class MacText {

    private static final int DIGITS = 12;
    private static final long GROUP_BIT = 0x0100_0000_0000L;

    private MacText() {}

    /// `text` with what stands in the address's place, grouped and in the case as before. Digits that were left out
    /// before a colon are written.
    static Optional<String> redact(String text, AddressPseudonyms addresses) {
        String separator = text.indexOf(':') >= 0 ? ":" : text.indexOf('-') >= 0 ? "-" : ".";
        StringBuilder digits = new StringBuilder(DIGITS);
        String[] groups = text.split(Pattern.quote(separator), -1);
        for (String group : groups) {
            digits.append("0".repeat(DIGITS / groups.length - group.length())).append(group);
        }
        long made = addresses.mac(Long.parseLong(digits.toString(), 16));
        String written = grouped(made, separator, groups.length);
        boolean upper = text.chars().anyMatch(c -> c >= 'A' && c <= 'F');
        return Optional.of(upper ? written.toUpperCase(Locale.ROOT) : written);
    }

    /// The same for digits that may be no address at all: empty when they would be a group's, which stays as it is.
    static Optional<String> redactUnlessGroup(String text, AddressPseudonyms addresses) {
        boolean group = (Long.parseLong(text.substring(0, 2), 16) << 40 & GROUP_BIT) != 0;
        return group ? Optional.empty() : redact(text, addresses);
    }

    /// 48 bits as lower-case digits in that many groups.
    static String grouped(long mac, String separator, int groups) {
        String digits = String.format("%012x", mac);
        int length = DIGITS / groups;
        StringBuilder written = new StringBuilder(DIGITS + groups);
        for (int i = 0; i < groups; i++) {
            written.append(i == 0 ? "" : separator).append(digits, i * length, (i + 1) * length);
        }
        return written.toString();
    }
}

package hopline.decode.redact;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/// What stands in a name's place: as long as the name, letters for letters and digits for digits, in the
/// same case.
///
/// Each character is shifted by a keyed function of those before it, back to the last that is neither
/// letter nor digit. So different names stay different, equal ones equal whatever their case, and `web-1`
/// and `web-2` still have their beginning in common. Single-threaded; remembers a bounded number.
public final class NamePseudonyms {

    /// Parts of names remembered; more are computed anew.
    private static final int MAX_REMEMBERED = 1 << 16;

    private static final int LETTERS = 26;
    private static final int DIGITS = 10;
    private static final int HEX_DIGITS = 16;

    private final Mac function;
    private final Mac hex;
    private final Map<String, String> parts = new HashMap<>();

    private @Nullable Replacements listener;

    /// Names under `key`.
    public NamePseudonyms(RedactionKey key) {
        function = key.function("names");
        hex = key.function("identifiers");
    }

    /// Tells `listener` from now on of every name that is replaced.
    void listen(Replacements listener) {
        this.listener = listener;
    }

    private String told(String original, StringBuilder made) {
        String result = made.toString();
        if (listener != null && hasPart(original)) { // also of a letter that stands for itself by chance
            listener.name(original, result);
        }
        return result;
    }

    /// What stands in the place of `name`; all but letters and digits stays, and what is no ASCII becomes
    /// letters.
    public String name(String name) {
        StringBuilder made = new StringBuilder(name.length());
        int at = 0;
        while (at < name.length()) {
            int end = at;
            while (end < name.length() && isPart(name.charAt(end))) {
                end++;
            }
            if (end == at) {
                made.append(name.charAt(at++));
            } else {
                made.append(part(name.substring(at, end)));
                at = end;
            }
        }
        return told(name, made);
    }

    private static boolean hasPart(String name) {
        return name.chars().anyMatch(c -> isPart((char) c));
    }

    static boolean isPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
    }

    private String part(String part) {
        String lower = part.toLowerCase(Locale.ROOT);
        String made = lower.length() == part.length() ? parts.get(lower) : null;
        if (made == null) {
            made = shifted(lower.length() == part.length() ? lower : part);
            if (parts.size() == MAX_REMEMBERED) {
                parts.clear();
            }
            parts.put(lower, made);
        }
        return inCaseOf(part, made);
    }

    private String shifted(String part) {
        StringBuilder made = new StringBuilder(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            int count = digit ? DIGITS : LETTERS;
            int shift = shift(function, part.substring(0, i), count, i == 0 && part.length() > 1);
            char first = digit ? '0' : 'a';
            made.append((char) (first + Math.floorMod(c - first + shift, count)));
        }
        return made.toString();
    }

    /// By how much one of `count` characters moves behind `before`; never by 0 where `moves`, so that no
    /// name stays.
    private static int shift(Mac function, String before, int count, boolean moves) {
        byte[] made = function.doFinal(before.getBytes(StandardCharsets.UTF_8));
        int number = (int) AddressOctets.number(made, 0, 4) & Integer.MAX_VALUE;
        return moves ? 1 + number % (count - 1) : number % count;
    }

    private static String inCaseOf(String part, String made) {
        StringBuilder result = new StringBuilder(made);
        for (int i = 0; i < part.length(); i++) {
            if (part.charAt(i) >= 'A' && part.charAt(i) <= 'Z') {
                result.setCharAt(i, (char) (made.charAt(i) - 'a' + 'A'));
            }
        }
        return result.toString();
    }

    /// What stands in the place of an identifier of hexadecimal digits, such as a GUID: of the same form.
    public String identifier(String identifier) {
        StringBuilder made = new StringBuilder(identifier.length());
        StringBuilder before = new StringBuilder(identifier.length());
        for (int i = 0; i < identifier.length(); i++) {
            char c = identifier.charAt(i);
            int digit = Character.digit(c, HEX_DIGITS);
            if (digit < 0) {
                made.append(c);
                continue;
            }
            int shifted = (digit + shift(hex, before.toString(), HEX_DIGITS, before.isEmpty())) % HEX_DIGITS;
            char written = Character.forDigit(shifted, HEX_DIGITS);
            made.append((c >= 'A' && c <= 'F') || isUpper(identifier) ? Character.toUpperCase(written) : written);
            before.append(Character.toLowerCase(c));
        }
        return told(identifier, made);
    }

    private static boolean isUpper(String identifier) {
        return identifier.chars().anyMatch(c -> c >= 'A' && c <= 'F')
                && identifier.chars().noneMatch(c -> c >= 'a' && c <= 'f');
    }
}

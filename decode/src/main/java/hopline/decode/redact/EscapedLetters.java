package hopline.decode.redact;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Letters, digits and what stands between those of addresses, escaped where nothing asks for it: as JSON, pages and
/// addresses of pages may write them. Taken for what they mean, they cannot hide an address or a name.
final class EscapedLetters {

    /// In JSON, or in JSON that is a text in JSON, where a backslash is two.
    private static final Pattern JSON = Pattern.compile("(\\\\{1,16})u00([2-7][0-9a-fA-F])");

    /// In JSON between a network and the length of its prefix.
    private static final Pattern SLASH = Pattern.compile("(?<=[0-9a-fA-F:])\\\\{1,16}/(?=\\d)");

    private static final Pattern MARKUP = Pattern.compile("&#(?:0{0,4}(\\d{2,3})|[xX]0{0,4}([2-7][0-9a-fA-F]));");

    /// Only where digits stand around it: what prints numbers writes `%2d` for other reasons.
    private static final Pattern PERCENT =
            Pattern.compile("(?<=[0-9a-fA-F]|%3[aA])%(?:3[aA]|2[eE])(?=[0-9a-fA-F]|%3[aA])");

    private EscapedLetters() {}

    static String plain(String text) {
        String plain = text;
        if (text.indexOf('\\') >= 0) {
            plain = SLASH.matcher(JSON.matcher(plain).replaceAll(EscapedLetters::json))
                    .replaceAll("/");
        }
        if (text.indexOf("&#") >= 0) {
            plain = MARKUP.matcher(plain).replaceAll(EscapedLetters::markup);
        }
        return text.indexOf('%') < 0
                ? plain
                : PERCENT.matcher(plain).replaceAll(escape -> escape.group().charAt(1) == '3' ? ":" : ".");
    }

    private static String json(MatchResult escape) {
        char letter = (char) Integer.parseInt(escape.group(2), 16);
        int backslashes = escape.group(1).length();
        if (!isPlain(letter)) {
            return Matcher.quoteReplacement(escape.group());
        }
        String before = backslashes % 2 == 0 ? "" : "\\".repeat(backslashes - 1);
        return Matcher.quoteReplacement(before + letter);
    }

    private static String markup(MatchResult escape) {
        int letter =
                escape.group(1) == null ? Integer.parseInt(escape.group(2), 16) : Integer.parseInt(escape.group(1));
        return isPlain(letter) ? String.valueOf((char) letter) : Matcher.quoteReplacement(escape.group());
    }

    private static boolean isPlain(int c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || ".:-_/%".indexOf(c) >= 0);
    }
}

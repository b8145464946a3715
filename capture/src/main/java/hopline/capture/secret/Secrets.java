package hopline.capture.secret;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes secrets out of text, line by line: tokens, keys, passwords, certificates. What looks like one is
/// replaced, also when it is none: the loss of a harmless word hurts less. JSON stays JSON.
public final class Secrets {

    /// What stands where a secret stood.
    public static final String REMOVED = "[removed]";

    private static final String PEM = "-----(?:BEGIN|END) [A-Z0-9 ]{0,32}(?:PRIVATE KEY|CERTIFICATE)-----";

    /// Up to the end of the line, or of the string that it is in.
    private static final Pattern BLOCK =
            Pattern.compile(PEM.replace("|END", "") + "[^\"<\\\\]*+(?:\\\\+[nr][^\"<\\\\]*+)*+");

    private static final Pattern END = Pattern.compile(PEM.replace("BEGIN|", ""));

    /// Not in the midst of Base64, nor in a Community ID, which may end as `/Sas=`.
    private static final String SAS = "(?<![a-z0-9+/]|\\b1:)sas(?![a-z])";

    /// What makes a shared access signature valid, a parameter of addresses of Azure's storage.
    private static final String SIGNATURE = "(?<![a-z0-9+/])sig(?==)";

    private static final String WORDS = "(?:token|passw(?:or)?d|passphrase|secret|api[_-]?key|access[_-]?key"
            + "|account[_-]?key|client-key-data|client-certificate-data|certificate-authority-data|" + SAS + "|"
            + SIGNATURE + ")";

    /// The end of a secret's name: bounded, as all that is tried anew at each word, so that no line takes
    /// long.
    private static final String NAME = "(?i)(" + WORDS + "[\\w.-]{0,64}+";

    /// Not in the middle of a word, but behind an escaped end of a line.
    private static final String BEGIN = "(?:(?<![A-Za-z0-9-])|(?<=\\\\[nrt]))";

    private static final String QUOTE = "\\\\{0,16}[\"']";

    /// What a secret looks like, and what stands in its place; the first group stays. It is looked for where one of
    /// `signs` is, in small letters: that is asked sooner.
    private record Form(Pattern pattern, String instead, List<String> signs) {

        static Form of(String pattern, List<String> signs) {
            return new Form(Pattern.compile(pattern), REMOVED, signs);
        }

        boolean mayBeIn(String lower) {
            for (int i = 0; i < signs.size(); i++) {
                if (lower.contains(signs.get(i))) {
                    return true;
                }
            }
            return false;
        }
    }

    /// What [#WORDS] finds: one of these is in every secret's name.
    private static final List<String> NAMED = List.of(
            "token",
            "passw",
            "passphrase",
            "secret",
            "apikey",
            "api_key",
            "api-key",
            "accesskey",
            "access_key",
            "access-key",
            "accountkey",
            "account_key",
            "account-key",
            "client-key-data",
            "client-certificate-data",
            "certificate-authority-data",
            "sas",
            "sig=");

    private static final List<Form> FORMS = List.of(
            Form.of("()" + BEGIN + "eyJ[A-Za-z0-9_-]{8,1024}+\\.[A-Za-z0-9_-]+\\.?[A-Za-z0-9_-]*", List.of("eyj")),
            Form.of("(?i)((?:bearer|basic)\\s+)[A-Za-z0-9._~+/=-]{8,}", List.of("bearer", "basic")),
            Form.of(NAME + "(?:" + QUOTE + ")?\\s*[=:]\\s*(" + QUOTE + "))(?:(?!\\2)(?:\\\\.|.))++", NAMED),
            new Form(Pattern.compile(NAME + QUOTE + "\\s*:\\s*)-?\\d[\\d.eE+-]*"), "0", NAMED), // as JSON asks for
            Form.of(
                    "(?i)(" + BEGIN + "--?[\\w.-]{0,64}" + WORDS + "[\\w.-]{0,64}+(?:\\s+(?:" + QUOTE + ")?|" + QUOTE
                            + "\\s*,\\s*" + QUOTE + "))(?!-)[^\\s\"'\\\\<]++",
                    NAMED),
            Form.of(
                    NAME
                            + "\\s*[=:]\\s*)(?![\"'])(?:[^\\s,;}\"'\\\\<]|[\"'](?![\\s,;})\\]:<]|$)|\\\\(?![\\\\\"'nrt]))++",
                    NAMED),
            Form.of("(://[^/\\s:@]*+:)[^/\\s\"'<]+(?=@)", List.of("://")));

    private static final String BLOCK_SIGN = "-----begin";

    /// For engines of regular expressions that know no possessive quantifiers, such as .NET's.
    private static final Pattern POSSESSIVE = Pattern.compile("([+*}])\\+");

    /// What a secret looks like, and what stands in the place of what was found, where `${1}` is its first group.
    public record Substitution(String pattern, String instead) {}

    private boolean inBlock;
    private long removed;

    /// For one text, from its first line on.
    public Secrets() {}

    /// How many were taken out so far.
    public long removed() {
        return removed;
    }

    /// All forms but that of blocks, for whoever takes secrets out elsewhere; upper and lower case differ but where a
    /// pattern says otherwise.
    public static List<Substitution> substitutions() {
        return FORMS.stream()
                .map(form -> new Substitution(plain(form.pattern()), "${1}" + form.instead()))
                .toList();
    }

    /// What a block of several lines looks like in its first line.
    public static String block() {
        return plain(BLOCK);
    }

    /// What the last line of a block holds.
    public static String endOfBlock() {
        return plain(END);
    }

    private static String plain(Pattern pattern) {
        return POSSESSIVE.matcher(pattern.pattern()).replaceAll("$1");
    }

    /// Whether anything in `text` announces a secret, which may be yet to come.
    public static boolean mayBegin(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains(BLOCK_SIGN) || FORMS.stream().anyMatch(form -> form.mayBeIn(lower));
    }

    /// The next line without secrets.
    public String clean(String line) {
        if (inBlock) {
            inBlock = !END.matcher(line).find();
            return REMOVED;
        }
        String lower = line.toLowerCase(Locale.ROOT);
        String clean = lower.contains(BLOCK_SIGN) ? withoutBlocks(line) : line;
        for (Form form : FORMS) {
            clean = form.mayBeIn(lower) ? without(form, clean) : clean;
        }
        return clean;
    }

    private String withoutBlocks(String line) {
        Matcher block = BLOCK.matcher(line);
        return block.replaceAll(found -> {
            removed++;
            inBlock =
                    found.end() == line.length() && !END.matcher(found.group()).find();
            return Matcher.quoteReplacement(REMOVED);
        });
    }

    private String without(Form form, String line) {
        Matcher matcher = form.pattern().matcher(line);
        StringBuilder clean = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            boolean known = line.substring(matcher.end(1), matcher.end()).equals(form.instead());
            removed += known ? 0 : 1;
            clean.append(line, from, matcher.end(1)).append(form.instead());
            from = matcher.end();
        }
        return from == 0 ? line : clean.append(line, from, line.length()).toString();
    }
}

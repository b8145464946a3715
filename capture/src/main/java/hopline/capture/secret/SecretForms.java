package hopline.capture.secret;

import java.util.List;
import java.util.regex.Pattern;

/// What secrets look like in a line: the only place that knows it, for Java's engine of regular expressions and for
/// that of .NET, in which upper and lower case differ but where a pattern says otherwise, and `\s`, `\w` and `\d` are
/// ASCII alone.
///
/// A form must not take long on any line: whatever is tried anew at each word of one is bounded.
public final class SecretForms {

    /// What a secret looks like, and what stands in its place; the first group stays.
    record Form(Pattern pattern, String instead) {

        static Form of(String pattern) {
            return new Form(Pattern.compile(pattern), Secrets.REMOVED);
        }
    }

    /// Forms that are looked for where one of `signs` is, in small letters: that is asked sooner.
    record Family(List<String> signs, List<Form> forms) {

        boolean mayBeIn(String lower) {
            for (int i = 0; i < signs.size(); i++) {
                if (lower.contains(signs.get(i))) {
                    return true;
                }
            }
            return false;
        }
    }

    /// A form for other engines: in `instead`, `${1}` is the first group of what was found.
    public record Substitution(String pattern, String instead) {}

    private static final String PEM = "-----(?:BEGIN|END) [A-Z0-9 ]{0,32}(?:PRIVATE KEY(?: BLOCK)?|CERTIFICATE)-----";

    /// A block of several lines, in its first: up to the end of the line, or of the string that it is in.
    static final Pattern BLOCK = Pattern.compile(PEM.replace("|END", "") + "[^\"<\\\\]*+(?:\\\\+[nr][^\"<\\\\]*+)*+");

    /// Where such a block begins, and where it ends.
    static final Pattern BLOCK_MARK = Pattern.compile(PEM);

    static final Pattern BLOCK_END = Pattern.compile(PEM.replace("BEGIN|", ""));

    static final String BLOCK_SIGN = "-----begin";

    private static final String QUOTE = "\\\\{0,16}[\"']";

    /// Between a name, with or without quotes, and its value.
    private static final String IS = "(?:" + QUOTE + ")?\\s*[=:]\\s*";

    /// Not in the middle of a word, but behind an escaped end of a line.
    private static final String BEGIN = "(?:(?<![A-Za-z0-9-])|(?<=\\\\[nrt]))";

    /// The same for words that may hold underscores and dots.
    private static final String BEGIN_OF_NAME = "(?:(?<![\\w.-])|(?<=\\\\[nrt]))";

    /// A Community ID is `1:`, 27 digits of Base64 and `=`, and some end as `/Sas=` or `pwDKN=`. What is much shorter
    /// may be a name that `grep -n` found in line 1.
    private static final String NOT_IN_ID = "(?!(?:(?<=\\b1:[a-z0-9+/]{3,13})[a-z0-9+/]{14,24}"
            + "|(?<=\\b1:[a-z0-9+/]{14,27})[a-z0-9+/]{0,13})=(?:[\\s\"',;|)\\\\<]|$))";

    /// Not in the midst of Base64.
    private static final String SAS = "sas(?<![a-z0-9+/]sas)(?![a-z])";

    /// What makes a shared access signature valid, a parameter of addresses of Azure's storage.
    private static final String SIGNATURE = "sig(?<![a-z0-9+/]sig)(?==)";

    /// A password in connection strings and as `DB_PWD`; the folder of a shell, which is a path, is none.
    private static final String PWD =
            "pwd(?<![a-z0-9+/]{16}pwd)(?:(?<=[\\w.;-]pwd)(?<!\\\\[nrt](?:old)?pwd|\\boldpwd)|(?!" + IS + "(?:" + QUOTE
                    + ")?(?:[/~]|\\.\\.?(?:/|\\s|$)|[a-z]:[\\\\/]|\\\\\\\\|\\$[({])))";

    /// Neither a count of packets that passed, nor what tests print.
    private static final String PASS = "pass(?<![a-z0-9]pass)(?![\\w.-]|\\s*:|" + QUOTE + "\\s*:\\s*\\d)";

    private static final String WORDS = "(?:token|passw(?:or)?d|passphrase|secret|" + PWD + "|" + PASS
            + "|(?:api|access|account|storage|subscription|encryption)[_-]?key"
            + "|(?:private|(?:pre-?)?shared)[_-]?key(?![_-]?(?:file|path))"
            + "|client-key-data|client-certificate-data|certificate-authority-data|dockerc(?:onfigjson|fg)|"
            + SAS + "|" + SIGNATURE + ")" + NOT_IN_ID;

    /// The end of a secret's name.
    private static final String NAME = "(?i)(" + WORDS + "[\\w.-]{0,64}+";

    /// What follows the quotation mark that is the second group, up to the next of its kind.
    private static final String QUOTED = "(?:(?!\\2)(?:\\\\[^\\r\\n]|[^\\r\\n]))++";

    /// Of a command line: ends where a blank or a string does.
    private static final String WORD = "[^\\s\"'\\\\<]++";

    /// In a line that speaks of such. What events are named after ends with a time, and looks like one.
    private static final String BOOTSTRAP_TOKEN = "()" + BEGIN_OF_NAME + "(?!\\d{6}\\.)[a-z0-9]{6}\\."
            + "(?!1[78][0-9a-f]{14}\\b)(?=[a-z]*\\d)[a-z0-9]{16}(?![\\w-]|\\.\\w)"
            + "(?:(?<=(?i:token|bootstrap|kubeadm)[^\\r\\n]{0,256})|(?=[^\\r\\n]{0,256}?(?i:token|bootstrap|kubeadm)))";

    /// All that is told by its name.
    private static final Family NAMED = new Family(
            List.of("token", "pass", "secret", "pwd", "key", "sas", "sig=", "certificate-", "dockerc", "psk"),
            List.of(
                    Form.of(NAME + IS + "(" + QUOTE + "))" + QUOTED),
                    new Form(Pattern.compile(NAME + QUOTE + "\\s*:\\s*)-?\\d[\\d.eE+-]*"), "0"), // as JSON asks for
                    Form.of("(?i)(" + BEGIN + "--?[\\w.-]{0,64}" + WORDS + "[\\w.-]{0,64}+(?:\\s+(?:" + QUOTE + ")?|"
                            + QUOTE + "\\s*,\\s*" + QUOTE + "))(?!-)" + WORD),
                    Form.of(NAME + "\\s*[=:]\\s*)(?![\"'])"
                            + "(?:[^\\s,;}\"'\\\\<]|[\"'](?![\\s,;})\\]:<]|$)|\\\\(?![\\\\\"'nrt]))++"),
                    Form.of(NAME + ">)[^<\\r\\n]+(?=</)"), // an element of XML
                    Form.of(NAME + "\\s+REG_[A-Z_]{2,16}\\s+)\\S[^\\r\\n]*"), // what reg query prints
                    Form.of("(?i)((?:name|key)" + IS + QUOTE + "[\\w.-]{0,64}" + WORDS + "[\\w.-]{0,64}+" + QUOTE
                            + "[\\s,]*(?:" + QUOTE + ")?value" + IS + "(" + QUOTE + "))" + QUOTED),
                    Form.of("(?i)((?:neighbor|login)\\s+[^\\s\"'\\\\<]{1,64}\\s+password\\s+)" + WORD), // FRR, netrc
                    Form.of("(?i)((?:passw(?:or)?d|(?<![a-z])psk)\\s+(" + QUOTE + ")(?![\\s:,})\\]]))" + QUOTED)));

    /// All that is told by where it stands, or by how it begins.
    private static final List<Family> FAMILIES = List.of(
            new Family(
                    List.of("eyj"),
                    List.of(Form.of("()" + BEGIN + "eyJ[A-Za-z0-9_-]{8,1024}+(?:\\.[A-Za-z0-9_-]*+){1,4}+"))),
            new Family(
                    List.of("bearer", "basic"), List.of(Form.of("(?i)((?:bearer|basic)\\s+)[A-Za-z0-9._~+/=-]{8,}"))),
            new Family(
                    List.of("cookie"),
                    List.of(Form.of("(?i)(cookie(?:" + QUOTE + ")?\\s*:\\s*(?:" + QUOTE + ")?)[^\\s=;\"'\\\\<]{1,64}="
                            + "[^\"'\\\\<\\r\\n]+"))),
            NAMED,
            new Family(
                    List.of("auth", "aead", "enc "),
                    List.of(
                            Form.of("(?i)(authorization" + IS + "(?:" + QUOTE + ")?(?:apikey|aws4-hmac-sha256|negotiate"
                                    + "|ntlm|sharedkey(?:lite)?|token)\\s+)[^\"'\\\\<\\r\\n]+"),
                            // of registries: Base64 of a user and a password
                            Form.of("(auth(?<![A-Za-z0-9-]auth)" + IS + "(?:" + QUOTE + ")?)"
                                    + "(?=[A-Za-z0-9+/][A-Za-z0-9+/]*[A-Z0-9+/=])[A-Za-z0-9+/]{8,}={0,2}"),
                            // what ip xfrm prints
                            Form.of("(\\b(?:auth|auth-trunc|aead|enc)\\s+[^\\s]{1,64}\\s+)0x[0-9a-fA-F]{16,}"))),
            new Family(List.of("token", "bootstrap", "kubeadm"), List.of(Form.of(BOOTSTRAP_TOKEN))),
            new Family(
                    List.of("akia", "asia", "aiza", "ya29.", "ghp_", "gho_", "ghs_", "_pat_", "glpat-", "q~"),
                    List.of(Form.of(
                            "()" + BEGIN_OF_NAME + "(?:A(?:KIA|SIA)[0-9A-Z]{16}|AIza[\\w-]{35}|ya29\\.[\\w-]{20,}"
                                    + "|gh[pos]_\\w{36,}|(?:github|dckr)_pat_[\\w-]{20,}|glpat-[\\w-]{20,}"
                                    + "|[\\w~.-]{3}\\dQ~[\\w~.-]{31,34})(?![\\w-])"))),
            new Family(
                    List.of("ls0tls1crudjti"), // a block in Base64
                    List.of(Form.of("()LS0tLS1CRUdJTi[A-Za-z0-9+/]+={0,2}"))),
            new Family(
                    List.of("curl"),
                    List.of(Form.of("(\\bcurl\\b[^\\r\\n|;]{0,128}?\\s(?:-[uU]|--user|--proxy-user)[\\s=]*(?:" + QUOTE
                            + ")?[^\\s:\"'\\\\<]{1,64}:)" + WORD))),
            new Family(
                    List.of("://"),
                    List.of(
                            Form.of("(://[^/\\s:@]*+:)[^/\\s\"'<]+(?=@)"),
                            Form.of("(https?://)[\\w.~%+-]{20,}(?=@)"))));

    /// For engines of regular expressions that know no possessive quantifiers, such as .NET's.
    private static final Pattern POSSESSIVE = Pattern.compile("([+*}])\\+");

    private SecretForms() {}

    static List<Family> families() {
        return FAMILIES;
    }

    /// All forms but that of blocks, for whoever takes secrets out elsewhere.
    public static List<Substitution> substitutions() {
        return FAMILIES.stream()
                .flatMap(family -> family.forms().stream())
                .map(form -> new Substitution(plain(form.pattern()), "${1}" + form.instead()))
                .toList();
    }

    /// What a block of several lines looks like in its first line.
    public static String block() {
        return plain(BLOCK);
    }

    /// What stands at the beginning of a block and at its end.
    public static String blockMark() {
        return plain(BLOCK_MARK);
    }

    /// What stands at the end of a block.
    public static String blockEnd() {
        return plain(BLOCK_END);
    }

    private static String plain(Pattern pattern) {
        return POSSESSIVE.matcher(pattern.pattern()).replaceAll("$1");
    }
}

package hopline.decode.redact;

import hopline.capture.secret.Secrets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Redacts texts of any kind: lists, logs, configurations, comments, names of files.
///
/// Addresses become what they become in packets, and secrets are taken out. Of words only those stay that
/// are known to be of the form of such texts ([Vocabulary]); every other word is taken for a name. So numbers,
/// dates, punctuation and layout stay, and whoever reads such texts still can. Single-threaded.
public final class TextRedaction {

    private static final String HEX = "[0-9a-fA-F]";

    /// Of a name: an ellipsis stands where the rest of one was cut off.
    private static final String LETTERS = "A-Za-z\\x{80}-\\x{2025}\\x{2027}-\\x{10FFFF}";

    private static final int MAX_LEARNT = 1 << 16;

    /// Interfaces that are named after a container by a number or a hash.
    private static final Pattern PREFIXED = Pattern.compile("(veth|cali|lxc|azv|tunl|tap|enx)([0-9a-f]{2,})");

    /// With the time at which it was taken, as names of files end.
    private static final Pattern TIMED = Pattern.compile("(.+?)(-\\d{4}-\\d\\d-\\d\\d(?:T\\d\\d-\\d\\d-\\d\\dZ?)?)");

    private static final Pattern CHAIN = Pattern.compile("(?:KUBE|FLANNEL|CNI|CILIUM|ANTREA|cali)-.*");

    private static final String LETTER_OR_DIGIT = "(?:[" + LETTERS + "]++|\\d++)";

    /// What a text is written in, by which it is told what may stand in it beside words.
    public enum Form {
        /// Logs, lists, configurations.
        PLAIN("(&#x?" + HEX + "{1,6};)"),
        /// Pages and drawings: colours and curves stay, but for what may be an address as well.
        MARKUP("(&#x?" + HEX + "{1,6};|#(?:" + HEX + "{8}|" + HEX + "{6}|" + HEX + "{3})(?![0-9A-Za-z.:_-])"
                + "|(?<=\\s)(?:d|points|transform|viewBox)=\"(?![^\"]*\\d[.-]\\d{1,3}[.-]\\d{1,3}[.-]\\d)"
                + "[MLHVCSQTAZmlhvcsqtaz0-9 ,.eE+()-]*\")");

        /// What a text is taken apart into, a group each; everything between stays.
        private final Pattern token;

        Form(String markup) {
            token = Pattern.compile("(\\\\(?:u" + HEX + "{4}|[\\\\\"/bfnrt]))|" + markup
                    + "|(?<![0-9A-Za-z])(" + HEX + "{8}-" + HEX + "{4}-" + HEX + "{4}-" + HEX + "{4}-" + HEX
                    + "{12})(?![0-9A-Za-z])"
                    + Arrays.stream(AddressSpelling.values())
                            .map(spelling -> "(" + spelling.pattern() + ")")
                            .collect(Collectors.joining(
                                    "|", "|(?:(?=:)|" + AddressSpelling.AT_SEPARATOR_OR_BARE + ")(?:", ")"))
                    + "|(" + LETTER_OR_DIGIT + "(?:[" + LETTERS + "]++|(?!" + AddressSpelling.withinWords()
                    + ")\\d++|-++(?!" + AddressSpelling.withinWords() + ")" + LETTER_OR_DIGIT + ")*+)");
        }
    }

    private static final Pattern LINE = Pattern.compile("[^\\r\\n]++");

    private static final int ESCAPE = 1;
    private static final int MARKUP = 2;
    private static final int GUID = 3;
    private static final int SPELLINGS = 4;
    private static final AddressSpelling[] ALL_SPELLINGS = AddressSpelling.values();

    private final AddressPseudonyms addresses;
    private final NamePseudonyms names;
    private final Vocabulary vocabulary = Vocabulary.load();
    private final Set<String> learnt = new HashSet<>();

    private @Nullable Replacements listener;

    /// With the pseudonyms of the packets beside the texts.
    public TextRedaction(AddressPseudonyms addresses, NamePseudonyms names) {
        this.addresses = addresses;
        this.names = names;
    }

    /// Learns that something is named so: the word is no longer taken for English.
    public void learn(String name) {
        if (learnt.size() < MAX_LEARNT) {
            learnt.add(name.toLowerCase(Locale.ROOT));
        }
    }

    /// Is told from now on of each text before it is redacted, and of each that holds a secret.
    void listen(Replacements listener) {
        this.listener = listener;
    }

    /// `written` without what is private in it. Letters and digits that were escaped for no need are written plainly.
    public String redact(String written) {
        return pieces(Form.PLAIN).apply(written);
    }

    /// The same for one text piece by piece, from its beginning on: a key may go on in the next.
    public UnaryOperator<String> pieces(Form form) {
        Secrets secrets = new Secrets();
        return piece -> withoutNames(withoutSecrets(EscapedLetters.plain(piece), secrets), form);
    }

    private String withoutSecrets(String text, Secrets secrets) {
        long before = secrets.removed();
        String clean = LINE.matcher(text).replaceAll(line -> Matcher.quoteReplacement(secrets.clean(line.group())));
        if (listener != null) {
            listener.text(text);
            if (secrets.removed() > before) {
                listener.secret();
            }
        }
        return clean;
    }

    private String withoutNames(String text, Form form) {
        Matcher token = form.token.matcher(text);
        StringBuilder result = new StringBuilder(text.length() + 64);
        int at = 0;
        while (token.find()) {
            result.append(text, at, token.start());
            String made = replacement(token);
            result.append(made);
            at = align(text, token.end(), made.length() - token.group().length(), result);
        }
        return result.append(text, at, text.length()).toString();
    }

    /// Columns stay aligned: blanks behind a word that grew or shrank make up for it. Returns where to go
    /// on.
    private static int align(String text, int end, int grown, StringBuilder result) {
        int blanks = 0;
        while (end + blanks < text.length() && text.charAt(end + blanks) == ' ') {
            blanks++;
        }
        if (grown == 0 || blanks < 2) {
            return end;
        }
        result.append(" ".repeat(Math.max(blanks - grown, 1)));
        return end + blanks;
    }

    private String replacement(Matcher token) {
        if (token.start(ESCAPE) >= 0) {
            return escaped(token.group());
        }
        if (token.start(MARKUP) >= 0) {
            return token.group(); // characters, colours and curves of a page or a drawing
        }
        if (token.start(GUID) >= 0) {
            String guid = token.group();
            return isPlain(guid) || vocabulary.isStructure(guid) ? guid : names.identifier(guid);
        }
        for (int i = 0; i < ALL_SPELLINGS.length; i++) {
            if (token.start(SPELLINGS + i) >= 0) {
                return ALL_SPELLINGS[i]
                        .redact(token.group(), addresses)
                        .orElseGet(() -> word(token.group())); // such as a time or a version
            }
        }
        return word(token.group());
    }

    /// An escaped character that is not ASCII may be part of a name.
    private static String escaped(String escape) {
        boolean letter = escape.length() > 2 && Integer.parseInt(escape.substring(2), 16) >= 0x80;
        return letter ? "\\u0078" : escape;
    }

    /// The same digit throughout, as in identifiers that stand for nothing.
    private static boolean isPlain(String guid) {
        return guid.chars().filter(c -> c != '-').distinct().count() == 1;
    }

    private String word(String word) {
        if (stays(word)) {
            return word;
        }
        Matcher timed = TIMED.matcher(word);
        if (timed.matches()) {
            return word(timed.group(1)) + timed.group(2);
        }
        Matcher prefixed = PREFIXED.matcher(word);
        if (prefixed.matches()) {
            return prefixed.group(1) + names.identifier(prefixed.group(2));
        }
        return CHAIN.matcher(word).matches() ? chain(word) : names.name(word);
    }

    /// A rule's chain is named after what it is for, and then for whom.
    private String chain(String word) {
        StringBuilder made = new StringBuilder(word.length());
        for (String part : word.split("-", -1)) {
            made.append(made.isEmpty() ? "" : "-").append(stays(part) ? part : names.name(part));
        }
        return made.toString();
    }

    /// Whether `word` is of the form of a text rather than a name.
    public boolean stays(String word) {
        return word.chars().noneMatch(Character::isLetter)
                || vocabulary.isStructure(word)
                || (vocabulary.isWord(word) && !learnt.contains(word.toLowerCase(Locale.ROOT)));
    }
}

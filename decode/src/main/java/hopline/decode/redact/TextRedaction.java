package hopline.decode.redact;

import hopline.decode.Address;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Redacts texts of any kind: lists, logs, configurations, comments, names of files.
///
/// Addresses become what they become in packets. Of words only those stay that are known to be of the
/// form of such texts ([Vocabulary]); every other word is taken for a name. So numbers, dates,
/// punctuation and layout stay, and whoever reads such texts still can. Single-threaded.
public final class TextRedaction {

    private static final String HEX = "[0-9a-fA-F]";

    /// Of a name: an ellipsis stands where the rest of one was cut off.
    private static final String LETTERS = "0-9A-Za-z\\x{80}-\\x{2025}\\x{2027}-\\x{10FFFF}";

    private static final String DOTTED = "\\d{1,3}(?:\\.\\d{1,3}){3}";
    private static final int MAX_LEARNT = 1 << 16;
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    /// An IPv4 address as hosts are named by it.
    private static final Pattern DASHED_ADDRESS = Pattern.compile("\\d{1,3}(?:-\\d{1,3}){3}");

    /// Interfaces that are named after a container by a number or a hash.
    private static final Pattern PREFIXED = Pattern.compile("(veth|cali|lxc|azv|tunl|tap)([0-9a-f]{2,})");

    /// With the time at which it was taken, as names of files end.
    private static final Pattern TIMED = Pattern.compile("(.+?)(-\\d{4}-\\d\\d-\\d\\d(?:T\\d\\d-\\d\\d-\\d\\dZ?)?)");

    private static final Pattern CHAIN = Pattern.compile("(?:KUBE|FLANNEL|CNI|CILIUM|ANTREA|cali)-.*");

    /// What a text is taken apart into; everything between stays.
    private static final Pattern TOKEN = Pattern.compile("(?<escape>\\\\(?:u" + HEX + "{4}|[\\\\\"/bfnrt]))"
            + "|(?<markup>&#x?" + HEX + "{1,6};|#(?:" + HEX + "{8}|" + HEX + "{6}|" + HEX
            + "{3})(?![0-9A-Za-z-])"
            + "|(?<=\\s)(?:d|points|transform|viewBox)=\"[MLHVCSQTAZmlhvcsqtaz0-9 ,.eE+()-]*\")"
            + "|(?<![0-9A-Za-z])(?<guid>" + HEX + "{8}-" + HEX + "{4}-" + HEX + "{4}-" + HEX + "{4}-" + HEX
            + "{12})(?![0-9A-Za-z])"
            + "|(?<![0-9A-Za-z:.-])(?<mac>" + HEX + "{2}(?<between>[:-])" + HEX + "{2}(?:\\k<between>" + HEX
            + "{2}){4})(?![0-9A-Za-z]|[:-]" + HEX + ")"
            + "|(?<![0-9A-Za-z:.])(?<six>(?:" + HEX + "{0,4}:){2,7}(?:" + HEX
            + "{1,4}|\\d{1,3}(?:\\.\\d{1,3}){3})?)"
            + "(?:/(?<sixbits>\\d{1,3}))?(?![0-9A-Za-z:])"
            + "|(?<![0-9A-Za-z.])(?<four>" + DOTTED
            + ")(?:(?<slash>/|_(?=\\d{1,2}_))(?<fourbits>\\d{1,2})(?![0-9.])|"
            + "-(?<last>" + DOTTED
            + ")|(?<gap>[ \\t]+(?:(?:net)?mask[ \\t]+)?)(?<mask>25[54](?:\\.\\d{1,3}){3}))?"
            + "(?!\\.?[0-9A-Za-z])"
            + "|(?<word>[" + LETTERS + "](?:[" + LETTERS + "-]*[" + LETTERS + "])?)");

    private final AddressPseudonyms addresses;
    private final NamePseudonyms names;
    private final Vocabulary vocabulary = Vocabulary.load();
    private final Set<String> learnt = new HashSet<>();

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

    /// `text` without what is private in it.
    public String redact(String text) {
        Matcher token = TOKEN.matcher(text);
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
        if (token.group("escape") != null) {
            return escaped(token.group());
        }
        if (token.group("markup") != null) {
            return token.group(); // characters, colours and curves of a page or a drawing
        }
        if (token.group("guid") != null) {
            String guid = token.group();
            return isPlain(guid) || vocabulary.isStructure(guid) ? guid : names.identifier(guid);
        }
        if (token.group("mac") != null) {
            return mac(token.group("mac"));
        }
        if (token.group("six") != null) {
            return withBits(token.group("six"), token.group("sixbits"), IPV6_BITS, token.group());
        }
        if (token.group("four") != null) {
            return four(token);
        }
        return word(token.group("word"));
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

    private String mac(String text) {
        char separator = text.charAt(2);
        long made = addresses.mac(Long.parseLong(text.replace(String.valueOf(separator), ""), 16));
        boolean upper = text.chars().anyMatch(c -> c >= 'A' && c <= 'F');
        StringBuilder written = new StringBuilder(text.length());
        for (int i = 5; i >= 0; i--) {
            written.append(String.format(upper ? "%02X" : "%02x", (made >>> (8 * i)) & 0xff));
            if (i > 0) {
                written.append(separator);
            }
        }
        return written.toString();
    }

    private String four(Matcher token) {
        String address = token.group("four");
        String mask = token.group("mask");
        String last = token.group("last");
        if (last != null) {
            return range(address, last);
        }
        if (mask != null) {
            boolean contiguous = isMask(mask);
            int bits = contiguous ? Long.bitCount(Address.of(mask).low()) : IPV4_BITS;
            String second = contiguous ? mask : withBits(mask, null, IPV4_BITS, mask);
            return withBits(address, null, bits, address) + token.group("gap") + second;
        }
        String bits = token.group("fourbits");
        return bits == null
                ? withBits(address, null, IPV4_BITS, address)
                : withBits(address, null, Integer.parseInt(bits), address) + token.group("slash") + bits;
    }

    /// The first and last address of a network stay that.
    private String range(String first, String last) {
        try {
            long low = Address.of(first).low();
            long host = low ^ Address.of(last).low();
            boolean isNetwork = (host & host + 1) == 0 && (low & host) == 0;
            if (isNetwork) {
                int bits = IPV4_BITS - Long.bitCount(host);
                Address network = addresses.network(Address.of(first), bits);
                return network + "-" + Address.ofIpv4((int) (network.low() | host));
            }
        } catch (IllegalArgumentException e) {
            return word(first) + "-" + word(last);
        }
        return withBits(first, null, IPV4_BITS, first) + "-" + withBits(last, null, IPV4_BITS, last);
    }

    private static boolean isMask(String text) {
        try {
            long host = ~Address.of(text).low() & 0xffff_ffffL;
            return (host & host + 1) == 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// @param bits of the prefix behind a slash; null when there is none, and then it has `otherwise`
    ///     bits
    private String withBits(String address, @Nullable String bits, int otherwise, String whole) {
        Address parsed;
        try {
            parsed = Address.of(address);
        } catch (IllegalArgumentException e) {
            return word(whole); // such as a time or a version
        }
        int length = bits == null ? Math.min(otherwise, IPV6_BITS) : Integer.parseInt(bits);
        Address made = length > (parsed.isIpv4() ? IPV4_BITS : IPV6_BITS)
                ? addresses.address(parsed)
                : addresses.network(parsed, length);
        return made + (bits == null ? "" : "/" + bits);
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
            return prefixed.group(1) + names.name(prefixed.group(2));
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
        if (word.chars().noneMatch(Character::isLetter)) {
            return word.indexOf('-') < 0 || !DASHED_ADDRESS.matcher(word).matches();
        }
        return vocabulary.isStructure(word)
                || (vocabulary.isWord(word) && !learnt.contains(word.toLowerCase(Locale.ROOT)));
    }
}

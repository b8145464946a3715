package hopline.decode.redact;

import hopline.decode.Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// How addresses are written in texts: the one table by which redaction finds and replaces them, and by which a check
/// of what was redacted finds what is left. In each spelling an address becomes the same.
///
/// In this order a text is tried, so that what looks like the beginning of another spelling comes first.
public enum AddressSpelling {
    /// `11.1.42.10.in-addr.arpa`, or a network's with fewer labels.
    REVERSE_IPV4(
            Begin.OF_DIGITS + "(?<!\\d/)",
            Part.OCTET + "(?:\\." + Part.OCTET + "){0,3}\\.(?i:in-addr\\.arpa)(?![0-9A-Za-z-])",
            ReverseNames::redact),
    /// 32 digits, or a network's with fewer, and `ip6.arpa`.
    REVERSE_IPV6(Begin.OF_DIGITS, "(?:" + Part.HEX + "\\.){1,32}(?i:ip6\\.arpa)(?![0-9A-Za-z-])", ReverseNames::redact),
    /// `00:15:5d:01:02:03`, or with zeros left out `0:15:5d:1:2:3`.
    MAC_COLONS(
            Begin.OF_GROUPS,
            Part.HEX + Part.HEX + "?(?::" + Part.HEX + Part.HEX + "?){5}(?![0-9A-Za-z]|:[0-9A-Fa-f:])",
            MacText::redact),
    /// `00-15-5D-01-02-03`, as Windows writes it.
    MAC_HYPHENS(
            Begin.OF_GROUPS,
            Part.HEX + "{2}(?:-" + Part.HEX + "{2}){5}(?![0-9A-Za-z]|-" + Part.HEX + "{2}(?![0-9A-Za-z]))",
            MacText::redact),
    /// `0015.5d01.0203`, as Cisco's systems write it.
    MAC_DOTS(
            Begin.OF_DIGITS + "(?<!\\.)",
            Part.HEX + "{4}(?:\\." + Part.HEX + "{4}){2}(?![0-9A-Za-z]|\\." + Part.HEX + "{4}(?![0-9A-Za-z]))",
            MacText::redact),
    /// `0015-5d01-0203`; a name may look so as well.
    MAC_QUADS(
            Begin.OF_DIGITS + "(?<!-)",
            Part.HEX + "{4}(?:-" + Part.HEX + "{4}){2}(?![0-9A-Za-z]|-[0-9A-Za-z])",
            MacText::redactUnlessGroup),
    /// `00155D010203`, as Hyper-V writes it: in capitals, or of Microsoft's range; the same in small letters may be
    /// the beginning of a container's identifier.
    MAC_BARE(
            Begin.OF_DIGITS,
            "(?:(?=[0-9]*[A-F])[0-9A-F]{12}|00155[dD][0-9a-f]{6})(?![0-9A-Za-z])",
            MacText::redactUnlessGroup),
    /// `10-42-1-11`, as pods and hosts are named.
    IPV4_HYPHENS(
            Begin.OF_DIGITS + Begin.NO_DATE,
            "\\d{1,3}(?:-\\d{1,3}){3}(?![0-9A-Za-z])",
            (text, addresses) -> separated(text, "-", addresses)),
    /// `10_42_1_11`, as rules are named; not `1_000_000_000`.
    IPV4_UNDERSCORES(
            Begin.OF_DIGITS + Begin.NO_DATE,
            Part.OCTET + "(?:_" + Part.OCTET + "){3}(?![0-9A-Za-z])",
            (text, addresses) -> separated(text, "_", addresses)),
    /// `fd00--7`, as pods are named, and hosts in paths of Windows.
    IPV6_HYPHENS(
            Begin.OF_DIGITS + "(?<!-)",
            Part.HEX + "{1,4}(?:-" + Part.HEX + "{0,4}){2,7}(?=\\.(?:ipv6-literal\\.net|[0-9A-Za-z-]{1,63}\\.pod\\b))",
            (text, addresses) ->
                    NetworkText.ipv6(text.replace('-', ':'), addresses).map(made -> made.replace(':', '-'))),
    /// `fd00::7`, `::ffff:10.42.1.11`, with `/64` or without.
    IPV6(
            Begin.OF_COLONS,
            "(?:(?:" + Part.HEX + "{1,4}:){7}" + Part.HEX + "{1,4}(?=:\\d{1,5}(?![0-9A-Za-z:]))|(?:" + Part.HEX
                    + "{0,4}:){2,7}(?:\\d{1,3}(?:\\.\\d{1,3}){3}|" + Part.HEX
                    + "{1,4}|(?<=::))(?![0-9A-Za-z]|:[0-9A-Fa-f:]))(?:/\\d{1,3}(?![0-9A-Za-z]))?",
            NetworkText::ipv6),
    /// `10.42.1.11`, with `/24`, a netmask or the end of a range, or without; a port may follow behind a dot.
    IPV4(
            Begin.OF_DIGITS + "(?<!(?<![0-9A-Za-z])\\d{1,3}\\.)",
            NetworkText.IPV4 + "(?![0-9]|\\.\\d{1,3}\\.\\d|\\.(?:\\d{1,3}\\.)?(?i:in-addr))",
            NetworkText::ipv4);

    /// No address begins otherwise; most words do, and need not be held against each spelling.
    static final String AT_SEPARATOR_OR_BARE = "(?=" + Part.HEX + "{1,4}[:._-]|" + Part.HEX + "{12}(?![0-9A-Za-z]))";

    /// What may stand before an address.
    private static final class Begin {

        /// Not in the middle of a word, but where one ended.
        static final String OF_DIGITS = "(?:(?<![0-9A-Za-z])|\\G)";

        /// Nor behind a group of two digits, of which there would be more than six.
        static final String OF_GROUPS =
                "(?:(?<![0-9A-Za-z:.])(?<!(?<![0-9A-Za-z])[0-9A-Fa-f]{2}-)|(?<=[G-Zg-z][0-9A-Za-z]{0,8}:)|\\G)";

        /// Nor behind what may be an address's beginning.
        static final String OF_COLONS = "(?:(?<![0-9A-Za-z:.])|(?<=[G-Zg-z][0-9A-Za-z]{0,8}:)|\\G(?!:))";

        /// Not a day, and the time.
        static final String NO_DATE = "(?!(?<=(?<!\\d)(?:19|20)\\d\\d[-_])[01]\\d[-_][0-3]\\d[-_])"
                + "(?!(?<=(?<!\\d)(?:19|20)\\d\\d[-_][01]\\d[-_])[0-3]\\d[-_])";
    }

    private static final class Part {

        static final String HEX = "[0-9a-fA-F]";
        static final String OCTET = "(?:0|[1-9]\\d{0,2})";
    }

    /// Puts what stands in an address's place where its text was; empty when the text is none.
    private interface Replacement {
        Optional<String> of(String text, AddressPseudonyms addresses);
    }

    private final String begin;
    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // functions that keep nothing
    private final Replacement replacement;

    AddressSpelling(String begin, String text, Replacement replacement) {
        this.begin = begin;
        this.text = text;
        this.replacement = replacement;
    }

    /// A regular expression without groups for what may be an address, where a token may begin. Looking ahead first is
    /// quicker than looking behind.
    String pattern() {
        return "(?=" + text + ")" + begin + text;
    }

    /// One for those that are told from names even within a word, such as behind `ip-`.
    static String withinWords() {
        List<String> texts = new ArrayList<>();
        for (AddressSpelling spelling : values()) {
            switch (spelling) {
                case IPV6, IPV6_HYPHENS, REVERSE_IPV6, MAC_QUADS -> {} // names look so as well
                case IPV4_HYPHENS, IPV4_UNDERSCORES -> texts.add(Begin.NO_DATE + spelling.text);
                default -> texts.add(spelling.text);
            }
        }
        return AT_SEPARATOR_OR_BARE + "(?:" + String.join("|", texts) + ")";
    }

    /// `text` with what stands in the address's place, in the same spelling; empty when it is none after all.
    Optional<String> redact(String text, AddressPseudonyms addresses) {
        return replacement.of(text, addresses);
    }

    private static Optional<String> separated(String text, String separator, AddressPseudonyms addresses) {
        return NetworkText.ipv4(text.replace(separator, "."), addresses).map(made -> made.replace(".", separator));
    }

    /// Every text that `address` may be written as, but for parts of longer ones, and the way in which letters are
    /// escaped.
    public static Set<String> textsOf(Address address) {
        Set<String> texts = new LinkedHashSet<>();
        String plain = address.toString();
        texts.add(plain);
        texts.add(ReverseNames.of(address));
        if (address.isIpv4()) {
            texts.add(plain.replace('.', '-'));
            texts.add(plain.replace('.', '_'));
            texts.add(new Address(0, 0xffff_0000_0000L | address.low()).toString());
        } else {
            texts.add(plain.replace(':', '-'));
            texts.add(groups(address));
        }
        return withCapitals(texts);
    }

    /// Every text that a MAC address of 48 bits may be written as.
    public static Set<String> textsOf(long mac) {
        Set<String> texts = new LinkedHashSet<>();
        texts.add(MacText.grouped(mac, ":", 6));
        texts.add(MacText.grouped(mac, "-", 6));
        texts.add(MacText.grouped(mac, ".", 3));
        texts.add(MacText.grouped(mac, "-", 3));
        texts.add(MacText.grouped(mac, "", 1));
        texts.add(MacText.grouped(mac, ":", 6).replaceAll("\\b0", ""));
        return withCapitals(texts);
    }

    /// All eight groups, four digits each.
    private static String groups(Address address) {
        return String.format("%016x%016x", address.high(), address.low()).replaceAll("(.{4})(?=.)", "$1:");
    }

    private static Set<String> withCapitals(Set<String> texts) {
        for (String text : List.copyOf(texts)) {
            texts.add(text.toUpperCase(Locale.ROOT));
        }
        return texts;
    }
}

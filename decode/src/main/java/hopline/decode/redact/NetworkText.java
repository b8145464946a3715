package hopline.decode.redact;

import hopline.decode.Address;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Addresses with what may follow them: the length of a prefix, a netmask, the last address of a range.
final class NetworkText {

    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final String DOTTED = "\\d{1,3}(?:\\.\\d{1,3}){3}";
    private static final String MASK = "25[54](?:\\.\\d{1,3}){3}";

    /// An IPv4 address and what follows.
    static final String IPV4 = DOTTED + "(?:(?:/|_(?=\\d{1,2}_)|-(?!" + DOTTED + "))\\d{1,2}(?![0-9A-Za-z-]|\\.\\d)|-"
            + DOTTED + "(?![0-9])|[ \\t]+(?:(?:net)?mask[ \\t]+)?" + MASK + "(?![0-9]))?";

    private static final Pattern PARTS =
            Pattern.compile("(?<four>" + DOTTED + ")(?:(?<slash>[/_-])(?<bits>\\d{1,2})|-(?<last>" + DOTTED
                    + ")|[ \\t]+(?:(?:net)?mask[ \\t]+)?(?<mask>" + MASK + "))?");

    private NetworkText() {}

    /// What stands in the place of an [#IPV4]; empty when it is none.
    static Optional<String> ipv4(String text, AddressPseudonyms addresses) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Optional<Address> address = parsed(parts.group("four"));
        String second = parts.group("last") == null ? parts.group("mask") : parts.group("last");
        if (second == null) {
            String bits = parts.group("bits");
            String end = bits == null ? "" : parts.group("slash") + bits;
            return address.map(first -> network(first, bits, addresses) + end);
        }
        String between = text.substring(parts.end("four"), text.length() - second.length());
        return address.map(first -> parsed(second)
                .map(other -> parts.group("mask") == null
                        ? range(first, other, addresses)
                        : masked(first, between, other, addresses))
                .orElseGet(() -> addresses.address(first) + between + second));
    }

    private static Optional<Address> parsed(String text) {
        try {
            return Optional.of(Address.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The first and last address of a network stay that.
    private static String range(Address first, Address last, AddressPseudonyms addresses) {
        long host = first.low() ^ last.low();
        if ((host & host + 1) != 0 || (first.low() & host) != 0) {
            return addresses.address(first) + "-" + addresses.address(last);
        }
        Address network = addresses.network(first, IPV4_BITS - Long.bitCount(host));
        return network + "-" + addresses.toldOfNetwork(last, Address.ofIpv4((int) (network.low() | host)));
    }

    private static String masked(Address address, String gap, Address mask, AddressPseudonyms addresses) {
        long host = ~mask.low() & 0xffff_ffffL;
        return (host & host + 1) == 0
                ? addresses.network(address, Long.bitCount(mask.low())) + gap + mask
                : addresses.address(address) + gap + addresses.address(mask);
    }

    /// What stands in the place of an IPv6 address, with the length of a prefix or without; empty when it is none,
    /// such as a time.
    static Optional<String> ipv6(String text, AddressPseudonyms addresses) {
        int slash = text.indexOf('/');
        String bits = slash < 0 ? null : text.substring(slash + 1);
        String written = slash < 0 ? text : text.substring(0, slash);
        String end = slash < 0 ? "" : text.substring(slash);
        return parsed(written)
                .map(address -> network(mapped(address), bits, addresses))
                .map(made -> (written.indexOf('.') < 0 ? made.toString() : withDots(made)) + end);
    }

    /// Java takes the text of an IPv4 address in an IPv6 address for that IPv4 address.
    private static Address mapped(Address parsed) {
        return parsed.isIpv4() ? new Address(0, 0xffff_0000_0000L | parsed.low()) : parsed;
    }

    /// The last 32 bits as an IPv4 address.
    private static String withDots(Address address) {
        String before = new Address(address.high(), address.low() & ~0xffff_ffffL).toString();
        boolean full = (address.low() >>> 32 & 0xffff) != 0;
        String prefix = before.endsWith("::") && !full ? before : before.replaceFirst("(?:0:0|(?<=:):)$", "");
        return prefix + Address.ofIpv4((int) address.low());
    }

    private static Address network(Address address, @Nullable String bits, AddressPseudonyms addresses) {
        int most = address.isIpv4() ? IPV4_BITS : IPV6_BITS;
        int length = bits == null ? most : Integer.parseInt(bits);
        return length > most ? addresses.address(address) : addresses.network(address, length);
    }
}

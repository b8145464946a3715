package hopline.decode.redact;

import hopline.decode.Address;
import java.util.Optional;

/// The names by which addresses are looked up: an IPv4 address's octets or an IPv6 address's hexadecimal digits as
/// labels, the last one first ([RFC 1035 §3.5](https://www.rfc-editor.org/rfc/rfc1035#section-3.5), [RFC 3596
/// §2.5](https://www.rfc-editor.org/rfc/rfc3596#section-2.5)). With fewer labels they name a network.
final class ReverseNames {

    private static final String IPV4_DOMAIN = "in-addr.arpa";
    private static final String IPV6_DOMAIN = "ip6.arpa";
    private static final int IPV4_LABELS = 4;
    private static final int IPV6_LABELS = 32;
    private static final int NIBBLE = 4;

    private ReverseNames() {}

    /// The whole name of an address, without a final dot.
    static String of(Address address) {
        byte[] octets = AddressOctets.of(address);
        return address.isIpv4() ? labels(octets, IPV4_LABELS) + IPV4_DOMAIN : labels(octets, IPV6_LABELS) + IPV6_DOMAIN;
    }

    /// `name` with what stands in its address's or network's place; empty when its labels are no octets.
    static Optional<String> redact(String name, AddressPseudonyms addresses) {
        boolean ipv6 = name.regionMatches(true, name.length() - IPV6_DOMAIN.length(), IPV6_DOMAIN, 0, 8);
        int domain = name.length() - (ipv6 ? IPV6_DOMAIN : IPV4_DOMAIN).length();
        String[] labels = name.substring(0, domain - 1).split("\\.", -1);
        byte[] octets = new byte[ipv6 ? IPV6_LABELS / 2 : IPV4_LABELS];
        for (int i = 0; i < labels.length; i++) {
            int value = Integer.parseInt(labels[labels.length - 1 - i], ipv6 ? 16 : 10);
            if (value > 0xff) {
                return Optional.empty();
            }
            octets[ipv6 ? i / 2 : i] |= (byte) (ipv6 && i % 2 == 0 ? value << NIBBLE : value);
        }
        int bits = labels.length * (ipv6 ? NIBBLE : Byte.SIZE);
        Address made = addresses.network(AddressOctets.address(octets), bits);
        byte[] written = ipv6 ? AddressOctets.ofIpv6(made) : AddressOctets.of(made);
        return Optional.of(labels(written, labels.length) + name.substring(domain));
    }

    /// The first `count` octets or digits of an address of 4 octets or 16, in reverse order, a dot behind each.
    private static String labels(byte[] octets, int count) {
        StringBuilder labels = new StringBuilder(4 * count);
        for (int i = count - 1; i >= 0; i--) {
            if (octets.length == IPV4_LABELS) {
                labels.append(octets[i] & 0xff);
            } else {
                labels.append(Character.forDigit(octets[i / 2] >>> (i % 2 == 0 ? NIBBLE : 0) & 0xf, 16));
            }
            labels.append('.');
        }
        return labels.toString();
    }
}

package hopline.decode.redact;

import hopline.decode.Address;
import java.util.List;

/// Ranges that stay themselves, so that what is special about an address still shows.
///
/// A bit stays where both of its values are still open to become a special range: so no range is entered
/// or left.
final class SpecialRanges implements PrefixCipher.Pins {

    /// A prefix; `whole` when the bits behind it stay, too.
    private static final class Range {

        private final byte[] prefix;
        private final int length;
        private final boolean whole;

        Range(byte[] prefix, int length, boolean whole) {
            this.prefix = prefix;
            this.length = length;
            this.whole = whole;
        }

        static Range of(String text, boolean whole) {
            int slash = text.indexOf('/');
            byte[] prefix = AddressOctets.of(Address.of(text.substring(0, slash)));
            return new Range(prefix, Integer.parseInt(text.substring(slash + 1)), whole);
        }

        /// Whether the first `bits` bits of both agree.
        boolean agrees(byte[] number, int bits) {
            for (int i = 0; i < bits >>> 3; i++) {
                if (prefix[i] != number[i]) {
                    return false;
                }
            }
            int rest = bits & 7;
            return rest == 0 || ((prefix[bits >>> 3] ^ number[bits >>> 3]) & 0xff00 >>> rest & 0xff) == 0;
        }
    }

    /// Private use ([RFC 1918](https://www.rfc-editor.org/rfc/rfc1918)), shared address space ([RFC
    /// 6598](https://www.rfc-editor.org/rfc/rfc6598)), loopback, link-local, documentation, multicast and
    /// what is reserved, netmasks among it; and addresses by which clouds and clusters everywhere reach
    /// their own services: metadata, Azure's platform, the node's DNS cache.
    static final SpecialRanges IPV4 = new SpecialRanges(List.of(
            Range.of("0.0.0.0/8", true),
            Range.of("127.0.0.0/8", true),
            Range.of("224.0.0.0/3", true),
            Range.of("169.254.169.254/32", true),
            Range.of("169.254.20.10/32", true),
            Range.of("168.63.129.16/32", true),
            Range.of("169.254.0.0/16", false),
            Range.of("10.0.0.0/8", false),
            Range.of("172.16.0.0/12", false),
            Range.of("192.168.0.0/16", false),
            Range.of("100.64.0.0/10", false)));

    /// The same of IPv6, and what embeds an IPv4 address, which [AddressPseudonyms] treats by itself.
    static final SpecialRanges IPV6 = new SpecialRanges(List.of(
            Range.of("::/127", true),
            new Range(AddressOctets.of(new Address(0, 0xffff_0000_0000L)), 96, false), // Java takes its text for IPv4
            Range.of("::/96", false),
            Range.of("64:ff9b::/96", false),
            Range.of("fe80::/10", false),
            Range.of("fe80::/64", false),
            Range.of("fc00::/7", false),
            Range.of("ff00::/8", true)));

    private final List<Range> ranges;

    private SpecialRanges(List<Range> ranges) {
        this.ranges = ranges;
    }

    @Override
    public boolean stays(byte[] number, int depth) {
        for (Range range : ranges) {
            if (depth < range.length
                    ? range.agrees(number, depth)
                    : range.whole && range.agrees(number, range.length)) {
                return true;
            }
        }
        return false;
    }
}

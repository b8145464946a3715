package hopline.decode;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// An IPv4 or IPv6 address as two words.
///
/// An IPv4 address keeps its 32 bits in `low` under [#IPV4] in `high`; no IPv6 address has that upper half.
public record Address(long high, long low) implements Comparable<Address> {

    /// What `high` is for IPv4.
    public static final long IPV4 = -1;

    /// From the 32 bits of an IPv4 header field.
    public static Address ofIpv4(int bits) {
        return new Address(IPV4, bits & 0xffff_ffffL);
    }

    /// From text such as `10.0.0.1` or `fd00::1`.
    ///
    /// @throws IllegalArgumentException when it is neither; names are never looked up
    public static Address of(String text) {
        if (text.indexOf(':') < 0) {
            return ofIpv4(ipv4Bits(text));
        }
        if (!text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.')) {
            throw new IllegalArgumentException("not an IP address: " + text);
        }
        try {
            return of(InetAddress.getByName(text).getAddress()); // with a colon in it, it is never taken for a name
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an IP address: " + text, e);
        }
    }

    private static int ipv4Bits(String text) {
        if (!text.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            throw new IllegalArgumentException("not an IP address: " + text);
        }
        int bits = 0;
        for (String part : text.split("\\.", -1)) {
            int octet = Integer.parseInt(part);
            if (octet > 0xff) {
                throw new IllegalArgumentException("not an IP address: " + text);
            }
            bits = bits << 8 | octet;
        }
        return bits;
    }

    private static Address of(byte[] bytes) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < bytes.length; i++) {
            long octet = bytes[i] & 0xff;
            if (bytes.length == 16 && i < 8) {
                high = high << 8 | octet;
            } else {
                low = low << 8 | octet;
            }
        }
        return new Address(bytes.length == 4 ? IPV4 : high, low);
    }

    public boolean isIpv4() {
        return high == IPV4;
    }

    /// Addressed to several: multicast, or IPv4's limited broadcast.
    public boolean isMulticast() {
        return isIpv4() ? low >>> 28 == 0xe || low == 0xffff_ffffL : high >>> 56 == 0xff;
    }

    /// Holds on one link only: 169.254/16 or fe80::/10.
    public boolean isLinkLocal() {
        return isIpv4() ? low >>> 16 == 0xa9fe : high >>> 54 == 0xfe80 >>> 6;
    }

    /// Routed within an organisation only: of RFC 1918, RFC 6598 or RFC 4193.
    public boolean isPrivate() {
        return isIpv4()
                ? low >>> 24 == 10 || low >>> 20 == 0xac1 || low >>> 16 == 0xc0a8 || low >>> 22 == 0x6440 >>> 6
                : high >>> 57 == 0xfc >>> 1;
    }

    /// All zeros: a sender that has no address yet.
    public boolean isUnspecified() {
        return low == 0 && (high == 0 || isIpv4());
    }

    /// Asked often, and the one that records have by themselves is slow until it is optimised.
    @Override
    public boolean equals(Object other) {
        return other instanceof Address that && low == that.low && high == that.high;
    }

    @Override
    public int hashCode() {
        long mixed = (low ^ high * 31) * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> 32);
    }

    /// Orders IPv4 before IPv6, then by number.
    @Override
    public int compareTo(Address other) {
        if (isIpv4() != other.isIpv4()) {
            return isIpv4() ? -1 : 1;
        }
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    /// Dotted for IPv4; for IPv6 as [RFC 5952](https://www.rfc-editor.org/rfc/rfc5952) writes it.
    @Override
    public String toString() {
        return isIpv4() ? ipv4Text() : ipv6Text();
    }

    private String ipv4Text() {
        return (low >>> 24 & 0xff) + "." + (low >>> 16 & 0xff) + "." + (low >>> 8 & 0xff) + "." + (low & 0xff);
    }

    private String ipv6Text() {
        int[] groups = new int[8];
        for (int i = 0; i < 4; i++) {
            groups[i] = (int) (high >>> (48 - 16 * i)) & 0xffff;
            groups[i + 4] = (int) (low >>> (48 - 16 * i)) & 0xffff;
        }
        int zeros = longestZeros(groups);
        int length = zeros < 0 ? 0 : zerosFrom(groups, zeros);
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == zeros) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (i > 0 && i != zeros + length) {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    /// Where the first longest run of two or more zero groups starts, or -1.
    private static int longestZeros(int[] groups) {
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = zerosFrom(groups, i);
            if (length > bestLength) {
                best = i;
                bestLength = length;
            }
        }
        return best;
    }

    private static int zerosFrom(int[] groups, int start) {
        int end = start;
        while (end < 8 && groups[end] == 0) {
            end++;
        }
        return end - start;
    }
}

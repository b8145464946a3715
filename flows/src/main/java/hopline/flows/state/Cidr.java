package hopline.flows.state;

import hopline.decode.Address;
import hopline.flows.state.text.Digits;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A range of addresses that share their first `length` bits, such as `10.244.1.0/24`.
///
/// Bits behind the prefix are cleared, so that equal ranges are equal.
///
/// @param length 0 to 32 for IPv4, 0 to 128 for IPv6
public record Cidr(Address prefix, int length) {

    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    /// @throws IllegalArgumentException when `length` is out of range
    public Cidr {
        if (length < 0 || length > bits(prefix)) {
            throw new IllegalArgumentException("prefix length " + length + " of " + prefix);
        }
        prefix = masked(prefix, length);
    }

    /// From text such as `10.244.1.0/24` or `fd00:10::/64`; empty when it is neither.
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        String digits = text.substring(slash + 1);
        if (slash < 0 || !Digits.only(digits, 3)) {
            return Optional.empty();
        }
        int length = Integer.parseInt(digits);
        return AddressText.parse(text.substring(0, slash))
                .filter(prefix -> length <= bits(prefix))
                .map(prefix -> new Cidr(prefix, length));
    }

    /// False for an address of the other IP version.
    public boolean contains(Address address) {
        return address.isIpv4() == prefix.isIpv4() && masked(address, length).equals(prefix);
    }

    private static int bits(Address address) {
        return address.isIpv4() ? IPV4_BITS : IPV6_BITS;
    }

    private static Address masked(Address address, int length) {
        if (address.isIpv4()) {
            return new Address(address.high(), address.low() & ones(length + Integer.SIZE));
        }
        long high = address.high() & ones(Math.min(length, Long.SIZE));
        return new Address(high, address.low() & ones(Math.max(length - Long.SIZE, 0)));
    }

    /// The upper `count` bits set; spelled out because a shift by 64 shifts by nothing.
    private static long ones(int count) {
        return count == 0 ? 0 : -1L << (Long.SIZE - count);
    }

    @Override
    public String toString() {
        return prefix + "/" + length;
    }

    /// What records have by themselves is linked at run time, which a short capture waits for.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cidr that && prefix.equals(that.prefix) && length == that.length;
    }

    @Override
    public int hashCode() {
        return prefix.hashCode() * 31 + length;
    }
}

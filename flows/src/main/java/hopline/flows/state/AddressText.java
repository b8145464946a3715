package hopline.flows.state;

import hopline.decode.Address;
import java.util.Optional;

/// Reads addresses from text that anyone may have written.
public final class AddressText {

    /// An IPv6 address with an embedded IPv4 address, written out in full.
    private static final int MAX_LENGTH = 45;

    private static final int OCTETS = 4;

    private AddressText() {}

    /// Empty when `text` is no IP address.
    public static Optional<Address> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
    }

    /// Not by way of [Address#of]: the resolver would be asked for the host named `1.2.3.999`.
    private static Optional<Address> ipv4(String text) {
        int bits = 0;
        int octets = 0;
        int start = 0;
        for (int end = text.indexOf('.'); start <= text.length(); end = text.indexOf('.', start)) {
            int limit = end < 0 ? text.length() : end;
            int octet = octet(text, start, limit);
            if (octet > 0xff || ++octets > OCTETS) {
                return Optional.empty();
            }
            bits = bits << 8 | octet;
            start = limit + 1;
        }
        return octets == OCTETS ? Optional.of(Address.ofIpv4(bits)) : Optional.empty();
    }

    /// More than 255 when no decimal octet stands there; leading zeros are decimal too, as the API server reads
    /// them.
    private static int octet(String text, int start, int end) {
        if (start == end || end - start > 3) {
            return Integer.MAX_VALUE;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return Integer.MAX_VALUE;
            }
            value = value * 10 + digit - '0';
        }
        return value;
    }

    private static Optional<Address> ipv6(String text) {
        try {
            return Optional.of(Address.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

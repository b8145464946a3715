package hopline.flows.state;

import hopline.decode.Address;
import java.util.Optional;

/// Reads addresses from text that anyone may have written.
public final class AddressText {

    /// An IPv6 address with an embedded IPv4 address, written out in full.
    private static final int MAX_LENGTH = 45;

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
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        int bits = 0;
        for (String part : parts) {
            int octet = octet(part);
            if (octet > 0xff) {
                return Optional.empty();
            }
            bits = bits << 8 | octet;
        }
        return Optional.of(Address.ofIpv4(bits));
    }

    /// More than 255 when `part` is no decimal octet; leading zeros are decimal too, as the API server reads them.
    private static int octet(String part) {
        if (part.isEmpty() || part.length() > 3) {
            return Integer.MAX_VALUE;
        }
        int value = 0;
        for (int i = 0; i < part.length(); i++) {
            char digit = part.charAt(i);
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

package hopline.decode.redact;

import hopline.decode.Address;

/// Addresses as octets and back.
final class AddressOctets {

    private AddressOctets() {}

    /// 4 octets or 16.
    static byte[] of(Address address) {
        return address.isIpv4()
                ? new byte[] {
                    (byte) (address.low() >>> 24),
                    (byte) (address.low() >>> 16),
                    (byte) (address.low() >>> 8),
                    (byte) address.low()
                }
                : ofIpv6(address);
    }

    /// 16 octets, for the fields of IPv6: there may also stand what [Address#IPV4] marks, an address of ones.
    static byte[] ofIpv6(Address address) {
        byte[] octets = new byte[16];
        for (int i = 0; i < 8; i++) {
            octets[i] = (byte) (address.high() >>> (56 - 8 * i));
            octets[i + 8] = (byte) (address.low() >>> (56 - 8 * i));
        }
        return octets;
    }

    /// From 4 octets or 16.
    static Address address(byte[] octets) {
        return octets.length == 4
                ? Address.ofIpv4((int) number(octets, 0, 4))
                : new Address(number(octets, 0, 8), number(octets, 8, 8));
    }

    /// Big-endian, at most 8 octets.
    static long number(byte[] octets, int from, int length) {
        long number = 0;
        for (int i = from; i < from + length; i++) {
            number = number << 8 | (octets[i] & 0xff);
        }
        return number;
    }

    /// The low `length` octets of `number`, big-endian.
    static byte[] ofNumber(long number, int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (number >>> (8 * (length - 1 - i)));
        }
        return octets;
    }
}

package hopline.decode.redact;

import hopline.decode.Address;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/// What stands in an address's place. Prefix-preserving: addresses of one subnet get addresses of one
/// subnet.
///
/// Ranges that everybody knows stay what they are ([SpecialRanges]): a private address becomes another
/// private address, loopback, multicast and netmasks stay themselves. An IPv4 address within an IPv6
/// address (mapped, compatible, NAT64) becomes the same as alone. Single-threaded; remembers a bounded number.
public final class AddressPseudonyms {

    /// Addresses remembered, of each kind; more are computed anew.
    private static final int MAX_REMEMBERED = 1 << 16;

    private static final long MAPPED = 0xffffL;
    private static final long NAT64 = 0x0064_ff9b_0000_0000L;
    private static final long SOLICITED_HIGH = 0xff02_0000_0000_0000L;
    private static final long SOLICITED_LOW = 0x0000_0001_ff00_0000L;
    private static final long LOW_24 = 0xff_ffffL;
    private static final int PREFIX_BASED = 0x3; // flags P and T of RFC 3306 and 3956
    private static final long GROUP_BIT = 0x0100_0000_0000L;
    private static final long SOLICITED_MAC = 0x3333_ff00_0000L;
    private static final int LOCAL_BIT_DEPTH = 6;
    private static final int GROUP_BIT_DEPTH = 7;
    private static final int OUI_BITS = 24;
    private static final PrefixCipher.Pins NOTHING = (number, depth) -> false;

    private final PrefixCipher ipv4;
    private final PrefixCipher ipv6;
    private final PrefixCipher mac;
    private final PrefixCipher solicited;
    private final PrefixCipher group;
    private final Mac digits;
    private final Map<Address, Address> addresses = new HashMap<>();
    private final Map<Long, Long> macs = new HashMap<>();

    private @Nullable Replacements listener;

    /// @param keepOui leaves the first half of MAC addresses, which names the maker of the network card
    public AddressPseudonyms(RedactionKey key, boolean keepOui) {
        ipv4 = new PrefixCipher(key.derive("IPv4"), SpecialRanges.IPV4);
        ipv6 = new PrefixCipher(key.derive("IPv6"), SpecialRanges.IPV6);
        mac = new PrefixCipher(
                key.derive("MAC"),
                (number, depth) ->
                        depth == LOCAL_BIT_DEPTH || depth == GROUP_BIT_DEPTH || (keepOui && depth < OUI_BITS));
        solicited = new PrefixCipher(key.derive("solicited node"), NOTHING);
        group = new PrefixCipher(key.derive("group"), NOTHING);
        digits = key.function("digits of addresses");
    }

    /// Tells `listener` from now on of every address that is replaced.
    void listen(Replacements listener) {
        this.listener = listener;
    }

    /// `made`, of which the listener is told.
    Address told(Address original, Address made) {
        if (listener != null && !made.equals(original)) {
            listener.address(original, made);
        }
        return made;
    }

    /// What stands in the place of `address`.
    public Address address(Address address) {
        return told(address, pseudonym(address));
    }

    private Address pseudonym(Address address) {
        Address known = addresses.get(address);
        if (known != null) {
            return known;
        }
        Address made = address.isIpv4() ? plain(address) : ipv6(address);
        if (addresses.size() == MAX_REMEMBERED) {
            addresses.clear();
        }
        addresses.put(address, made);
        return made;
    }

    /// What stands in the place of a network's address: the bits behind its prefix stay zero where they
    /// are.
    ///
    /// @param length of the prefix, 0 to 32 or 128
    public Address network(Address address, int length) {
        Address made = pseudonym(address);
        byte[] octets = AddressOctets.of(address);
        byte[] result = AddressOctets.of(made);
        for (int i = length; i < octets.length * Byte.SIZE; i++) {
            if ((octets[i >>> 3] & 0x80 >>> (i & 7)) != 0) {
                return told(address, made); // an address in the network, and not the network's
            }
            result[i >>> 3] &= (byte) ~(0x80 >>> (i & 7));
        }
        return toldOfNetwork(address, AddressOctets.address(result));
    }

    /// `made`, the first or last address of a network, of which the listener is told, too, when it is `original`: few
    /// bits stand for themselves by chance.
    Address toldOfNetwork(Address original, Address made) {
        if (listener != null && !(made.equals(original) && pseudonym(original).equals(original))) {
            listener.address(original, made);
        }
        return made;
    }

    /// What stands in the place of an IPv4 address where its decimal digits have to stay as many, as in names
    /// within packets. An octet follows from those before it, so that a network's name stays the end of the
    /// names of its addresses.
    public Address ofSameDigits(Address address) {
        byte[] octets = AddressOctets.of(address);
        byte[] made = octets.clone();
        for (int i = 0; i < octets.length; i++) {
            byte[] beginning = Arrays.copyOf(Arrays.copyOf(octets, i + 1), octets.length);
            byte[] pseudonym = AddressOctets.of(pseudonym(AddressOctets.address(beginning)));
            if (!Arrays.equals(beginning, 0, i + 1, pseudonym, 0, i + 1)) { // else it is everybody's
                made[i] = shifted(octets, i);
            }
        }
        return told(address, AddressOctets.address(made));
    }

    /// Another number of as many digits.
    private byte shifted(byte[] octets, int index) {
        int octet = octets[index] & 0xff;
        int first = octet < 10 ? 0 : octet < 100 ? 10 : 100;
        int count = octet < 10 ? 10 : octet < 100 ? 90 : 156;
        digits.update(octets, 0, index);
        long shift = 1 + AddressOctets.number(digits.doFinal(new byte[] {(byte) first}), 0, 4) % (count - 1);
        return (byte) (first + (octet - first + shift) % count);
    }

    private Address plain(Address address) {
        PrefixCipher cipher = address.isIpv4() ? ipv4 : ipv6;
        return AddressOctets.address(cipher.encrypt(AddressOctets.of(address)));
    }

    private Address ipv6(Address address) {
        boolean mapped = address.high() == 0 && address.low() >>> 32 == MAPPED;
        boolean nat64 = address.high() == NAT64 && address.low() >>> 32 == 0;
        boolean compatible = address.high() == 0 && address.low() >>> 32 == 0 && address.low() >>> 16 != 0;
        if (mapped || nat64 || compatible) {
            long embedded = address(Address.ofIpv4((int) address.low())).low();
            return new Address(address.high(), (address.low() & ~0xffff_ffffL) | embedded);
        }
        if (!address.isMulticast()) {
            return plain(address);
        }
        if (address.high() == SOLICITED_HIGH && (address.low() & ~LOW_24) == SOLICITED_LOW) {
            return new Address(SOLICITED_HIGH, SOLICITED_LOW | solicitedNode(address.low() & LOW_24));
        }
        return (address.high() >>> 52 & PREFIX_BASED) == 0 ? address : ofPrefix(address);
    }

    /// A group that is built upon the prefix of a network.
    private Address ofPrefix(Address address) {
        byte[] octets = AddressOctets.of(address);
        byte[] made = group.encrypt(octets);
        System.arraycopy(octets, 0, made, 0, 2); // what says that it is a group, and of which scope
        return AddressOctets.address(made);
    }

    private long solicitedNode(long low) {
        return AddressOctets.number(solicited.encrypt(AddressOctets.ofNumber(low, 3)), 0, 3);
    }

    /// What stands in the place of a MAC address, 48 bits. Group addresses, zeros and broadcast stay.
    public long mac(long address) {
        long made = macPseudonym(address);
        if (listener != null && made != address) {
            listener.mac(address, made);
        }
        return made;
    }

    private long macPseudonym(long address) {
        if (address == 0) {
            return 0;
        }
        if ((address & GROUP_BIT) != 0) {
            boolean neighbour = (address & ~LOW_24) == SOLICITED_MAC;
            return neighbour ? SOLICITED_MAC | solicitedNode(address & LOW_24) : address;
        }
        Long known = macs.get(address);
        if (known != null) {
            return known;
        }
        long made = AddressOctets.number(mac.encrypt(AddressOctets.ofNumber(address, 6)), 0, 6);
        if (macs.size() == MAX_REMEMBERED) {
            macs.clear();
        }
        macs.put(address, made);
        return made;
    }
}

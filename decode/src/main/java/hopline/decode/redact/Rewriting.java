package hopline.decode.redact;

import hopline.capture.Octets;
import hopline.decode.Address;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/// A record and what is made of it, which begins as zeros: only what is known to be harmless is copied,
/// and only what is known to be an address or a name is replaced.
///
/// Positions count as in [hopline.decode.Layers]: from the start of the record's array. Each is held to
/// what was captured, so that a header that was cut short is rewritten as far as it goes.
final class Rewriting {

    /// Octets that stand for a payload: enough to tell payloads apart as well as they themselves would.
    private static final int MARK_LENGTH = 8;

    /// Octets of a payload that are told apart.
    private static final int MARKED_LENGTH = 16;

    final AddressPseudonyms addresses;
    final NamePseudonyms names;
    private final Mac marks;
    private final boolean keepPayload;
    private byte[] from = {};
    private byte[] into = {};
    private int offset;
    private int limit;
    private @Nullable Replacements listener;

    Rewriting(AddressPseudonyms addresses, NamePseudonyms names, Mac marks, boolean keepPayload) {
        this.addresses = addresses;
        this.names = names;
        this.marks = marks;
        this.keepPayload = keepPayload;
    }

    /// Tells `listener` from now on of every payload.
    void listen(Replacements listener) {
        this.listener = listener;
    }

    /// Turns to a record of `length` octets in `array` from `offset` on.
    void begin(byte[] array, int offset, int length) {
        this.from = array;
        this.offset = offset;
        this.limit = offset + length;
        this.into = new byte[length];
    }

    /// What was made of the record.
    byte[] result() {
        return into;
    }

    int offset() {
        return offset;
    }

    int limit() {
        return limit;
    }

    boolean keepsPayload() {
        return keepPayload;
    }

    boolean has(int at, int length) {
        return at >= offset && length >= 0 && at <= limit - length;
    }

    /// The record's octet at `at`, 0 behind its end.
    int u8(int at) {
        return has(at, 1) ? from[at] & 0xff : 0;
    }

    int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    /// What stands at `at` of the result.
    int madeU16(int at) {
        return has(at, 2) ? ((into[at - offset] & 0xff) << 8) | (into[at - offset + 1] & 0xff) : 0;
    }

    Octets octets(int start, int end) {
        return Octets.wrap(from, start, Math.max(Math.min(end, limit) - start, 0));
    }

    /// Copies what lies from `start` to before `end`.
    void keep(int start, int end) {
        int last = Math.min(end, limit);
        if (start < last) {
            System.arraycopy(from, start, into, start - offset, last - start);
        }
    }

    void set(int at, int value) {
        if (has(at, 1)) {
            into[at - offset] = (byte) value;
        }
    }

    void set16(int at, int value) {
        set(at, value >>> 8);
        set(at + 1, value);
    }

    void put(int at, byte[] octets) {
        for (int i = 0; i < octets.length; i++) {
            set(at + i, octets[i]);
        }
    }

    /// Replaces the MAC address at `at`, if it was captured whole.
    void mac(int at) {
        if (has(at, 6)) {
            long address = Octets.wrap(from, at, 6).u48(0);
            put(at, AddressOctets.ofNumber(addresses.mac(address), 6));
        }
    }

    /// Replaces the IPv4 address at `at`, if it was captured whole.
    void ipv4(int at) {
        if (has(at, 4)) {
            Address address = Address.ofIpv4(Octets.wrap(from, at, 4).i32(0));
            put(at, AddressOctets.of(addresses.address(address)));
        }
    }

    /// Replaces the IPv6 address at `at`, if it was captured whole.
    void ipv6(int at) {
        if (has(at, 16)) {
            Octets octets = Octets.wrap(from, at, 16);
            put(at, AddressOctets.ofIpv6(addresses.address(new Address(octets.i64(0), octets.i64(8)))));
        }
    }

    /// Replaces the first `length` bits of a network's IPv6 address; the rest becomes zeros.
    void ipv6Prefix(int at, int length) {
        if (has(at, 16)) {
            byte[] made = AddressOctets.ofIpv6(addresses.address(new Address(
                    Octets.wrap(from, at, 16).i64(0), Octets.wrap(from, at, 16).i64(8))));
            for (int bit = Math.min(length, 128); bit < 128; bit++) {
                made[bit >>> 3] &= (byte) ~(0x80 >>> (bit & 7));
            }
            put(at, made);
        }
    }

    /// Replaces the name whose characters lie from `start` to before `end`.
    void name(int start, int end) {
        int last = Math.min(end, limit);
        if (start < last) {
            put(start, NameOctets.rewrite(names, addresses, Octets.wrap(from, start, last - start)));
        }
    }

    /// Leaves nothing of the payload from `start` to before `end` but a mark, the same for payloads that
    /// begin alike; or all of it, when payload is to be kept.
    void payload(int start, int end) {
        int last = Math.min(end, limit);
        if (listener != null && !isZero(start + MARK_LENGTH, last)) {
            listener.payload();
        }
        if (keepPayload) {
            keep(start, last);
        } else if (start < last && !isZero(start, Math.min(last, start + MARKED_LENGTH))) {
            marks.update(from, start, Math.min(last - start, MARKED_LENGTH));
            byte[] mark = marks.doFinal();
            int version = (mark[0] & 0xf0) >>> 4;
            mark[0] ^= (byte) (version == 4 || version == 6 ? 0x80 : 0); // it shall not be taken for an IP header
            for (int i = 0; i < Math.min(MARK_LENGTH, last - start); i++) {
                set(start + i, mark[i]);
            }
        }
    }

    private boolean isZero(int start, int end) {
        for (int i = start; i < end; i++) {
            if (from[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /// Copies the payload when it is to be kept; else leaves nothing of it.
    void drop(int start, int end) {
        if (listener != null && !isZero(start + 2, Math.min(end, limit))) { // without a checksum's counterweight
            listener.payload();
        }
        if (keepPayload) {
            keep(start, end);
        }
    }
}

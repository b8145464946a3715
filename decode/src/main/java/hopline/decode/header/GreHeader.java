package hopline.decode.header;

import hopline.capture.Octets;

/// Generic routing encapsulation, [RFC 2784](https://www.rfc-editor.org/rfc/rfc2784), with key and sequence
/// number of [RFC 2890](https://www.rfc-editor.org/rfc/rfc2890), the routing of [RFC
/// 1701](https://www.rfc-editor.org/rfc/rfc1701), and PPTP's version 1, [RFC 2637
/// §4.1](https://www.rfc-editor.org/rfc/rfc2637#section-4.1).
///
/// ```
/// +-+-+-+-+-+------+-+------+-----------+--------------------+
/// |C|R|K|S|s|recur |A|flags |version (3)| protocol type (16) |
/// +-+-+-+-+-+------+-+------+-----------+--------------------+
/// | checksum (16), offset (16)               when C or R     |
/// | key (32); payload length, call (16 each) when K          |
/// | sequence number (32)                     when S          |
/// | acknowledgment number (32)               when A          |
/// | routing …                                when R          |
/// +----------------------------------------------------------+
/// ```
public record GreHeader(Octets octets) implements Header {

    /// Without anything optional.
    public static final int LENGTH = 4;

    /// A whole Ethernet frame follows.
    public static final int TRANSPARENT_BRIDGING = 0x6558;

    /// ERSPAN of the first or second type follows.
    public static final int ERSPAN = 0x88be;

    /// ERSPAN of the third type follows.
    public static final int ERSPAN_III = 0x22eb;

    /// A PPP frame follows.
    public static final int PPP = 0x880b;

    /// MikroTik's Ethernet over IP: a GRE header of version 1 whose key is its own, then an Ethernet frame.
    public static final int ETHERNET_OVER_IP = 0x6400;

    /// A frame between Aruba's access point and controller.
    public static final int WIRELESS = 0x8200;

    /// The same, aggregated.
    public static final int WIRELESS_QUALITY = 0x8240;

    /// The key of NVGRE ([RFC 7637 §3.2](https://www.rfc-editor.org/rfc/rfc7637#section-3.2)) is a 24-bit
    /// subnet and an 8-bit flow.
    private static final int FLOW_BITS = 8;

    private static final int PROTOCOL = 2;
    private static final int CHECKSUM_PRESENT = 0x8000;
    private static final int ROUTING_PRESENT = 0x4000;
    private static final int KEY_PRESENT = 0x2000;
    private static final int SEQUENCE_PRESENT = 0x1000;
    private static final int ACKNOWLEDGMENT_PRESENT = 0x0080;
    private static final int VERSION = 0x0007;
    private static final int NVGRE_FLAGS = KEY_PRESENT;
    private static final int NVGRE_MASK = CHECKSUM_PRESENT | ROUTING_PRESENT | KEY_PRESENT | SEQUENCE_PRESENT | VERSION;
    private static final int WORD = 4;
    private static final int CALL = 2;

    /// Entries of a routing field that are followed.
    private static final int MAX_ROUTES = 32;

    public GreHeader {
        Header.require(octets, LENGTH, "GRE header");
    }

    private boolean has(int flag) {
        return (octets.u16(0) & flag) != 0;
    }

    /// 0, or 1 for PPTP.
    public int version() {
        return octets.u16(0) & VERSION;
    }

    /// What follows: an Ethernet type, or one of the numbers above.
    public int protocol() {
        return octets.u16(PROTOCOL);
    }

    public boolean hasKey() {
        return has(KEY_PRESENT);
    }

    public boolean hasSequence() {
        return has(SEQUENCE_PRESENT);
    }

    private int keyAt() {
        return LENGTH + (has(CHECKSUM_PRESENT | ROUTING_PRESENT) ? WORD : 0);
    }

    /// The key, 32 bits, of version 1 the call, 16 bits: the length before it is each packet's own. Needs
    /// [#fixedLength] octets and [#hasKey].
    public long key() {
        return version() == 1 ? octets.u16(keyAt() + CALL) : octets.u32(keyAt());
    }

    /// Network virtualisation: Ethernet under a key, and nothing else optional.
    public boolean isNvgre() {
        return protocol() == TRANSPARENT_BRIDGING && (octets.u16(0) & NVGRE_MASK) == NVGRE_FLAGS;
    }

    /// Of [#isNvgre]: the virtual subnet, 0 to 16,777,215.
    public int virtualSubnet() {
        return (int) (key() >>> FLOW_BITS);
    }

    /// Octets up to the routing field, if there is one, captured or not: 4 to 20.
    public int fixedLength() {
        int length = keyAt() + (hasKey() ? WORD : 0) + (hasSequence() ? WORD : 0);
        return version() == 1 && has(ACKNOWLEDGMENT_PRESENT) ? length + WORD : length;
    }

    /// Octets of the whole header; needs [#fixedLength] of them. -1 when the routing field does not end.
    public int headerLength() {
        int at = fixedLength();
        if (version() != 0 || !has(ROUTING_PRESENT)) {
            return at;
        }
        for (int i = 0; i < MAX_ROUTES && at + WORD <= octets.length(); i++) {
            int length = octets.u8(at + 3);
            boolean last = octets.i32(at) == 0;
            at += WORD + length;
            if (last) {
                return at;
            }
        }
        return -1;
    }
}

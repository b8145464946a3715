package hopline.decode.header;

import hopline.capture.Octets;

/// L2TP over UDP, version 2, [RFC 2661 §3.1](https://www.rfc-editor.org/rfc/rfc2661#section-3.1), and the
/// fixed part of version 3, [RFC 3931 §4.1.2](https://www.rfc-editor.org/rfc/rfc3931#section-4.1.2).
///
/// ```
/// +-+-+---+-+-+-+-+-------+-------------+
/// |T|L|x x|S|x|O|P| x (4) | version (4) |
/// +-+-+---+-+-+-+-+-------+-------------+
/// | 2: length (16)                      |   when L
/// | 2: tunnel id (16), session id (16)  |   3: reserved (16), session id (32)
/// | 2: Ns (16), Nr (16)                 |   when S
/// | 2: offset size (16), padding …      |   when O
/// +-------------------------------------+
/// ```
public record L2tpHeader(Octets octets) implements Header {

    /// The shortest of version 2.
    public static final int LENGTH = 6;

    /// Of version 3's data messages, cookie and sublayer left out: they are known to the endpoints alone.
    public static final int LENGTH_3 = 8;

    public static final int UDP_PORT = 1701;

    private static final int CONTROL = 0x8000;
    private static final int LENGTH_PRESENT = 0x4000;
    private static final int SEQUENCE_PRESENT = 0x0800;
    private static final int OFFSET_PRESENT = 0x0200;
    private static final int VERSION = 0x000f;
    private static final int SESSION_3 = 4;

    public L2tpHeader {
        Header.require(octets, LENGTH, "L2TP header");
    }

    private boolean has(int flag) {
        return (octets.u16(0) & flag) != 0;
    }

    public int version() {
        return octets.u16(0) & VERSION;
    }

    /// About the tunnel itself; it carries nothing.
    public boolean isControl() {
        return has(CONTROL);
    }

    private int idsAt() {
        return has(LENGTH_PRESENT) ? 4 : 2;
    }

    /// Octets up to the offset size, captured or not: the whole header when there is none.
    private int fixedLength() {
        return idsAt() + 4 + (has(SEQUENCE_PRESENT) ? 4 : 0);
    }

    /// Octets of the header, captured or not, as far as can be told.
    public int headerLength() {
        if (version() == 3) {
            return LENGTH_3;
        }
        int length = fixedLength();
        if (!has(OFFSET_PRESENT)) {
            return length;
        }
        return length + 2 + (octets.length() >= length + 2 ? octets.u16(length) : 0);
    }

    /// Names the session to its receiver: tunnel and session in version 2, the session alone in version 3.
    /// Needs [#headerLength] octets.
    public long session() {
        return octets.u32(version() == 3 ? SESSION_3 : idsAt());
    }
}

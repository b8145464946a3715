package hopline.decode.header;

import hopline.capture.Octets;

/// Geneve header, [RFC 8926 §3.4](https://www.rfc-editor.org/rfc/rfc8926#section-3.4).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |Ver|  Opt Len  |O|C|    Rsvd.  |          Protocol Type        |
/// |        Virtual Network Identifier (VNI)       |    Reserved   |
/// |                    Variable-Length Options …                  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public record GeneveHeader(Octets octets) implements Header {

    /// Without options.
    public static final int LENGTH = 8;

    public static final int UDP_PORT = 6081;

    private static final int OPTIONS_LENGTH_MASK = 0x3f;
    private static final int PROTOCOL = 2;
    private static final int VNI = 4;

    public GeneveHeader {
        Header.require(octets, LENGTH, "Geneve header");
    }

    /// 0; anything else is not Geneve as we know it.
    public int version() {
        return octets.u8(0) >>> 6;
    }

    /// Octets of the header, options included: 8 to 260.
    public int headerLength() {
        return LENGTH + (octets.u8(0) & OPTIONS_LENGTH_MASK) * 4;
    }

    /// The Ethernet type of what follows; 0x6558 for a whole Ethernet frame.
    public int protocol() {
        return octets.u16(PROTOCOL);
    }

    /// The network identifier, 0 to 16,777,215.
    public int vni() {
        return octets.u24(VNI);
    }
}

package hopline.decode.header;

import hopline.capture.Octets;

/// Mirrored frames in GRE, by the second and third type of
/// [ERSPAN](https://datatracker.ietf.org/doc/html/draft-foschiano-erspan-03); the first type has no header.
///
/// ```
/// +-------------+-----------+---------+--------+---+-----------------+
/// | version (4) | VLAN (12) | COS (3) | En (2) | T | session id (10) |
/// +-------------+-----------+---------+--------+---+-----------------+
/// | II: reserved (12), index (20)     III: timestamp (32)            |
/// +------------------------------------------------------------------+
/// | III: SGT (16) | P | frame type (5) | hardware (6) | D | Gra (2) | O |
/// +------------------------------------------------------------------+
/// | III, when O: platform specific (64)                              |
/// +------------------------------------------------------------------+
/// ```
public record ErspanHeader(Octets octets) implements Header {

    /// Of the second type.
    public static final int LENGTH = 8;

    /// Of the third type, without what is specific to a platform.
    public static final int LENGTH_III = 12;

    /// [#version] of the second type.
    public static final int TYPE_II = 1;

    /// [#version] of the third type.
    public static final int TYPE_III = 2;

    /// [#frameType] of an Ethernet frame.
    public static final int ETHERNET = 0;

    /// [#frameType] of an IP packet.
    public static final int IP = 2;

    private static final int SESSION = 2;
    private static final int SESSION_MASK = 0x3ff;
    private static final int OPTIONS = 10;
    private static final int PLATFORM_LENGTH = 8;

    public ErspanHeader {
        Header.require(octets, LENGTH, "ERSPAN header");
    }

    public int version() {
        return octets.u8(0) >>> 4;
    }

    /// Which mirroring this is, 0 to 1,023.
    public int sessionId() {
        return octets.u16(SESSION) & SESSION_MASK;
    }

    /// Of the third type, with [#LENGTH_III] octets; the second only carries Ethernet.
    public int frameType() {
        return version() == TYPE_III ? octets.u16(OPTIONS) >>> 10 & 0x1f : ETHERNET;
    }

    /// Octets of the header; needs [#LENGTH_III] of them when it is of the third type.
    public int headerLength() {
        if (version() != TYPE_III) {
            return LENGTH;
        }
        return LENGTH_III + ((octets.u16(OPTIONS) & 1) == 0 ? 0 : PLATFORM_LENGTH);
    }
}

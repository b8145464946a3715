package hopline.decode.header;

import hopline.capture.Octets;

/// Anything in anything, the tunnel of a former IPv6 broker,
/// [draft-massar-v6ops-ayiya-02](https://datatracker.ietf.org/doc/html/draft-massar-v6ops-ayiya-02#section-3).
///
/// ```
/// +------------+------------+--------------+------------+
/// | ID (4+4)   | sig (4+4)  | auth, op(4+4)| next (8)   |
/// | epoch (32)                                          |
/// | identity (2^n octets), signature (n words) …        |
/// +-----------------------------------------------------+
/// ```
public record AyiyaHeader(Octets octets) implements Header {

    /// Without identity and signature.
    public static final int LENGTH = 8;

    public static final int UDP_PORT = 5072;

    private static final int OPERATION = 2;
    private static final int FORWARD = 1;

    public AyiyaHeader {
        Header.require(octets, LENGTH, "AYIYA header");
    }

    /// Carries a packet, and not a message about the tunnel.
    public boolean isForwarded() {
        return (octets.u8(OPERATION) & 0xf) == FORWARD;
    }

    /// Octets of the header, captured or not: at most 32,836.
    public int headerLength() {
        return LENGTH + (1 << (octets.u8(0) >>> 4)) + (octets.u8(1) >>> 4) * 4;
    }
}

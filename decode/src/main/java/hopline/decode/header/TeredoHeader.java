package hopline.decode.header;

import hopline.capture.Octets;

/// What Teredo may put between UDP and the IPv6 packet it carries, [RFC 4380
/// §5.1.1](https://www.rfc-editor.org/rfc/rfc4380#section-5.1.1): nothing, authentication, the origin, or
/// both in that order.
///
/// ```
/// | 0001 | ID length (8) | auth length (8) | ID … | authentication … | nonce (64) | confirmation (8) |
/// | 0000 | origin port (16) | origin address (32) |
/// ```
public record TeredoHeader(Octets octets) implements Header {

    public static final int UDP_PORT = 3544;

    private static final int AUTHENTICATION = 0x0001;
    private static final int ORIGIN = 0x0000;
    private static final int AUTHENTICATION_LENGTH = 13;
    private static final int ORIGIN_LENGTH = 8;

    public TeredoHeader {
        Header.require(octets, 2, "Teredo header");
    }

    /// Octets before the IPv6 header, captured or not: 0 in most packets.
    public int headerLength() {
        int at = 0;
        if (octets.u16(0) == AUTHENTICATION) {
            at = AUTHENTICATION_LENGTH + (octets.length() >= 4 ? octets.u8(2) + octets.u8(3) : 0);
        }
        return octets.length() >= at + 2 && octets.u16(at) == ORIGIN ? at + ORIGIN_LENGTH : at;
    }
}

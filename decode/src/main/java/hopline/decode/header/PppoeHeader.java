package hopline.decode.header;

import hopline.capture.Octets;

/// PPP over Ethernet, [RFC 2516 §4](https://www.rfc-editor.org/rfc/rfc2516#section-4).
///
/// ```
/// +-------------+----------+----------+-----------------+-------------+
/// | version (4) | type (4) | code (8) | session id (16) | length (16) |
/// +-------------+----------+----------+-----------------+-------------+
/// ```
public record PppoeHeader(Octets octets) implements Header {

    public static final int LENGTH = 6;

    /// [#code] of data: a PPP frame follows.
    public static final int SESSION_DATA = 0;

    private static final int CODE = 1;
    private static final int SESSION = 2;
    private static final int PAYLOAD_LENGTH = 4;

    public PppoeHeader {
        Header.require(octets, LENGTH, "PPPoE header");
    }

    public int code() {
        return octets.u8(CODE);
    }

    public int sessionId() {
        return octets.u16(SESSION);
    }

    /// Octets after this header as stated.
    public int payloadLength() {
        return octets.u16(PAYLOAD_LENGTH);
    }
}

package hopline.decode.header;

import hopline.capture.Octets;

/// What precedes the payload of a PPP frame: address and control as in HDLC ([RFC 1662
/// §3.1](https://www.rfc-editor.org/rfc/rfc1662#section-3.1)), both left out in tunnels, and the protocol
/// ([RFC 1661 §2](https://www.rfc-editor.org/rfc/rfc1661#section-2)), of which the upper octet may be left
/// out.
///
/// ```
/// + - - - - - - - - - - - - - - - - + - - - - - - - - - +--------------+
/// | address (8): ff | control (8): 03 |       protocol (8 or 16)       |
/// + - - - - - - - - - - - - - - - - + - - - - - - - - - +--------------+
/// ```
public record PppHeader(Octets octets) implements Header {

    /// The longest; a shorter frame may still be whole.
    public static final int MAX_LENGTH = 4;

    public static final int IPV4 = 0x0021;
    public static final int IPV6 = 0x0057;
    public static final int MPLS = 0x0281;
    public static final int MPLS_MULTICAST = 0x0283;

    private static final int ADDRESS_CONTROL = 0xff03;

    public PppHeader {
        Header.require(octets, 1, "PPP header");
    }

    private int addressLength() {
        return octets.length() >= 2 && octets.u16(0) == ADDRESS_CONTROL ? 2 : 0;
    }

    /// Octets of this header, 1 to [#MAX_LENGTH], captured or not.
    public int headerLength() {
        int at = addressLength();
        boolean compressed = at < octets.length() && (octets.u8(at) & 1) != 0;
        return at + (compressed ? 1 : 2);
    }

    /// What follows; needs [#headerLength] octets.
    public int protocol() {
        int at = addressLength();
        return headerLength() - at == 1 ? octets.u8(at) : octets.u16(at);
    }
}

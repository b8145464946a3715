package hopline.decode.header;

import hopline.capture.Octets;

/// The user plane of the GPRS tunnelling protocol, version 1, [3GPP TS 29.281
/// §5](https://www.3gpp.org/dynareport/29281.htm); of version 0, which has a fixed header of 20 octets, as
/// much as leads to the packet it carries.
///
/// ```
/// +-------------+----+---+-+-+--+------------------+-------------+
/// | version (3) | PT | * |E|S|PN| message type (8) | length (16) |
/// +-------------+----+---+-+-+--+------------------+-------------+
/// | tunnel endpoint identifier (32)                              |
/// +--------------------------------------------------------------+
/// | sequence number (16) | N-PDU number (8) | next extension (8) |   when E, S or PN
/// +--------------------------------------------------------------+
/// | length in words (8), content, next extension (8) …           |   while next is not 0
/// +--------------------------------------------------------------+
/// ```
public record GtpHeader(Octets octets) implements Header {

    /// Without anything optional.
    public static final int LENGTH = 8;

    public static final int UDP_PORT = 2152;

    /// The port of version 0.
    public static final int OLD_UDP_PORT = 3386;

    /// [#messageType] of a user's packet.
    public static final int USER_PACKET = 255;

    private static final int LENGTH_0 = 20;
    private static final int VERSION_0 = 0x10;
    private static final int VERSION_1 = 0x30;
    private static final int VERSION_MASK = 0xf0;
    private static final int EXTENSION = 0x04;
    private static final int OPTIONAL = 0x07;
    private static final int MESSAGE_TYPE = 1;
    private static final int PAYLOAD_LENGTH = 2;
    private static final int TUNNEL = 4;
    private static final int OPTIONAL_LENGTH = 4;
    private static final int MAX_EXTENSIONS = 32;

    public GtpHeader {
        Header.require(octets, LENGTH, "GTP header");
    }

    private boolean isVersion(int version) {
        return (octets.u8(0) & VERSION_MASK) == version;
    }

    public int messageType() {
        return octets.u8(MESSAGE_TYPE);
    }

    /// Octets behind the first 8, or 20 in version 0, as stated.
    public int payloadLength() {
        return octets.u16(PAYLOAD_LENGTH);
    }

    /// Octets of the message as stated.
    public int statedLength() {
        return payloadLength() + (isVersion(VERSION_0) ? LENGTH_0 : LENGTH);
    }

    /// False for version 0, which names a tunnel by its user.
    public boolean hasTunnel() {
        return !isVersion(VERSION_0);
    }

    /// Names the tunnel to its receiver, 32 bits; needs [#hasTunnel].
    public long tunnel() {
        return octets.u32(TUNNEL);
    }

    /// Octets of the header with all extensions; -1 when they were cut short or break their format, and for
    /// any other version and the protocol for charging.
    public int headerLength() {
        if (isVersion(VERSION_0)) {
            return LENGTH_0;
        }
        if (!isVersion(VERSION_1)) {
            return -1;
        }
        if ((octets.u8(0) & OPTIONAL) == 0) {
            return LENGTH;
        }
        int at = LENGTH + OPTIONAL_LENGTH;
        if ((octets.u8(0) & EXTENSION) == 0) {
            return at;
        }
        for (int i = 0; i < MAX_EXTENSIONS && at <= octets.length(); i++) {
            if (octets.u8(at - 1) == 0) {
                return at;
            }
            int length = at < octets.length() ? octets.u8(at) * 4 : 0;
            if (length == 0) {
                return -1;
            }
            at += length;
        }
        return -1;
    }
}

package hopline.decode.header;

import hopline.capture.Octets;

/// A DHCP message, [RFC 2131 §2](https://www.rfc-editor.org/rfc/rfc2131#section-2), with the type from its
/// options, [RFC 2132 §9.6](https://www.rfc-editor.org/rfc/rfc2132#section-9.6).
///
/// ```
/// +--------+-----------+----------+----------+
/// | op (8) | htype (8) | hlen (8) | hops (8) |
/// | transaction (32)                         |
/// | secs (16)            | flags (16)        |
/// | client, your, server, gateway address    |
/// | client hardware address (128)            |
/// | server name (64 octets), file (128)      |
/// | magic cookie (32), options …             |
/// +------------------------------------------+
/// ```
public record DhcpMessage(Octets octets) implements Header {

    /// Up to the options, without their cookie: all that BOOTP, its forerunner, has.
    public static final int LENGTH = 236;

    /// [#messageType] of what has none.
    public static final int NO_TYPE = 0;

    public static final int DISCOVER = 1;
    public static final int OFFER = 2;
    public static final int REQUEST = 3;
    public static final int DECLINE = 4;
    public static final int ACK = 5;
    public static final int NAK = 6;

    private static final int TRANSACTION = 4;
    private static final int YOUR_ADDRESS = 16;
    private static final int CLIENT_HARDWARE = 28;
    private static final int COOKIE = 0x63825363;
    private static final int PAD = 0;
    private static final int END = 255;
    private static final int MESSAGE_TYPE = 53;

    public DhcpMessage {
        Header.require(octets, LENGTH, "DHCP message");
    }

    /// What a client's request and its answer share.
    public int transaction() {
        return octets.i32(TRANSACTION);
    }

    /// The address that the server offers or gives, 0 when none.
    public int yourAddress() {
        return octets.i32(YOUR_ADDRESS);
    }

    /// The client's Ethernet address, 48 bits.
    public long clientHardware() {
        return octets.u48(CLIENT_HARDWARE);
    }

    /// [#DISCOVER], [#OFFER] and so on, or [#NO_TYPE]; ends at an option that was cut short.
    public int messageType() {
        int at = LENGTH + 4;
        if (octets.length() < at || octets.i32(LENGTH) != COOKIE) {
            return NO_TYPE;
        }
        while (at + 2 < octets.length() && octets.u8(at) != END) {
            if (octets.u8(at) == PAD) {
                at++;
                continue;
            }
            if (octets.u8(at) == MESSAGE_TYPE) {
                return octets.u8(at + 2);
            }
            at += 2 + octets.u8(at + 1);
        }
        return NO_TYPE;
    }
}

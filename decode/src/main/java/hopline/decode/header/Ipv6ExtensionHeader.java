package hopline.decode.header;

import hopline.capture.Octets;

/// An IPv6 extension header, [RFC 8200 §4](https://www.rfc-editor.org/rfc/rfc8200#section-4): hop-by-hop options,
/// routing, destination options, fragment, authentication and the like.
///
/// ```
/// all but fragment                    fragment (length 8)
/// +------+--------+----------         +------+----------+------------+-----+---+
/// | next | length | content …         | next | reserved | offset(13) | res | M |
/// +------+--------+----------         +------+----------+------------+-----+---+
///                                     | identification (32)                    |
///                                     +----------------------------------------+
/// ```
///
/// @param kind the protocol number it was announced by
public record Ipv6ExtensionHeader(int kind, Octets octets) implements Header {

    public static final int HOP_BY_HOP = 0;
    public static final int ROUTING = 43;
    public static final int FRAGMENT = 44;
    public static final int AUTHENTICATION = 51;
    public static final int DESTINATION_OPTIONS = 60;
    public static final int MOBILITY = 135;
    public static final int HOST_IDENTITY = 139;
    public static final int SHIM6 = 140;

    /// The shortest; also the unit of the stated length.
    public static final int LENGTH = 8;

    private static final int NEXT_HEADER = 0;
    private static final int STATED_LENGTH = 1;
    private static final int OFFSET = 2;
    private static final int IDENTIFICATION = 4;

    public Ipv6ExtensionHeader {
        Header.require(octets, LENGTH, "IPv6 extension header");
    }

    public static boolean isExtension(int protocol) {
        return switch (protocol) {
            case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION_OPTIONS, MOBILITY, HOST_IDENTITY, SHIM6 ->
                true;
            default -> false;
        };
    }

    public int nextHeader() {
        return octets.u8(NEXT_HEADER);
    }

    /// Octets of this header, 8 to 2,048.
    public int headerLength() {
        return switch (kind) {
            case FRAGMENT -> LENGTH;
            case AUTHENTICATION -> (octets.u8(STATED_LENGTH) + 2) * 4; // RFC 4302 counts in 32-bit words
            default -> (octets.u8(STATED_LENGTH) + 1) * LENGTH;
        };
    }

    /// Of a fragment header: where its payload belongs, in octets.
    public int fragmentOffset() {
        return octets.u16(OFFSET) & 0xfff8;
    }

    /// Of a fragment header.
    public boolean moreFragments() {
        return (octets.u16(OFFSET) & 1) != 0;
    }

    /// Of a fragment header.
    public int identification() {
        return octets.i32(IDENTIFICATION);
    }
}

package hopline.decode.header;

import hopline.capture.Octets;

/// Ethernet II header, [RFC 894](https://www.rfc-editor.org/rfc/rfc894), without preamble and frame check sequence.
///
/// ```
/// +-------------------+-------------------+-----------+
/// | destination (48)  | source (48)       | type (16) |
/// +-------------------+-------------------+-----------+
/// ```
public record EthernetHeader(Octets octets) implements Header {

    public static final int LENGTH = 14;

    /// Below this the type field is an IEEE 802.3 length.
    public static final int MIN_ETHER_TYPE = 0x600;

    private static final int DESTINATION = 0;
    private static final int SOURCE = 6;
    private static final int TYPE = 12;

    public EthernetHeader {
        Header.require(octets, LENGTH, "Ethernet header");
    }

    /// The destination's 48-bit address in the lower bits.
    public long destination() {
        return octets.u48(DESTINATION);
    }

    /// The source's 48-bit address in the lower bits.
    public long source() {
        return octets.u48(SOURCE);
    }

    public int etherType() {
        return octets.u16(TYPE);
    }
}

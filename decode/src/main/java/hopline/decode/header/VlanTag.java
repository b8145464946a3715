package hopline.decode.header;

import hopline.capture.Octets;

/// IEEE 802.1Q tag, from its control information on: the type before it belongs to the header that precedes.
///
/// ```
/// +----------+-----+---------+-----------+
/// | PCP (3)  | DEI | VID(12) | type (16) |
/// +----------+-----+---------+-----------+
/// ```
public record VlanTag(Octets octets) implements Header {

    public static final int LENGTH = 4;

    private static final int CONTROL = 0;
    private static final int TYPE = 2;

    public VlanTag {
        Header.require(octets, LENGTH, "VLAN tag");
    }

    /// The VLAN identifier, 0 to 4095; 0 means priority only.
    public int vlanId() {
        return octets.u16(CONTROL) & 0x0fff;
    }

    public int priority() {
        return octets.u16(CONTROL) >>> 13;
    }

    public int etherType() {
        return octets.u16(TYPE);
    }
}

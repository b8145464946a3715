package hopline.decode.header;

import hopline.capture.Octets;

/// IEEE 802.2 logical link control, and the SNAP extension ([RFC 1042](https://www.rfc-editor.org/rfc/rfc1042))
/// that leads back to Ethernet's types.
///
/// ```
/// +----------+----------+-------------+ - - - - - - - - - - - - - +
/// | DSAP (8) | SSAP (8) | control (8) | SNAP: OUI (24) | type (16) |
/// +----------+----------+-------------+ - - - - - - - - - - - - - +
/// ```
public record LlcHeader(Octets octets) implements Header {

    /// Without the extension.
    public static final int LENGTH = 3;

    /// With the extension.
    public static final int SNAP_LENGTH = 8;

    /// The service access point of IPv4, from before there was SNAP.
    public static final int IPV4 = 0x06;

    /// The organisation code of [RFC 1042](https://www.rfc-editor.org/rfc/rfc1042): an Ethernet type follows.
    public static final int ENCAPSULATED_ETHERNET = 0;

    /// The organisation code of bridges (IEEE 802.1H), with the same meaning.
    public static final int BRIDGE_TUNNEL = 0x0000f8;

    private static final int SNAP = 0xaaaa03;
    private static final int ORGANISATION = 3;
    private static final int TYPE = 6;

    public LlcHeader {
        Header.require(octets, LENGTH, "LLC header");
    }

    /// The destination's service access point.
    public int destination() {
        return octets.u8(0);
    }

    /// The source's service access point.
    public int source() {
        return octets.u8(1);
    }

    /// True when a SNAP extension follows; [#organisation] and [#type] then need [#SNAP_LENGTH] octets.
    public boolean isSnap() {
        return octets.u24(0) == SNAP;
    }

    /// Of SNAP: whose numbers [#type] is one of.
    public int organisation() {
        return octets.u24(ORGANISATION);
    }

    /// Of SNAP: what follows.
    public int type() {
        return octets.u16(TYPE);
    }
}

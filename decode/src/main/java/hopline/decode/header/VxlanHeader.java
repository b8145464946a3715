package hopline.decode.header;

import hopline.capture.Octets;

/// VXLAN header, [RFC 7348 §5](https://www.rfc-editor.org/rfc/rfc7348#section-5), and that of its [generic
/// extension](https://datatracker.ietf.org/doc/html/draft-ietf-nvo3-vxlan-gpe-13#section-3), which says in
/// its fourth octet what it carries.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |R|R|R|R|I|R|R|R|            Reserved                           |
/// |                VXLAN Network Identifier (VNI) |   Reserved    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public record VxlanHeader(Octets octets) implements Header {

    public static final int LENGTH = 8;

    /// The port IANA assigned, and Windows uses.
    public static final int UDP_PORT = 4789;

    /// The port Linux used before there was one, and still uses when not told.
    public static final int LINUX_UDP_PORT = 8472;

    /// The port of the generic extension.
    public static final int GPE_UDP_PORT = 4790;

    /// [#nextProtocol] of IPv4.
    public static final int NEXT_IPV4 = 1;

    /// [#nextProtocol] of IPv6.
    public static final int NEXT_IPV6 = 2;

    /// [#nextProtocol] of Ethernet, which is also what there is without the extension.
    public static final int NEXT_ETHERNET = 3;

    /// [#nextProtocol] of a network service header, which leads on.
    public static final int NEXT_NSH = 4;

    /// [#nextProtocol] of MPLS.
    public static final int NEXT_MPLS = 5;

    private static final int FLAGS = 0;
    private static final int NEXT_PROTOCOL = 3;
    private static final int VNI = 4;
    private static final int FLAG_VNI_VALID = 0x08;

    public VxlanHeader {
        Header.require(octets, LENGTH, "VXLAN header");
    }

    /// The `I` flag: when clear, [#vni] carries no meaning.
    public boolean hasVni() {
        return (octets.u8(FLAGS) & FLAG_VNI_VALID) != 0;
    }

    /// The network identifier, 0 to 16,777,215.
    public int vni() {
        return octets.u24(VNI);
    }

    /// Of the generic extension: what follows. Where the octet is zero it is Ethernet, as without the
    /// extension; a flag says whether the octet counts, and some who write the octet forget it.
    public int nextProtocol() {
        int next = octets.u8(NEXT_PROTOCOL);
        return next == 0 ? NEXT_ETHERNET : next;
    }
}

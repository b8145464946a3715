package hopline.decode;

import hopline.capture.Octets;
import hopline.decode.header.AyiyaHeader;
import hopline.decode.header.ErspanHeader;
import hopline.decode.header.GeneveHeader;
import hopline.decode.header.GreHeader;
import hopline.decode.header.GtpHeader;
import hopline.decode.header.L2tpHeader;
import hopline.decode.header.MplsLabel;
import hopline.decode.header.TeredoHeader;
import hopline.decode.header.VxlanHeader;

/// Packets in packets: each tunnel's header leads to an inner frame or packet, which has a network and a
/// transport of its own. A tunnel that carries none of them, but messages about itself, is no tunnel here:
/// then the outer packet is all there is.
final class TunnelLayers {

    private static final int ETHER_IP_LENGTH = 2;

    private static final int LISP_LENGTH = 8;

    private static final int NSH_LENGTH = 8;
    private static final int NSH_LENGTH_MASK = 0x3f;
    private static final int NSH_NEXT = 3;

    /// What L2TPv3's endpoints may have agreed on, in octets: a cookie and a sublayer.
    private static final int[] L2TP_PREFIXES = {4, 0, 8, 12};

    private final Dissector dissector;
    private final Door door;

    TunnelLayers(Dissector dissector) {
        this.dissector = dissector;
        this.door = dissector.door;
    }

    /// Tunnels right behind IP, by its protocol number.
    void dispatch(int protocol, int start, int end, int statedEnd) {
        switch (protocol) {
            case IpProtocol.IPV4, IpProtocol.IPV6 -> bare(protocol, start, end, statedEnd);
            case IpProtocol.GRE -> gre(start, end, statedEnd);
            case IpProtocol.ETHER_IP -> etherIp(start, end, statedEnd);
            case IpProtocol.ETHERNET -> bareEthernet(start, end, statedEnd);
            case IpProtocol.L2TP -> l2tpOverIp(start, end, statedEnd);
            case IpProtocol.MPLS -> mpls(start, end, statedEnd);
            default -> door.unknown(start, end, statedEnd);
        }
    }

    /// IP in IP, in all four ways ([RFC 2003](https://www.rfc-editor.org/rfc/rfc2003), [RFC
    /// 4213](https://www.rfc-editor.org/rfc/rfc4213), [RFC 2473](https://www.rfc-editor.org/rfc/rfc2473)).
    private void bare(int protocol, int start, int end, int statedEnd) {
        if (!door.entersBare()) {
            return;
        }
        if (protocol == IpProtocol.IPV4) {
            dissector.network.ipv4(start, end, statedEnd);
        } else {
            dissector.network.ipv6(start, end, statedEnd);
        }
    }

    private void bareEthernet(int start, int end, int statedEnd) {
        if (door.entersBare()) {
            dissector.etherTypes.ethernet(start, end, statedEnd);
        }
    }

    /// A version and reserved bits, then a frame ([RFC 3378](https://www.rfc-editor.org/rfc/rfc3378)).
    private void etherIp(int start, int end, int statedEnd) {
        if (door.begins(Protocol.ETHER_IP, start, end, statedEnd, ETHER_IP_LENGTH)
                && door.enters(Protocol.ETHER_IP, start, end, statedEnd)) {
            dissector.etherTypes.ethernet(start + ETHER_IP_LENGTH, end, statedEnd);
        }
    }

    /// Labels right behind IP ([RFC 4023](https://www.rfc-editor.org/rfc/rfc4023)) or UDP
    /// ([RFC 7510](https://www.rfc-editor.org/rfc/rfc7510)).
    void mpls(int start, int end, int statedEnd) {
        if (door.begins(Protocol.MPLS, start, end, statedEnd, MplsLabel.LENGTH)
                && door.enters(Protocol.MPLS, start, end, statedEnd)) {
            dissector.etherTypes.labels(start, end, statedEnd);
        }
    }

    void gre(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.GRE, start, end, statedEnd, GreHeader.LENGTH)) {
            return;
        }
        GreHeader gre = new GreHeader(door.octets(start, end));
        boolean whole = door.holds(start, end, statedEnd, gre.fixedLength());
        int length = whole ? gre.headerLength() : -1;
        if (length < 0 || start + length > end) {
            door.layers().add(Protocol.GRE, start, end, statedEnd);
            return;
        }
        greContent(gre, start, end, statedEnd, start + length);
    }

    private void greContent(GreHeader gre, int start, int end, int statedEnd, int payload) {
        switch (gre.protocol()) {
            case GreHeader.ERSPAN, GreHeader.ERSPAN_III -> erspan(gre, start, end, statedEnd, payload);
            case GreHeader.PPP -> pointToPoint(Protocol.GRE, start, end, statedEnd, payload);
            case GreHeader.TRANSPARENT_BRIDGING, GreHeader.ETHERNET_OVER_IP -> {
                if (door.enters(Protocol.GRE, start, end, statedEnd)) {
                    dissector.etherTypes.ethernet(payload, end, statedEnd);
                }
            }
            case EtherTypes.CISCO_METADATA -> metadata(start, end, statedEnd, payload);
            case GreHeader.WIRELESS, GreHeader.WIRELESS_QUALITY -> {
                if (door.enters(Protocol.GRE, start, end, statedEnd)) {
                    dissector.wireless.plain(payload, end, statedEnd);
                }
            }
            default -> etherType(Protocol.GRE, gre.protocol(), start, end, statedEnd, payload);
        }
    }

    /// Cisco's tag, which in GRE begins with the type of what follows it.
    private void metadata(int start, int end, int statedEnd, int payload) {
        int length = EtherTypes.CISCO_METADATA_LENGTH;
        if (door.holds(payload, end, statedEnd, length)) {
            int type = door.octets(payload, end).u16(0);
            etherType(Protocol.GRE, type, start, end, statedEnd, payload + length);
        }
    }

    /// Content by its Ethernet type.
    private void etherType(Protocol tunnel, int type, int start, int end, int statedEnd, int payload) {
        if (!EtherTypes.isNetwork(type)) {
            door.layers().add(tunnel, start, end, statedEnd);
            door.unknown(payload, end, statedEnd);
        } else if (door.enters(tunnel, start, end, statedEnd)) {
            dissector.etherTypes.dispatch(type, payload, end, statedEnd);
        }
    }

    private void pointToPoint(Protocol tunnel, int start, int end, int statedEnd, int payload) {
        if (payload >= end || !dissector.etherTypes.isPppNetwork(payload, end)) {
            door.layers().add(tunnel, start, end, statedEnd);
            if (payload < end) {
                dissector.etherTypes.ppp(payload, end, statedEnd);
            }
        } else if (door.enters(tunnel, start, end, statedEnd)) {
            dissector.etherTypes.ppp(payload, end, statedEnd);
        }
    }

    /// Without a sequence number it is the first type, which has no header of its own.
    private void erspan(GreHeader gre, int start, int end, int statedEnd, int payload) {
        if (gre.protocol() == GreHeader.ERSPAN && !gre.hasSequence()) {
            if (door.enters(Protocol.GRE, start, end, statedEnd)) {
                dissector.etherTypes.ethernet(payload, end, statedEnd);
            }
            return;
        }
        door.layers().add(Protocol.GRE, start, end, statedEnd);
        if (!door.begins(Protocol.ERSPAN, payload, end, statedEnd, ErspanHeader.LENGTH)) {
            return;
        }
        ErspanHeader erspan = new ErspanHeader(door.octets(payload, end));
        boolean third = erspan.version() == ErspanHeader.TYPE_III;
        if (third && !door.holds(payload, end, statedEnd, ErspanHeader.LENGTH_III)) {
            return;
        }
        int length = erspan.headerLength();
        if (erspan.frameType() > ErspanHeader.IP || !door.holds(payload, end, statedEnd, length)) {
            door.layers().add(Protocol.ERSPAN, payload, end, statedEnd);
        } else if (door.enters(Protocol.ERSPAN, payload, end, statedEnd)) {
            int frame = payload + length;
            if (erspan.frameType() == ErspanHeader.IP) {
                dissector.network.ip(frame, end, statedEnd);
            } else {
                dissector.etherTypes.ethernet(frame, end, statedEnd);
            }
        }
    }

    void vxlan(int start, int end, int statedEnd) {
        if (door.begins(Protocol.VXLAN, start, end, statedEnd, VxlanHeader.LENGTH)
                && door.enters(Protocol.VXLAN, start, end, statedEnd)) {
            dissector.etherTypes.ethernet(start + VxlanHeader.LENGTH, end, statedEnd);
        }
    }

    void vxlanGpe(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.VXLAN_GPE, start, end, statedEnd, VxlanHeader.LENGTH)) {
            return;
        }
        VxlanHeader vxlan = new VxlanHeader(door.octets(start, end));
        if (!door.enters(Protocol.VXLAN_GPE, start, end, statedEnd)) {
            return;
        }
        int payload = start + VxlanHeader.LENGTH;
        switch (vxlan.nextProtocol()) {
            case VxlanHeader.NEXT_IPV4 -> dissector.network.ipv4(payload, end, statedEnd);
            case VxlanHeader.NEXT_IPV6 -> dissector.network.ipv6(payload, end, statedEnd);
            case VxlanHeader.NEXT_ETHERNET -> dissector.etherTypes.ethernet(payload, end, statedEnd);
            case VxlanHeader.NEXT_NSH -> nsh(payload, end, statedEnd);
            case VxlanHeader.NEXT_MPLS -> dissector.etherTypes.mpls(payload, end, statedEnd);
            default -> door.unknown(payload, end, statedEnd);
        }
    }

    /// A header between a tunnel, or a link, and what it carries
    /// ([RFC 8300 §2](https://www.rfc-editor.org/rfc/rfc8300#section-2)).
    void nsh(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.NSH, start, end, statedEnd, NSH_LENGTH)) {
            return;
        }
        Octets nsh = door.octets(start, end);
        int payload = start + Math.max((nsh.u16(0) & NSH_LENGTH_MASK) * 4, NSH_LENGTH);
        if (!door.adds(Protocol.NSH, start, end, statedEnd)
                || !door.holds(start, end, statedEnd, payload - start)
                || !door.nests()) {
            return;
        }
        switch (nsh.u8(NSH_NEXT)) {
            case VxlanHeader.NEXT_IPV4 -> dissector.network.ipv4(payload, end, statedEnd);
            case VxlanHeader.NEXT_IPV6 -> dissector.network.ipv6(payload, end, statedEnd);
            case VxlanHeader.NEXT_ETHERNET -> dissector.etherTypes.ethernet(payload, end, statedEnd);
            case VxlanHeader.NEXT_MPLS -> dissector.etherTypes.mpls(payload, end, statedEnd);
            default -> door.unknown(payload, end, statedEnd);
        }
    }

    void ayiya(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.AYIYA, start, end, statedEnd, AyiyaHeader.LENGTH)) {
            return;
        }
        AyiyaHeader ayiya = new AyiyaHeader(door.octets(start, end));
        int payload = start + ayiya.headerLength();
        if (payload >= end || !ayiya.isForwarded() || !dissector.network.isIp(payload, end)) {
            door.layers().add(Protocol.AYIYA, start, end, statedEnd);
        } else if (door.enters(Protocol.AYIYA, start, end, statedEnd)) {
            dissector.network.ip(payload, end, statedEnd);
        }
    }

    void geneve(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.GENEVE, start, end, statedEnd, GeneveHeader.LENGTH)) {
            return;
        }
        GeneveHeader geneve = new GeneveHeader(door.octets(start, end));
        int length = geneve.headerLength();
        if (geneve.version() != 0 || !door.holds(start, end, statedEnd, length)) {
            door.layers().add(Protocol.GENEVE, start, end, statedEnd);
        } else if (geneve.protocol() == EtherTypes.TRANSPARENT_BRIDGING) {
            if (door.enters(Protocol.GENEVE, start, end, statedEnd)) {
                dissector.etherTypes.ethernet(start + length, end, statedEnd);
            }
        } else {
            etherType(Protocol.GENEVE, geneve.protocol(), start, end, statedEnd, start + length);
        }
    }

    void gtp(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.GTP, start, end, statedEnd, GtpHeader.LENGTH)) {
            return;
        }
        GtpHeader gtp = new GtpHeader(door.octets(start, end));
        int length = gtp.headerLength();
        boolean packet = gtp.messageType() == GtpHeader.USER_PACKET && length >= 0;
        int payload = start + length;
        int stated = Math.min(start + gtp.statedLength(), statedEnd);
        if (!packet || payload >= Math.min(end, stated) || !dissector.network.isIp(payload, end)) {
            door.layers().add(Protocol.GTP, start, end, statedEnd);
        } else if (door.enters(Protocol.GTP, start, end, statedEnd)) {
            dissector.network.ip(payload, Math.min(end, stated), stated);
        }
    }

    void l2tp(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.L2TP, start, end, statedEnd, L2tpHeader.LENGTH)) {
            return;
        }
        L2tpHeader l2tp = new L2tpHeader(door.octets(start, end));
        int length = l2tp.headerLength();
        if (l2tp.isControl() || l2tp.version() < 2 || l2tp.version() > 3 || start + length > end) {
            door.layers().add(Protocol.L2TP, start, end, statedEnd);
        } else if (l2tp.version() == 3) {
            l2tpContent(start, end, statedEnd, start + length);
        } else {
            pointToPoint(Protocol.L2TP, start, end, statedEnd, start + length);
        }
    }

    /// Right behind IP the third version begins with its session, which is 0 in messages about the tunnel.
    private void l2tpOverIp(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.L2TP, start, end, statedEnd, 4)) {
            return;
        }
        if (door.octets(start, end).i32(0) == 0) {
            door.layers().add(Protocol.L2TP, start, end, statedEnd);
        } else {
            l2tpContent(start, end, statedEnd, start + 4);
        }
    }

    /// Nothing in the packet tells how long cookie and sublayer are: the first that make sense of it are
    /// taken.
    private void l2tpContent(int start, int end, int statedEnd, int payload) {
        for (int prefix : L2TP_PREFIXES) {
            int frame = payload + prefix;
            if (dissector.etherTypes.looksLikeEthernet(frame, end)) {
                if (door.enters(Protocol.L2TP, start, end, statedEnd)) {
                    dissector.etherTypes.ethernet(frame, end, statedEnd);
                }
                return;
            }
        }
        door.layers().add(Protocol.L2TP, start, end, statedEnd);
    }

    /// Eight octets of flags, a nonce and bits about locators, then a packet
    /// ([RFC 9300 §5](https://www.rfc-editor.org/rfc/rfc9300#section-5)).
    void lisp(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.LISP, start, end, statedEnd, LISP_LENGTH)) {
            return;
        }
        int payload = start + LISP_LENGTH;
        if (payload >= end || !dissector.network.isIp(payload, end)) {
            door.layers().add(Protocol.LISP, start, end, statedEnd);
        } else if (door.enters(Protocol.LISP, start, end, statedEnd)) {
            dissector.network.ip(payload, end, statedEnd);
        }
    }

    void teredo(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.TEREDO, start, end, statedEnd, 2)) {
            return;
        }
        Octets octets = door.octets(start, end);
        int payload = start + new TeredoHeader(octets).headerLength();
        if (payload >= end || door.octets(payload, end).u8(0) >>> 4 != 6) {
            door.layers().add(Protocol.TEREDO, start, end, statedEnd);
        } else if (door.enters(Protocol.TEREDO, start, end, statedEnd)) {
            dissector.network.ipv6(payload, end, statedEnd);
        }
    }
}

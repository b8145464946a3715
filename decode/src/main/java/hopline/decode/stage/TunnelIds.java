package hopline.decode.stage;

import hopline.decode.Layers;
import hopline.decode.Protocol;
import hopline.decode.header.ErspanHeader;
import hopline.decode.header.GeneveHeader;
import hopline.decode.header.GreHeader;
import hopline.decode.header.GtpHeader;
import hopline.decode.header.L2tpHeader;
import hopline.decode.header.VxlanHeader;

/// What a tunnel's header says about itself: which kind it is, and which of the tunnels between the same
/// ends.
final class TunnelIds {

    private TunnelIds() {}

    static TunnelKind kind(Layers layers, int tunnel) {
        return switch (layers.protocol(tunnel)) {
            case VXLAN -> TunnelKind.VXLAN;
            case VXLAN_GPE -> TunnelKind.VXLAN_GPE;
            case GENEVE -> TunnelKind.GENEVE;
            case GRE -> gre(new GreHeader(layers.octets(tunnel)));
            case ERSPAN -> TunnelKind.ERSPAN;
            case ETHER_IP -> TunnelKind.ETHER_IP;
            case MPLS -> TunnelKind.MPLS;
            case GTP -> TunnelKind.GTP;
            case L2TP -> TunnelKind.L2TP;
            case TEREDO -> TunnelKind.TEREDO;
            case AYIYA -> TunnelKind.AYIYA;
            case LISP -> TunnelKind.LISP;
            default -> TunnelKind.IP_IN_IP;
        };
    }

    private static TunnelKind gre(GreHeader gre) {
        if (gre.protocol() == GreHeader.ERSPAN) {
            return TunnelKind.ERSPAN;
        }
        return gre.isNvgre() ? TunnelKind.NVGRE : TunnelKind.GRE;
    }

    static long key(Layers layers, int tunnel, TunnelKind kind) {
        return switch (kind) {
            case VXLAN, VXLAN_GPE -> {
                VxlanHeader vxlan = new VxlanHeader(layers.octets(tunnel));
                yield vxlan.hasVni() ? vxlan.vni() : Encapsulation.NO_KEY;
            }
            case GENEVE -> new GeneveHeader(layers.octets(tunnel)).vni();
            case NVGRE -> new GreHeader(layers.octets(tunnel)).virtualSubnet();
            case GRE -> {
                GreHeader gre = new GreHeader(layers.octets(tunnel));
                yield gre.hasKey() ? gre.key() : Encapsulation.NO_KEY;
            }
            case ERSPAN ->
                layers.protocol(tunnel) == Protocol.ERSPAN
                        ? new ErspanHeader(layers.octets(tunnel)).sessionId()
                        : Encapsulation.NO_KEY;
            case GTP -> {
                GtpHeader gtp = new GtpHeader(layers.octets(tunnel));
                yield gtp.hasTunnel() ? gtp.tunnel() : Encapsulation.NO_KEY;
            }
            case L2TP -> l2tp(layers, tunnel);
            case IP_IN_IP, ETHER_IP, MPLS, TEREDO, AYIYA, LISP -> Encapsulation.NO_KEY;
        };
    }

    /// Right behind IP it begins with the session.
    private static long l2tp(Layers layers, int tunnel) {
        return layers.protocol(tunnel - 1) == Protocol.UDP
                ? new L2tpHeader(layers.octets(tunnel)).session()
                : layers.octets(tunnel).u32(0);
    }
}

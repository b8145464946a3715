package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Stage;
import java.util.ArrayList;
import java.util.List;

/// Wireshark display filters that show what a finding is about, in tunnels too.
final class DisplayFilter {

    private DisplayFilter() {}

    /// The conversation as it looks at that stage, both directions.
    static String of(Stage stage) {
        if (stage.protocol() == Stage.ARP) {
            return "arp";
        }
        List<String> terms = new ArrayList<>();
        terms.add(address(stage.sourceAddress()));
        if (!stage.destinationAddress().equals(stage.sourceAddress())) {
            terms.add(address(stage.destinationAddress()));
        }
        if (IpProtocol.hasPorts(stage.protocol())) {
            terms.add(port(stage.protocol(), stage.destinationPort()));
        } else if (stage.protocol() == IpProtocol.ICMP || stage.protocol() == IpProtocol.ICMPV6) {
            terms.add(stage.protocol() == IpProtocol.ICMP ? "icmp" : "icmpv6");
        }
        return String.join(" && ", terms);
    }

    /// Everything to and from one endpoint.
    static String of(Endpoint endpoint, int protocol) {
        return endpoint.hasPort()
                ? address(endpoint.address()) + " && " + port(protocol, endpoint.port())
                : address(endpoint.address());
    }

    static String address(Address address) {
        return (address.isIpv4() ? "ip.addr == " : "ipv6.addr == ") + address;
    }

    /// Every packet of a tunnel's kind.
    static String tunnel(Encapsulation tunnel) {
        return switch (tunnel.kind()) {
            case VXLAN, VXLAN_GPE -> "vxlan";
            case GENEVE -> "geneve";
            case NVGRE, GRE -> "gre";
            case ERSPAN -> "erspan";
            case ETHER_IP -> "etherip";
            case MPLS -> "mpls";
            case GTP -> "gtp";
            case L2TP -> "l2tp";
            case TEREDO -> "teredo";
            case AYIYA -> "ayiya";
            case LISP -> "lisp-data";
            case IP_IN_IP -> address(tunnel.source()) + " && " + address(tunnel.destination());
        };
    }

    /// Every packet under the network identifier `vni` of an overlay of `tunnel`'s kind.
    static String network(Encapsulation tunnel, int vni) {
        return switch (tunnel.kind()) {
            case GENEVE -> "geneve.vni == " + vni;
            case NVGRE ->
                "gre.key >= " + ((long) vni << Byte.SIZE) + " && gre.key <= " + ((long) vni << Byte.SIZE | 0xff);
            default -> "vxlan.vni == " + vni;
        };
    }

    private static String port(int protocol, int port) {
        return (protocol == IpProtocol.TCP ? "tcp" : protocol == IpProtocol.UDP ? "udp" : "sctp") + ".port == " + port;
    }
}

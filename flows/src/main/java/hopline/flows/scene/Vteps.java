package hopline.flows.scene;

import hopline.decode.Address;
import hopline.decode.header.VxlanHeader;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.TunnelKind;
import hopline.flows.path.Passage;
import hopline.flows.path.Tunnels;
import hopline.flows.state.Cluster;
import hopline.flows.state.Node;
import hopline.flows.state.Vtep;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/// The ends of tunnels: their addresses, and what gets stuck between them.
public final class Vteps {

    /// The least network identifier that Windows accepts.
    private static final int WINDOWS_LEAST_VNI = 4096;

    private Vteps() {}

    /// Which network identifiers they use, by what the tunnels show and the cluster's nodes state. Of two used alike,
    /// one of 4096 and more is right: Windows takes no other.
    static SharedSetting vnis(Tunnels tunnels, Cluster cluster) {
        Map<Address, Integer> stated = new HashMap<>();
        for (Node node : cluster.nodes()) {
            node.vtep().map(Vtep::vni).filter(OptionalInt::isPresent).ifPresent(vni -> {
                node.internalAddresses().forEach(address -> stated.put(address, vni.getAsInt()));
                node.vtep().flatMap(Vtep::underlay).ifPresent(address -> stated.put(address, vni.getAsInt()));
            });
        }
        return new SharedSetting(
                usesOf(tunnels, tunnel -> tunnel.vni() != Encapsulation.NO_VNI),
                Encapsulation::vni,
                stated,
                vni -> vni >= WINDOWS_LEAST_VNI);
    }

    /// Which UDP ports they use for VXLAN. Of two used alike 4789 is right: it is the registered one, and Windows takes
    /// no other unless told.
    static SharedSetting ports(Tunnels tunnels) {
        return new SharedSetting(
                usesOf(tunnels, tunnel -> tunnel.kind() == TunnelKind.VXLAN),
                Encapsulation::port,
                Map.of(),
                port -> port == VxlanHeader.UDP_PORT);
    }

    private static List<Tunnels.Use> usesOf(Tunnels tunnels, Predicate<Encapsulation> which) {
        return tunnels.all().stream()
                .filter(use -> which.test(use.encapsulation()))
                .toList();
    }

    /// Whether the packet was last seen in a tunnel, and nothing shows that it got out of it.
    public static boolean isStuck(FlowCase flow, Passage passage) {
        return passage.last().outer() != null && (passage.isLost() || !flow.isAnswered());
    }

    /// The addresses that the lists give `node`, of the family of `like`; empty when they do not know it.
    public static Set<Address> listed(String node, Address like, Scene scene) {
        Set<Address> addresses = new LinkedHashSet<>();
        scene.whereabouts().clusterNode(node).ifPresent(known -> {
            addresses.addAll(known.internalAddresses());
            known.vtep().flatMap(vtep -> vtep.underlay()).ifPresent(addresses::add);
            addresses.addAll(known.otherAddresses());
        });
        addresses.removeIf(address -> address.isIpv4() != like.isIpv4());
        return addresses;
    }

    /// The same, and the one at which packets show it to encapsulate or decapsulate.
    public static Set<Address> of(String node, Address like, Scene scene) {
        Set<Address> addresses = listed(node, like, scene);
        scene.topology()
                .tunnelEnd(node)
                .filter(end -> end.isIpv4() == like.isIpv4())
                .ifPresent(addresses::add);
        return addresses;
    }
}

package hopline.flows.rule;

import hopline.decode.Address;
import java.util.LinkedHashSet;
import java.util.Set;

/// The addresses of a node's tunnel end.
final class Vteps {

    private Vteps() {}

    /// The addresses that the lists give `node`, of the family of `like`; empty when they do not know it.
    static Set<Address> listed(String node, Address like, Scene scene) {
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
    static Set<Address> of(String node, Address like, Scene scene) {
        Set<Address> addresses = listed(node, like, scene);
        scene.topology()
                .tunnelEnd(node)
                .filter(end -> end.isIpv4() == like.isIpv4())
                .ifPresent(addresses::add);
        return addresses;
    }
}

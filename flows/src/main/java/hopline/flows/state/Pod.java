package hopline.flows.state;

import hopline.decode.Address;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A pod as the API server described it.
///
/// @param uid what tells it from an earlier pod of the same name; empty when the list does not say
/// @param addresses its IPs, none while it has not been set up; a host network pod's are its node's
/// @param nodeName empty while it has not been scheduled
/// @param hostAddress the address of its node (`status.hostIP`)
/// @param phase `Pending`, `Running`, `Succeeded`, `Failed`, `Unknown`, or whatever the list said
/// @param holds when the addresses were its own: from its start until it was deleted or its last container ended.
///     The API counts whole seconds, and both ends are widened to the second
public record Pod(
        String namespace,
        String name,
        String uid,
        List<Address> addresses,
        Optional<String> nodeName,
        Optional<Address> hostAddress,
        boolean hostNetwork,
        String phase,
        Interval holds,
        List<ContainerPort> ports,
        Map<String, String> labels) {

    public Pod {
        addresses = List.copyOf(addresses);
        ports = List.copyOf(ports);
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /// Its namespace and name; another pod may have had the same before.
    public NamespacedName id() {
        return new NamespacedName(namespace, name);
    }

    /// All its containers have ended for good, so that its addresses are free for others.
    public boolean isFinished() {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /// None on the host network: there the addresses are the node's, as the same `hostIP` tells too.
    List<Address> ownAddresses() {
        return sharesHostNetwork() ? List.of() : addresses;
    }

    /// The addresses of its node, as far as the pod tells.
    List<Address> nodesAddresses() {
        return sharesHostNetwork()
                ? Stream.concat(hostAddress.stream(), addresses.stream())
                        .distinct()
                        .toList()
                : hostAddress.stream().toList();
    }

    private boolean sharesHostNetwork() {
        return hostNetwork || hostAddress.filter(addresses::contains).isPresent();
    }

    Pod holding(Interval other) {
        return new Pod(
                namespace, name, uid, addresses, nodeName, hostAddress, hostNetwork, phase, other, ports, labels);
    }

    Pod withAddresses(List<Address> others) {
        return new Pod(namespace, name, uid, others, nodeName, hostAddress, hostNetwork, phase, holds, ports, labels);
    }
}

package hopline.flows.check;

import hopline.decode.Address;
import hopline.flows.state.Node;
import hopline.flows.state.Pod;
import hopline.flows.state.Source;
import hopline.flows.state.collection.NodeState;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.hns.HnsState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One node of a [StateView].
///
/// @param state what was read of it
/// @param node what the cluster says of it
/// @param view the whole
record NodeView(NodeState state, Optional<Node> node, StateView view) {

    String name() {
        return state.name();
    }

    HnsState hns() {
        return state.hns();
    }

    /// The network its pods are on.
    Stream<HnsNetwork> podNetworks() {
        return hns().networks().stream().filter(HnsNetwork::carriesPods);
    }

    Optional<HnsNetwork> overlay() {
        return podNetworks().filter(HnsNetwork::isOverlay).findFirst();
    }

    Optional<HnsNetwork> bridge() {
        return podNetworks().filter(HnsNetwork::isBridge).findFirst();
    }

    /// The network of an endpoint, by id or by name; the only one there is, where the endpoint does not say.
    Optional<HnsNetwork> networkOf(HnsEndpoint endpoint) {
        Optional<HnsNetwork> named = hns().networks().stream()
                .filter(network -> endpoint.network().equalsIgnoreCase(network.id())
                        || endpoint.network().equalsIgnoreCase(network.name()))
                .findFirst();
        boolean isOnly = podNetworks().count() == 1;
        return named.or(() -> isOnly ? podNetworks().findFirst() : Optional.empty());
    }

    /// The endpoints of its own pods.
    Stream<HnsEndpoint> podEndpoints() {
        return hns().endpoints().stream().filter(HnsEndpoint::isPod).filter(endpoint -> networkOf(endpoint)
                .map(HnsNetwork::carriesPods)
                .orElse(true));
    }

    /// The pods that the cluster says run on it, with addresses of their own.
    Stream<Pod> pods() {
        return view.cluster().pods().stream()
                .filter(pod -> pod.nodeName().filter(name()::equals).isPresent())
                .filter(pod ->
                        !pod.hostNetwork() && !pod.isFinished() && !pod.holds().hasEnd());
    }

    /// Its own addresses, by what HNS and the cluster say.
    boolean isOwnAddress(Address address) {
        return hns().networks().stream()
                        .anyMatch(network -> network.managementIp().equals(Optional.of(address)))
                || node.filter(kubernetes -> kubernetes.internalAddresses().contains(address)
                                || kubernetes.otherAddresses().contains(address))
                        .isPresent();
    }

    /// The other nodes of the cluster.
    Stream<Node> others() {
        return view.cluster().nodes().stream()
                .filter(other -> !other.name().equals(name()))
                .filter(other -> node.isPresent());
    }

    /// Where its networks were read, for what is missing from all of them.
    Stream<Source> hnsSources() {
        return Stream.concat(
                        hns().networks().stream().map(HnsNetwork::source),
                        hns().endpoints().stream().map(HnsEndpoint::source))
                .limit(1);
    }

    /// Whether it runs Windows, by what was read or by what the cluster says.
    boolean isWindows() {
        return state.isWindows() || node.filter(Node::isWindows).isPresent();
    }

    /// The endpoints with one of those addresses.
    List<HnsEndpoint> endpointsAt(Address address) {
        return hns().endpoints().stream()
                .filter(endpoint -> endpoint.addresses().contains(address))
                .toList();
    }
}

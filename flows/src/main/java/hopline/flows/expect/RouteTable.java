package hopline.flows.expect;

import hopline.decode.Address;
import hopline.flows.state.Cidr;
import hopline.flows.state.Cluster;
import hopline.flows.state.Node;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.NodeState;
import hopline.flows.state.host.HostRoute;
import java.util.List;
import java.util.Optional;

/// The routes of one node, as they were read, or as the cluster's lists demand them.
final class RouteTable {

    private final String node;
    private final List<HostRoute> routes;
    private final CollectedState all;
    private final List<Address> own;

    private RouteTable(String node, List<HostRoute> routes, CollectedState all, List<Address> own) {
        this.node = node;
        this.routes = routes;
        this.all = all;
        this.own = own;
    }

    static RouteTable of(CollectedState all, NodeState state) {
        List<Address> listed =
                all.cluster().node(state.name()).map(Node::internalAddresses).orElse(List.of());
        return new RouteTable(state.name(), state.host().routes(), all, listed);
    }

    /// The addresses that the cluster's lists give the node itself.
    List<Address> own() {
        return own;
    }

    boolean isOwn(Address address) {
        return own.contains(address);
    }

    /// The same node without its routes: where the cluster's lists demand that packets go.
    RouteTable demanded() {
        return new RouteTable(node, List.of(), all, own);
    }

    /// The interface that leads to an address.
    Optional<String> device(Address destination) {
        return route(destination).map(HostRoute::device);
    }

    /// Whether any route of the address's IP version was read.
    boolean isRead(Address destination) {
        return routes.stream().anyMatch(route -> route.prefix().prefix().isIpv4() == destination.isIpv4());
    }

    /// The route with the longest prefix; of equally long ones the first.
    Optional<HostRoute> route(Address destination) {
        HostRoute best = null;
        for (HostRoute route : routes) {
            if (route.prefix().contains(destination)
                    && (best == null || route.prefix().length() > best.prefix().length())) {
                best = route;
            }
        }
        return Optional.ofNullable(best);
    }

    WindowsState.Hop hop(Address destination) {
        Optional<HostRoute> route = route(destination);
        if (route.isPresent()) {
            HostRoute found = route.get();
            return new WindowsState.Hop(
                    found.nextHop().filter(hop -> !hop.isUnspecified()),
                    Optional.of(ref(found)),
                    Optional.empty(),
                    true);
        }
        return isRead(destination)
                ? new WindowsState.Hop(Optional.empty(), Optional.empty(), Optional.empty(), false)
                : demanded(destination);
    }

    static RuleRef ref(HostRoute route) {
        return RuleRef.of("route", route.prefix().toString(), route.source());
    }

    /// Where no route was read, each node's pods are behind the node; what is else is behind a router.
    private WindowsState.Hop demanded(Address destination) {
        Cluster cluster = all.cluster();
        Optional<Node> owner = cluster.nodes().stream()
                .filter(other -> other.podCidrs().stream().anyMatch(cidr -> contains(cidr, destination))
                        || other.internalAddresses().contains(destination))
                .findFirst();
        Doubt doubt = new Doubt(
                "the routes of " + node + " were not read; the cluster's lists are taken for them",
                "routes.txt of " + node + " (Get-NetRoute, or ip route)");
        Optional<RuleRef> rule = owner.flatMap(other ->
                all.kubernetes().place("Node", other.name()).map(source -> RuleRef.of("node", other.name(), source)));
        return new WindowsState.Hop(
                owner.flatMap(other -> other.internalAddresses().stream()
                        .filter(address -> address.isIpv4() == destination.isIpv4())
                        .findFirst()),
                rule,
                Optional.of(doubt),
                true);
    }

    private static boolean contains(Cidr cidr, Address address) {
        return cidr.contains(address) && cidr.length() < (address.isIpv4() ? Integer.SIZE : 2 * Long.SIZE);
    }
}

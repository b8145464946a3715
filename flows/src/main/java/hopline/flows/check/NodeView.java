package hopline.flows.check;

import hopline.decode.Address;
import hopline.flows.state.Cidr;
import hopline.flows.state.Cluster;
import hopline.flows.state.Node;
import hopline.flows.state.Pod;
import hopline.flows.state.Service;
import hopline.flows.state.Source;
import hopline.flows.state.Vtep;
import hopline.flows.state.collection.NodeState;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsLoadBalancer;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.hns.HnsState;
import hopline.flows.state.host.HostRoute;
import hopline.flows.state.linux.VxlanDevice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One node of a [StateView].
///
/// @param state what was read of it
/// @param node what the cluster says of it
/// @param iptables where its rules of iptables lead services
/// @param nft where its rules of nftables lead services
/// @param view the whole
record NodeView(NodeState state, Optional<Node> node, List<ProxiedBackend> iptables, NftBackends nft, StateView view) {

    /// What was read of a node, in the light of all that was.
    static NodeView of(NodeState state, StateView view) {
        Cluster cluster = view.cluster();
        return new NodeView(
                state,
                cluster.node(state.name()),
                IptablesBackends.of(state.linux().rules(), cluster),
                NftBackends.of(state.linux(), cluster),
                view);
    }

    String name() {
        return state.name();
    }

    /// That the cluster's lists were not collected when its state was, in a sentence; empty where they were, or where
    /// nothing tells.
    Optional<String> apart() {
        return view.apart(state);
    }

    HnsState hns() {
        return state.hns();
    }

    /// Where rules of Linux lead services.
    Stream<ProxiedBackend> proxied() {
        return Stream.concat(iptables.stream(), nft.all().stream());
    }

    /// The service that a load balancer of HNS is for, by its addresses or node ports.
    Optional<Service> serviceOf(HnsLoadBalancer balancer) {
        Stream<Optional<Service>> services = balancer.vips().isEmpty()
                ? balancer.ports().stream().map(port -> view.nodePort(port.external(), port.protocol()))
                : balancer.vips().stream().flatMap(vip -> services(balancer, vip));
        return services.flatMap(Optional::stream).findFirst();
    }

    /// The tables of `hnsdiag list` have no ports.
    private Stream<Optional<Service>> services(HnsLoadBalancer balancer, Address vip) {
        return balancer.ports().isEmpty()
                ? Stream.of(view.cluster().service(vip, StateView.NOW))
                : balancer.ports().stream().map(port -> view.service(vip, port.external(), port.protocol()));
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
        return hns().endpoints().stream().filter(hns()::isPod).filter(endpoint -> networkOf(endpoint)
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

    /// The VXLAN interfaces of Linux that its routes to pods of other nodes lead out of; without the cluster's
    /// lists the only one, when it leads to another node.
    List<VxlanDevice> tunnels() {
        List<VxlanDevice> all = state.linux().vxlanDevices();
        boolean isOnly = all.stream().map(VxlanDevice::name).distinct().count() == 1;
        boolean isUnlisted = view.cluster().nodes().isEmpty();
        Set<String> toPods = all.isEmpty()
                ? Set.of()
                : others().flatMap(this::routes).map(HostRoute::device).collect(Collectors.toSet());
        return all.stream()
                .filter(tunnel -> isUnlisted ? isOnly && leadsToNodes(tunnel) : toPods.contains(tunnel.name()))
                .toList();
    }

    /// The routes to the pods of another node: what leads to its address in the overlay, where it has one; or else
    /// to its range or parts of it, and of wider ones the narrowest.
    private Stream<HostRoute> routes(Node other) {
        Optional<Address> overlay = other.vtep().flatMap(Vtep::overlay);
        List<HostRoute> routes = state.host().routes();
        return overlay.isPresent()
                ? routes.stream().filter(route -> route.nextHop().equals(overlay))
                : other.podCidrs().stream()
                        .flatMap(cidr -> Stream.concat(
                                routes.stream().filter(route -> isWithin(route.prefix(), cidr)),
                                routes.stream()
                                        .filter(route -> !route.isDefault() && isWithin(cidr, route.prefix()))
                                        .max(Comparator.comparingInt(
                                                route -> route.prefix().length()))
                                        .stream()));
    }

    private static boolean isWithin(Cidr range, Cidr wider) {
        return wider.contains(range.prefix()) && wider.length() <= range.length();
    }

    /// The next hops to the pods of another node: its address in the overlay, where it has one, as with Calico, which
    /// gives ranges to nodes by itself; or else the first address of its pods.
    static Stream<Address> hops(Node other) {
        Optional<Address> overlay = other.vtep().flatMap(Vtep::overlay);
        return overlay.isPresent()
                ? overlay.stream()
                : other.podCidrs().stream().map(Cidr::prefix);
    }

    /// Whether the range that the cluster gave to a node is that of its pods.
    static boolean hasRange(Node other) {
        return other.vtep().flatMap(Vtep::overlay).isEmpty();
    }

    /// Whether its interfaces were read and none is in a bridge.
    boolean lacksBridges() {
        return !state.linux().links().isEmpty()
                && state.linux().bridgePorts().isEmpty()
                && state.linux().links().stream().allMatch(link -> link.bridge().isEmpty());
    }

    private boolean leadsToNodes(VxlanDevice tunnel) {
        return state.linux().forwardingEntries().stream()
                .filter(entry -> entry.device().equals(tunnel.name()))
                .flatMap(entry -> entry.destination().stream())
                .anyMatch(end ->
                        view.nodes().stream().anyMatch(other -> !other.name().equals(name()) && other.has(end)));
    }

    /// The interfaces of Linux that its own pods are behind: ports of the bridge that the route to them leads to,
    /// or one each.
    List<String> podInterfaces() {
        Set<String> bridges = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (HostRoute route : state.host().routes()) {
            boolean isOwn = node.filter(own -> own.podCidrs().stream()
                            .anyMatch(cidr -> cidr.contains(route.prefix().prefix())
                                    && cidr.length() <= route.prefix().length()))
                    .isPresent();
            if (isOwn && isOneAddress(route.prefix())) {
                names.add(route.device());
            } else if (isOwn) {
                bridges.add(route.device());
            }
        }
        state.linux().links().stream()
                .filter(link -> bridges.contains(link.bridge()))
                .forEach(link -> names.add(link.name()));
        return names.stream().distinct().toList();
    }

    private static boolean isOneAddress(Cidr prefix) {
        return prefix.length() == (prefix.prefix().isIpv4() ? Integer.SIZE : 2 * Long.SIZE);
    }

    /// Its own addresses, by what its interfaces and the cluster say.
    boolean has(Address address) {
        return isOwnAddress(address)
                || state.linux().links().stream()
                        .anyMatch(link -> link.addresses().contains(address));
    }

    /// Whether the interfaces that others know it by were read, with their addresses of that version of IP.
    boolean listsAddresses(boolean isIpv4) {
        Stream<Address> read = state.linux().links().stream().flatMap(link -> link.addresses().stream());
        return read.anyMatch(address -> address.isIpv4() == isIpv4 && (isOwnAddress(address) || isTunnels(address)))
                || overlay().flatMap(HnsNetwork::managementIp).isPresent();
    }

    private boolean isTunnels(Address address) {
        return state.linux().vxlanDevices().stream()
                .anyMatch(tunnel -> tunnel.local().equals(Optional.of(address)));
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

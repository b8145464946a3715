package hopline.flows.expect;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.flows.state.Backend;
import hopline.flows.state.Backends;
import hopline.flows.state.Cidr;
import hopline.flows.state.Cluster;
import hopline.flows.state.Node;
import hopline.flows.state.Pod;
import hopline.flows.state.Service;
import hopline.flows.state.ServicePort;
import hopline.flows.state.Source;
import hopline.flows.state.TrafficPolicy;
import hopline.flows.state.Vtep;
import hopline.flows.state.cni.CniConfig;
import hopline.flows.state.cni.CniState;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsLoadBalancer;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.hns.HnsState;
import hopline.flows.state.text.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What the cluster's lists and the network plugin's configuration demand of HNS on one Windows node: what
/// kube-proxy, flannel and the plugins should have written.
final class DemandedHns {

    /// The lists as they were collected last.
    private static final long NOW = Long.MAX_VALUE;

    private static final Source LISTS = new Source("the cluster's lists", 0);

    private final CollectedState state;
    private final Cluster cluster;
    private final Node node;
    private final CniState cni;
    private final boolean isDsr;
    private final boolean isOverlay;
    private final List<Written> exceptions;
    private final HnsState hns = new HnsState();
    private final Map<Address, String> idOf = new HashMap<>();

    private DemandedHns(CollectedState state, Node node, CniState cni, boolean isDsr) {
        this.state = state;
        this.cluster = state.cluster();
        this.node = node;
        this.cni = cni;
        this.isDsr = isDsr;
        this.isOverlay = node.backend().filter("vxlan"::equals).isPresent()
                || cni.configs().stream().anyMatch(config -> config.type().contains("overlay"));
        this.exceptions = exceptions();
    }

    /// @param cni how the node's plugins are configured, as far as was read
    /// @param isDsr whether kube-proxy was told to use direct server return
    static HnsState of(CollectedState state, Node node, CniState cni, boolean isDsr) {
        DemandedHns demanded = new DemandedHns(state, node, cni, isDsr);
        demanded.hns.add(demanded.network());
        demanded.addPods();
        for (Service service : state.cluster().services()) {
            for (ServicePort port : service.ports()) {
                demanded.addService(service, port);
            }
        }
        return demanded.hns;
    }

    private Source at(String kind, String name) {
        return state.kubernetes().place(kind, name).orElse(LISTS);
    }

    private HnsNetwork network() {
        List<HnsNetwork.RemoteSubnet> remote = new ArrayList<>();
        for (Node other : cluster.nodes()) {
            if (!other.name().equals(node.name())) {
                other.podCidrs().forEach(cidr -> remote.add(subnet(other, cidr)));
            }
        }
        return new HnsNetwork(
                "demanded",
                "pods",
                isOverlay ? "Overlay" : "L2Bridge",
                node.podCidrs().stream()
                        .map(cidr -> new HnsNetwork.Subnet(cidr, gateway(), vni(node)))
                        .toList(),
                node.internalAddresses().stream().findFirst(),
                node.vtep().map(Vtep::mac).orElse(OptionalLong.empty()),
                isOverlay ? remote : List.of(),
                OptionalInt.empty(),
                List.of(),
                at("Node", node.name()));
    }

    private HnsNetwork.RemoteSubnet subnet(Node other, Cidr cidr) {
        return new HnsNetwork.RemoteSubnet(
                cidr,
                vni(other),
                other.vtep().flatMap(Vtep::underlay).or(() -> other.internalAddresses().stream()
                        .findFirst()),
                other.vtep().map(Vtep::mac).orElse(OptionalLong.empty()),
                at("Node", other.name()));
    }

    private static OptionalInt vni(Node of) {
        return of.vtep().map(Vtep::vni).orElse(OptionalInt.empty());
    }

    /// The plugins take .1 on an overlay and .2 on a bridge.
    private Optional<Address> gateway() {
        return node.podCidrs().stream()
                .map(Cidr::prefix)
                .filter(Address::isIpv4)
                .findFirst()
                .map(prefix -> new Address(prefix.high(), prefix.low() + (isOverlay ? 1 : 2)));
    }

    private void addPods() {
        for (Pod pod : cluster.pods()) {
            boolean isHere = pod.nodeName().filter(node.name()::equals).isPresent();
            if (isHere
                    && !pod.hostNetwork()
                    && !pod.isFinished()
                    && !pod.addresses().isEmpty()) {
                add(endpoint(
                        pod.id().toString(),
                        pod.addresses(),
                        false,
                        at("Pod", pod.id().toString())));
            }
        }
    }

    private void add(HnsEndpoint endpoint) {
        hns.add(endpoint);
        endpoint.addresses().forEach(address -> idOf.putIfAbsent(address, endpoint.id()));
    }

    private HnsEndpoint endpoint(String name, List<Address> addresses, boolean isRemote, Source source) {
        return new HnsEndpoint(
                name,
                name,
                "demanded",
                isOverlay ? "Overlay" : "L2Bridge",
                addresses,
                mac(addresses.getFirst(), isRemote),
                gateway(),
                List.of(),
                isRemote,
                OptionalInt.of(HnsEndpoint.ATTACHED_SHARING),
                OptionalInt.empty(),
                isRemote ? List.of() : List.of(new HnsEndpoint.OutboundNat(exceptions, List.of(), "")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                "",
                true,
                source);
    }

    /// win-overlay makes a pod's MAC address of its IP address.
    private OptionalLong mac(Address address, boolean isRemote) {
        return isOverlay && !isRemote && address.isIpv4()
                ? OptionalLong.of(0x0e2aL << 32 | address.low())
                : OptionalLong.empty();
    }

    /// Those of the plugin's configuration; where none was read, what every installation should have.
    private List<Written> exceptions() {
        List<Written> exceptions = cni.configs().stream()
                .filter(CniConfig::isWindows)
                .flatMap(config -> config.exceptions().stream())
                .toList();
        if (!exceptions.isEmpty()) {
            return exceptions;
        }
        List<Written> usual = new ArrayList<>();
        cluster.nodes().forEach(other -> {
            other.podCidrs().forEach(cidr -> usual.add(new Written(cidr.toString(), at("Node", other.name()))));
            other.internalAddresses()
                    .forEach(address -> usual.add(new Written(address.toString(), at("Node", other.name()))));
        });
        cluster.services().forEach(service -> service.clusterIps()
                .forEach(address -> usual.add(new Written(
                        address.toString(), at("Service", service.id().toString())))));
        return usual;
    }

    private void addService(Service service, ServicePort port) {
        Optional<Backends> backends = cluster.backends(service, port, NOW);
        if (backends.isEmpty() || backends.get().eligible().isEmpty()) {
            return;
        }
        boolean isLocal = service.externalTrafficPolicy() == TrafficPolicy.LOCAL;
        List<Backend> internal = service.internalTrafficPolicy() == TrafficPolicy.LOCAL
                ? backends.get().on(node.name()).eligible()
                : backends.get().eligible();
        List<Backend> external = isLocal
                ? backends.get().on(node.name()).eligible()
                : backends.get().eligible();
        add(service, port, service.clusterIps(), port.port(), internal, isDsr);
        add(service, port, service.externalIps(), port.port(), external, isDsr && isLocal);
        add(service, port, service.loadBalancerIps(), port.port(), external, isDsr && isLocal);
        if (port.hasNodePort()) {
            add(service, port, List.of(), port.nodePort(), external, isDsr && isLocal);
        }
    }

    private void add(
            Service service, ServicePort port, List<Address> vips, int number, List<Backend> backends, boolean dsr) {
        boolean isNodePort = number == port.nodePort() && vips.isEmpty();
        if (backends.isEmpty() || (vips.isEmpty() && !isNodePort)) {
            return;
        }
        Source source = at("Service", service.id().toString());
        List<String> ids = new ArrayList<>();
        for (Backend backend : backends) {
            ids.add(backendId(backend.endpoint(), source));
        }
        hns.add(new HnsLoadBalancer(
                service.id() + "/" + number + "/" + vips,
                ids,
                vips,
                Optional.empty(),
                List.of(new HnsLoadBalancer.Port(
                        port.protocol(), backends.getFirst().endpoint().port(), number)),
                Optional.of(dsr),
                OptionalInt.empty(),
                source));
    }

    /// The endpoint with that address, a stand-in for one elsewhere.
    private String backendId(Endpoint backend, Source source) {
        String known = idOf.get(backend.address());
        if (known != null) {
            return known;
        }
        String id = "remote " + backend.address();
        add(endpoint(id, List.of(backend.address()), true, source));
        return id;
    }
}

package hopline.flows.check;

import hopline.decode.Address;
import hopline.decode.IpProtocol;
import hopline.flows.state.Backend;
import hopline.flows.state.Backends;
import hopline.flows.state.Cidr;
import hopline.flows.state.Cluster;
import hopline.flows.state.Node;
import hopline.flows.state.Service;
import hopline.flows.state.ServicePort;
import hopline.flows.state.ServiceTarget;
import hopline.flows.state.Source;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.NodeState;
import hopline.flows.state.kubernetes.KubernetesState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// Everything that was collected, with the questions that several rules ask of it.
public final class StateView {

    /// The lists as they were collected last.
    static final long NOW = Long.MAX_VALUE;

    private static final int DNS_PORT = 53;

    private static final long NANOS_PER_MINUTE = 60_000_000_000L;

    /// Clocks differ, and a collection takes its time.
    private static final long MAX_MINUTES_APART = 5;

    private final CollectedState state;
    private final List<NodeView> nodes = new ArrayList<>();

    /// Over `state`.
    public StateView(CollectedState state) {
        this.state = state;
        state.nodes().forEach(node -> nodes.add(NodeView.of(node, this)));
    }

    /// What was read.
    CollectedState state() {
        return state;
    }

    /// What the cluster's lists say.
    Cluster cluster() {
        return state.cluster();
    }

    /// What they say beyond that.
    KubernetesState kubernetes() {
        return state.kubernetes();
    }

    /// The nodes of which something was read.
    List<NodeView> nodes() {
        return nodes;
    }

    /// That the lists were collected earlier or later than a node's state, in a sentence; empty where they were not, or
    /// where nothing tells. Lists that do not say when are no older than the youngest pod in them.
    Optional<String> apart(NodeState node) {
        if (node.collectedAt().isEmpty()) {
            return Optional.empty();
        }
        long state = node.collectedAt().getAsLong() / NANOS_PER_MINUTE;
        OptionalLong said = cluster().collectedAt();
        long lists = said.isPresent() ? said.getAsLong() / NANOS_PER_MINUTE : Math.max(state, youngestPod());
        return Math.abs(lists - state) <= MAX_MINUTES_APART
                ? Optional.empty()
                : Optional.of("The cluster's lists were collected " + (said.isPresent() ? "" : "at least ")
                        + duration(Math.abs(lists - state)) + (lists < state ? " before" : " after")
                        + " the node's state: what changed between is no fault.");
    }

    /// When it began, in minutes.
    private long youngestPod() {
        return cluster().pods().stream()
                        .mapToLong(pod -> pod.holds().from())
                        .max()
                        .orElse(Long.MIN_VALUE)
                / NANOS_PER_MINUTE;
    }

    private static String duration(long minutes) {
        long hours = minutes / 60;
        return hours < 2 ? minutes + " minutes" : hours < 48 ? hours + " hours" : hours / 24 + " days";
    }

    /// The service with that node port.
    Optional<Service> nodePort(int port, int protocol) {
        return cluster().nodePort(port, protocol, NOW).map(ServiceTarget::service);
    }

    /// The service that has that port at an address, which several may share, or else one that has the address.
    Optional<Service> service(Address vip, int port, int protocol) {
        return cluster()
                .service(vip, port, protocol, NOW)
                .map(ServiceTarget::service)
                .or(() -> cluster().service(vip, NOW));
    }

    /// Those a new connection may go to; empty when the lists do not say.
    Optional<Backends> backends(Service service, ServicePort port) {
        return cluster().backends(service, port, NOW);
    }

    /// The addresses of a service's endpoints that are ready or still serve; empty when the lists do not say.
    Optional<Set<Address>> addresses(Service service) {
        Set<Address> addresses = new LinkedHashSet<>();
        boolean known = false;
        for (ServicePort port : service.ports()) {
            Optional<Backends> backends = backends(service, port);
            known |= backends.isPresent();
            backends.ifPresent(all -> all.all().stream()
                    .filter(backend -> backend.ready() || backend.serving())
                    .map(Backend::endpoint)
                    .forEach(endpoint -> addresses.add(endpoint.address())));
        }
        return known ? Optional.of(addresses) : Optional.empty();
    }

    /// Where a service stands in the lists, and where its endpoints.
    Stream<Source> at(Service service) {
        return Stream.concat(
                kubernetes().place("Service", service.id().toString()).stream(),
                kubernetes().endpoints(service.id()).stream());
    }

    /// Where a node stands in the lists.
    Stream<Source> at(Node node) {
        return kubernetes().place("Node", node.name()).stream();
    }

    /// The ranges of IPv4 pod addresses of all nodes whose pods have addresses of the range that the cluster gave them.
    List<Cidr> podCidrs() {
        return cluster().nodes().stream()
                .filter(NodeView::hasRange)
                .flatMap(node -> node.podCidrs().stream())
                .filter(cidr -> cidr.prefix().isIpv4())
                .distinct()
                .toList();
    }

    /// The services that answer DNS for pods, by what they are called or labelled.
    List<Service> dnsServices() {
        return cluster().services().stream()
                .filter(service -> service.namespace().equals("kube-system"))
                .filter(service -> service.ports().stream().anyMatch(port -> port.port() == DNS_PORT))
                .filter(service -> service.name().matches("(kube-|core|rke2-coredns-rke2-core)dns")
                        || "kube-dns".equals(service.selector().get("k8s-app")))
                .toList();
    }

    /// As in `53/UDP`.
    static String text(ServicePort port) {
        return port.port() + "/" + IpProtocol.name(port.protocol());
    }
}

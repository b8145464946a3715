package hopline.flows.state;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Everything that is known of a cluster, and what its addresses meant at a given moment.
///
/// Moments are nanoseconds since 1970. A pod's addresses are its own only while it ran. Of a service or its endpoints
/// the version counts that was collected last before the moment or, when all are later, the first one; lists that do
/// not say when they were collected come before all that do. Does not change once made.
public final class Cluster {

    /// Of which nothing is known.
    public static final Cluster EMPTY = of(List.of());

    private final PodIndex pods;
    private final ServiceIndex services;
    private final EndpointIndex endpoints;
    private final NodeIndex nodes;
    private final ClusterCounts counts;
    private final OptionalLong collectedAt;
    private final boolean empty;

    private Cluster(List<Snapshot> snapshots) {
        this.pods = new PodIndex(snapshots);
        this.services = new ServiceIndex(snapshots);
        this.endpoints = new EndpointIndex(snapshots);
        this.nodes = new NodeIndex(snapshots);
        this.counts = new ClusterCounts(
                pods.pods().size(),
                services.services().size(),
                endpoints.count(),
                nodes.nodes().size());
        this.empty = counts.isNone();
        this.collectedAt = snapshots.stream()
                .flatMapToLong(snapshot -> snapshot.collectedAt().stream())
                .max();
    }

    /// Puts together what was read; of files that claim the same moment the later in order counts.
    public static Cluster of(Collection<ClusterFile> files) {
        return new Cluster(files.stream()
                .flatMap(file -> file.snapshots().stream())
                .sorted((a, b) -> Long.compare(a.since(), b.since()))
                .toList());
    }

    /// The pod that held the address then. Never one on the host network, whose address is its node's.
    public Optional<Pod> pod(Address address, long epochNanos) {
        return nodes.node(address).isPresent() ? Optional.empty() : pods.pod(address, epochNanos);
    }

    /// What a packet sent there is meant for: a service's cluster IP, external IP or load balancer address with one of
    /// its ports, or a node's address with a node port.
    ///
    /// @param protocol an IP protocol number
    public Optional<ServiceTarget> service(Address address, int port, int protocol, long epochNanos) {
        Optional<ServiceTarget> target = services.target(new Endpoint(address, port), protocol, epochNanos);
        return target.isPresent() || !isNodeAddress(address) ? target : nodePort(port, protocol, epochNanos);
    }

    /// What a packet sent to that port of any node was meant for then.
    public Optional<ServiceTarget> nodePort(int port, int protocol, long epochNanos) {
        return services.nodePort(port, protocol, epochNanos);
    }

    /// The service that had the address then, whatever its ports; for packets that have none, or a wrong one.
    public Optional<Service> service(Address address, long epochNanos) {
        return services.service(address, epochNanos);
    }

    /// The service whose cluster IP it was then, whatever the port.
    public Optional<Service> clusterIp(Address address, long epochNanos) {
        return services.service(address, epochNanos)
                .filter(service -> service.clusterIps().contains(address));
    }

    /// The endpoints behind a port of a service; empty when no list says anything about its endpoints, which is not
    /// the same as having none.
    public Optional<Backends> backends(Service service, ServicePort port, long epochNanos) {
        return endpoints.backends(service.id(), port, epochNanos);
    }

    /// The node of that name, as it was seen last.
    public Optional<Node> node(String name) {
        return nodes.node(name);
    }

    /// The node that has the address itself.
    public Optional<Node> node(Address address) {
        return nodes.node(address);
    }

    /// The name of the node that has the address itself, which pods tell even where no list of nodes was read.
    public Optional<String> nodeName(Address address) {
        return nodes.node(address).map(Node::name).or(() -> pods.nodeName(address));
    }

    /// The name of the node where the address was at home then: the node of the pod that held it, else the node that
    /// has it itself, else the one that gives its pods such addresses.
    public Optional<String> nodeOwning(Address address, long epochNanos) {
        return pod(address, epochNanos)
                .flatMap(Pod::nodeName)
                .or(() -> nodeName(address))
                .or(() -> nodes.ofPodCidr(address).map(Node::name));
    }

    /// Whether a pod ever had it, or a node may give it to one.
    public boolean isPodAddress(Address address) {
        return nodes.node(address).isEmpty()
                && (pods.isPodAddress(address) || nodes.ofPodCidr(address).isPresent());
    }

    /// Whether the pods that had it, of those that are known, got it only after that moment.
    public boolean isYounger(Address address, long epochNanos) {
        return pods.isYounger(address, epochNanos);
    }

    /// Whether a service ever had it.
    public boolean isServiceAddress(Address address) {
        return services.isServiceAddress(address);
    }

    /// Whether a node has it itself.
    public boolean isNodeAddress(Address address) {
        return nodeName(address).isPresent();
    }

    /// Whether it is a pod's, a service's or a node's.
    public boolean isClusterAddress(Address address) {
        return isPodAddress(address) || isServiceAddress(address) || isNodeAddress(address);
    }

    /// When the last of its lists was collected; empty when none says.
    public OptionalLong collectedAt() {
        return collectedAt;
    }

    /// Whether nothing is known.
    public boolean isEmpty() {
        return empty;
    }

    /// How many different pods, services, endpoints and nodes are known.
    public ClusterCounts counts() {
        return counts;
    }

    /// Every pod that ever was, in the order of the lists.
    public List<Pod> pods() {
        return pods.pods();
    }

    /// Every service as it was seen last, in the order of the lists.
    public List<Service> services() {
        return services.services();
    }

    /// Every node as it was seen last, in the order of the lists.
    public List<Node> nodes() {
        return nodes.nodes();
    }
}

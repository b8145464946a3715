package hopline.flows.path;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.stage.Stage;
import hopline.flows.state.Cluster;
import hopline.flows.state.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Which node an address belongs to, and by which points a node is left and entered.
///
/// The cluster's lists say it best; what the captures show says it where there are none.
public final class Whereabouts {

    /// A point by which one packet in so many comes in is an uplink.
    private static final int UPLINK_SHARE = 6;

    private final Topology topology;
    private final Cluster cluster;
    private final Coverage coverage;
    private final long middleNanos;
    private final Map<String, String> captureNodes = new HashMap<>();
    private final Map<String, String> clusterNodes = new HashMap<>();
    private final Map<String, Set<Integer>> uplinks = new HashMap<>();

    /// By point and owner; found when first asked for, by whichever thread asks.
    private final Map<Integer, Map<Optional<String>, CapturePoint>> next = new ConcurrentHashMap<>();

    /// Puts together what is known; the topology must have learnt all it will learn.
    public Whereabouts(Topology topology, Cluster cluster, Coverage coverage) {
        this.topology = topology;
        this.cluster = cluster;
        this.coverage = coverage;
        this.middleNanos = coverage.middleNanos();
        coverage.nodes().forEach(this::nameInCluster);
        coverage.nodes().forEach(node -> uplinks.put(node, findUplinks(node)));
    }

    /// A capture may call a node otherwise than the cluster does: then the node's address tells.
    private void nameInCluster(String captureNode) {
        Optional<String> name = cluster.node(captureNode)
                .map(Node::name)
                .or(() -> nodeWithShortName(captureNode))
                .or(() -> topology.tunnelEnd(captureNode).flatMap(cluster::nodeName))
                .or(() -> nodeAtHome(captureNode));
        name.ifPresent(known -> {
            captureNodes.putIfAbsent(known, captureNode);
            clusterNodes.put(captureNode, known);
        });
    }

    private Optional<String> nodeWithShortName(String captureNode) {
        return cluster.nodes().stream()
                .map(Node::name)
                .filter(name -> name.startsWith(captureNode + ".") || captureNode.startsWith(name + "."))
                .findFirst();
    }

    private Optional<String> nodeAtHome(String captureNode) {
        return cluster.nodes().stream()
                .filter(node -> node.internalAddresses().stream()
                        .flatMap(address -> topology.home(address).stream())
                        .anyMatch(home -> home.node().equals(captureNode)))
                .map(Node::name)
                .findFirst();
    }

    /// What the cluster calls a captured node; the same name when it knows none.
    public String clusterName(String captureNode) {
        return clusterNodes.getOrDefault(captureNode, captureNode);
    }

    /// The cluster's description of a captured node.
    public Optional<Node> clusterNode(String captureNode) {
        return cluster.node(clusterName(captureNode));
    }

    /// The node that an address belonged to then, as captures call it where it was captured; empty when it is none
    /// of the cluster's.
    public Optional<String> owner(Address address, long epochNanos) {
        return cluster.isEmpty()
                ? Optional.empty()
                : cluster.nodeOwning(address, epochNanos).map(name -> captureNodes.getOrDefault(name, name));
    }

    /// Where packets to addresses of `owner` mostly go next after `point`; without one, those to addresses that are
    /// none of the cluster's. An address that changed hands counts as its owner's in the middle of the captures.
    Optional<CapturePoint> next(CapturePoint point, Optional<String> owner) {
        return Optional.ofNullable(nextByOwner(point).get(owner));
    }

    private Map<Optional<String>, CapturePoint> nextByOwner(CapturePoint point) {
        return next.computeIfAbsent(
                point.id(), id -> topology.nextByKind(point, address -> owner(address, middleNanos)));
    }

    /// The cluster's nodes of which nothing was captured, by name, sorted.
    public SortedSet<String> uncaptured() {
        Set<String> captured = coverage.nodes().stream().map(this::clusterName).collect(Collectors.toSet());
        return cluster.nodes().stream()
                .map(Node::name)
                .filter(name -> !captured.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public Coverage coverage() {
        return coverage;
    }

    public Topology topology() {
        return topology;
    }

    public Cluster cluster() {
        return cluster;
    }

    /// Whether packets leave and enter the node at this point.
    public boolean isUplink(CapturePoint point) {
        return uplinks.getOrDefault(point.node(), Set.of()).contains(point.id());
    }

    /// A point by which packets leave and enter the node, when one is known.
    public Optional<CapturePoint> uplink(String node) {
        return uplinks.getOrDefault(node, Set.of()).stream()
                .flatMap(id -> topology.point(id).stream())
                .findFirst();
    }

    /// Whether at this stage the packet was on its way out of, or into, its node.
    public boolean isAtUplink(Stage stage) {
        return stage.outer() != null || isUplink(stage.point());
    }

    /// Most packets from elsewhere come in by an uplink; a few are first seen further in, where a capture begins. A
    /// pod's own interface is never one, though it may be the only one captured.
    private Set<Integer> findUplinks(String node) {
        PointCounts votes = new PointCounts();
        votes.addAll(topology.doorways(node));
        if (!cluster.isEmpty()) {
            topology.forEachEntry(node, (address, point) -> {
                if (belongsElsewhere(address, node)) {
                    votes.add(point, 1);
                }
            });
        }
        Set<Integer> found = new HashSet<>();
        long total = votes.total();
        votes.forEach((point, times) -> {
            boolean often = times * UPLINK_SHARE >= total && !isPodsOwn(point);
            if (often || topology.carriesTunnels(point.id())) {
                found.add(point.id());
            }
        });
        SwitchPath.uplinks(topology, node).forEach(point -> found.add(point.id()));
        return found;
    }

    /// A pod of this node lives here, and nothing passes on.
    private boolean isPodsOwn(CapturePoint point) {
        return !topology.isTransit(point)
                && topology.residents(point).stream()
                        .anyMatch(address -> cluster.pod(address, middleNanos).isPresent()
                                && owner(address, middleNanos)
                                        .filter(point.node()::equals)
                                        .isPresent());
    }

    private boolean belongsElsewhere(Address address, String node) {
        return owner(address, middleNanos)
                .map(owner -> !owner.equals(node))
                .orElse(!cluster.isClusterAddress(address) && !address.isUnspecified());
    }
}

package hopline.flows.rule;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.flows.path.Coverage;
import hopline.flows.path.Topology;
import hopline.flows.path.Tunnels;
import hopline.flows.path.Whereabouts;
import hopline.flows.state.Cluster;
import hopline.flows.state.Node;
import java.util.List;
import java.util.Optional;

/// All that is known beyond the single flow.
///
/// @param whereabouts which address belongs where
/// @param resolutions ARP and neighbour discovery
/// @param dns what each client was told
/// @param resent how many segments were sent again, by where they were lost
/// @param captures what the captures can and cannot show
public record Scene(
        Whereabouts whereabouts,
        Resolutions resolutions,
        DnsHistory dns,
        ResentSegments resent,
        List<CaptureQuality> captures) {

    public Scene {
        captures = List.copyOf(captures);
    }

    public Cluster cluster() {
        return whereabouts.cluster();
    }

    public Topology topology() {
        return whereabouts.topology();
    }

    public Coverage coverage() {
        return whereabouts.coverage();
    }

    /// Who encapsulates to whom, and whether it arrives.
    public Tunnels tunnels() {
        return topology().tunnels();
    }

    /// Whether its node was captured at other points, too.
    boolean hasOtherPoints(CapturePoint point) {
        return captures.stream()
                .flatMap(capture -> capture.points().stream())
                .anyMatch(other -> other.node().equals(point.node()) && other.id() != point.id());
    }

    /// How long `point`'s node was captured after that time, in nanoseconds.
    long remainingNanos(CapturePoint point, long epochNanos) {
        return coverage().remainingNanos(point.node(), epochNanos);
    }

    /// The address by which the cluster knows a captured node, of the same family as `like`.
    Optional<Address> nodeAddress(String captureNode, Address like) {
        return whereabouts.clusterNode(captureNode).map(Node::internalAddresses).orElse(List.of()).stream()
                .filter(address -> address.isIpv4() == like.isIpv4())
                .findFirst();
    }

    /// A pod's address, as far as the cluster's lists tell.
    boolean isPod(Address address) {
        return cluster().isPodAddress(address);
    }
}

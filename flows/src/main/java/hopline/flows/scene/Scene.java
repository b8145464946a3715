package hopline.flows.scene;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.flows.event.EventLog;
import hopline.flows.path.Coverage;
import hopline.flows.path.Topology;
import hopline.flows.path.Tunnels;
import hopline.flows.path.Whereabouts;
import hopline.flows.state.Cluster;
import hopline.flows.state.Node;
import java.util.List;
import java.util.Optional;

/// All that is known beyond the single flow.
public final class Scene {

    private final Whereabouts whereabouts;
    private final List<CapturePoint> points;
    private final DnsHistory dns;
    private final ResentSegments resent;
    private final List<CaptureQuality> captures;
    private final SharedSetting vnis;
    private final List<Unresolved> unresolved;
    private final List<AddressClash> clashes;
    private final Habits habits;
    private final Fragments fragments;
    private final EventLog events;
    private final Neighbourhood neighbourhood;
    private final ApiServer apiServer;
    private final ClusterDns clusterDns;
    private final SharedSetting tunnelPorts;

    /// As it is known by now.
    ///
    /// @param whereabouts which address belongs where
    /// @param points all points there are
    /// @param resolutions ARP and neighbour discovery
    /// @param dns what each client was told
    /// @param resent how many segments were sent again, by where they were lost
    /// @param habits what works in this network
    /// @param fragments which datagrams came in pieces
    /// @param events what the systems logged beside packets
    /// @param captures what the captures can and cannot show
    public Scene(
            Whereabouts whereabouts,
            List<CapturePoint> points,
            Resolutions resolutions,
            DnsHistory dns,
            ResentSegments resent,
            Habits habits,
            Fragments fragments,
            EventLog events,
            List<CaptureQuality> captures) {
        this.whereabouts = whereabouts;
        this.points = List.copyOf(points);
        this.dns = dns;
        this.resent = resent;
        this.captures = List.copyOf(captures);
        this.vnis = Vteps.vnis(whereabouts.topology().tunnels(), whereabouts.cluster());
        this.unresolved = Unresolved.of(resolutions, whereabouts);
        this.clashes = AddressClash.of(resolutions);
        this.habits = habits;
        this.fragments = fragments;
        this.events = events;
        this.neighbourhood = new Neighbourhood(habits.links(), whereabouts, this.points);
        this.apiServer =
                new ApiServer(whereabouts.cluster(), whereabouts.coverage().middleNanos());
        this.clusterDns =
                new ClusterDns(whereabouts.cluster(), whereabouts.coverage().middleNanos());
        this.tunnelPorts = Vteps.ports(whereabouts.topology().tunnels());
    }

    /// Which address belongs where.
    public Whereabouts whereabouts() {
        return whereabouts;
    }

    /// What each client was told by DNS servers.
    public DnsHistory dns() {
        return dns;
    }

    /// How many segments were sent again, by where they were lost.
    public ResentSegments resent() {
        return resent;
    }

    /// What each capture can and cannot show.
    public List<CaptureQuality> captures() {
        return captures;
    }

    /// Which network identifiers the VTEPs use.
    public SharedSetting vnis() {
        return vnis;
    }

    /// What was asked by ARP or neighbour discovery in vain.
    public List<Unresolved> unresolved() {
        return unresolved;
    }

    /// Addresses that two hosts have at once.
    public List<AddressClash> clashes() {
        return clashes;
    }

    /// What works in this network.
    public Habits habits() {
        return habits;
    }

    /// Datagrams that came in pieces.
    public Fragments fragments() {
        return fragments;
    }

    /// What the systems logged beside packets.
    public EventLog events() {
        return events;
    }

    /// Who is next to whom on the nodes' uplinks.
    public Neighbourhood neighbourhood() {
        return neighbourhood;
    }

    /// Where the API server is.
    public ApiServer apiServer() {
        return apiServer;
    }

    /// The cluster's DNS servers.
    public ClusterDns clusterDns() {
        return clusterDns;
    }

    /// Which UDP ports the VTEPs use for VXLAN.
    public SharedSetting tunnelPorts() {
        return tunnelPorts;
    }

    /// All capture points there are.
    List<CapturePoint> points() {
        return points;
    }

    /// What the lists of Kubernetes say.
    public Cluster cluster() {
        return whereabouts.cluster();
    }

    /// Which point follows which, and where each address lives.
    public Topology topology() {
        return whereabouts.topology();
    }

    /// When each node was captured.
    public Coverage coverage() {
        return whereabouts.coverage();
    }

    /// Who encapsulates to whom, and whether it arrives.
    public Tunnels tunnels() {
        return topology().tunnels();
    }

    /// Whether its node was captured at other points, too.
    public boolean hasOtherPoints(CapturePoint point) {
        return points.stream().anyMatch(other -> other.node().equals(point.node()) && other.id() != point.id());
    }

    /// How long `point`'s node was captured after that time, in nanoseconds.
    public long remainingNanos(CapturePoint point, long epochNanos) {
        return coverage().remainingNanos(point.node(), epochNanos);
    }

    /// The address by which the cluster knows a captured node, of the same family as `like`.
    public Optional<Address> nodeAddress(String captureNode, Address like) {
        return whereabouts.clusterNode(captureNode).map(Node::internalAddresses).orElse(List.of()).stream()
                .filter(address -> address.isIpv4() == like.isIpv4())
                .findFirst();
    }

    /// A pod's address, as far as the cluster's lists tell.
    public boolean isPod(Address address) {
        return cluster().isPodAddress(address);
    }
}

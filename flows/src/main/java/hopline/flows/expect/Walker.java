package hopline.flows.expect;

import hopline.decode.Address;
import hopline.flows.state.Cluster;
import hopline.flows.state.Node;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.NodeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Walks packets that nobody sent through the state of all nodes. What was read is made ready once; each walk
/// changes nothing, so that one walker serves many, also side by side.
public final class Walker {

    /// Ways that are listed for one packet.
    public static final int MAX_WALKS = 64;

    private final Cluster cluster;
    private final Underlay underlay;

    private Walker(Cluster cluster) {
        this.cluster = cluster;
        this.underlay = new Underlay(cluster);
    }

    /// Over everything that was read of nodes and cluster.
    public static Walker of(CollectedState state) {
        return of(state, new DemandedRules(state));
    }

    /// @param demanded of `state`; other walkers may have the same
    static Walker of(CollectedState state, DemandedRules demanded) {
        return of(state, false, demanded);
    }

    private static Walker of(CollectedState state, boolean isDemanded, DemandedRules demanded) {
        Walker walker = new Walker(state.cluster());
        for (NodeState node : state.nodes()) {
            walker.add(state, node, isDemanded, demanded);
        }
        for (Node node : state.cluster().nodes()) {
            if (!walker.underlay.nodes().containsKey(node.name())) {
                walker.add(state, NodeState.unread(node.name()), isDemanded, demanded);
            }
        }
        return walker;
    }

    /// Over what the cluster's lists demand, whatever the nodes have programmed.
    public static Walker demanded(CollectedState state) {
        return demanded(state, new DemandedRules(state));
    }

    static Walker demanded(CollectedState state, DemandedRules demanded) {
        return of(state, true, demanded);
    }

    private void add(CollectedState state, NodeState node, boolean isDemanded, DemandedRules demanded) {
        boolean isListed =
                state.cluster().node(node.name()).filter(Node::isWindows).isPresent();
        boolean isWindows = node.isWindows() || (isListed && node.linux().isEmpty());
        if (isWindows) {
            WindowsState.of(state, node, isDemanded).ifPresent(windows -> {
                underlay.add(new WindowsNode(windows, underlay));
                if (windows.isTransparent()) {
                    windows.pods().forEach(pod -> underlay.onLink(pod, windows.name()));
                }
                windows.addresses().forEach(address -> underlay.home(address, windows.name(), windows.hostMac()));
            });
        } else {
            LinuxFacts linux = new LinuxFacts(state, node, isDemanded, demanded);
            underlay.add(new LinuxNode(linux, underlay));
            linux.addresses().forEach(address -> underlay.home(address, linux.name(), linux.macBehind(address)));
        }
    }

    /// Where a packet begins.
    public sealed interface Start {

        /// The node's name.
        String node();

        /// In the pod that has that address.
        record AtPod(String node, Address pod) implements Start {

            /// What records have by themselves is linked at run time, which a short capture waits for.
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof AtPod that && node.equals(that.node) && pod.equals(that.pod);
            }

            @Override
            public int hashCode() {
                return node.hashCode() * 31 + pod.hashCode();
            }
        }

        /// In the node's own network.
        record AtNode(String node) implements Start {}

        /// At the node's adapter, from outside.
        record AtWire(String node) implements Start {}
    }

    /// Where a packet from `source` to `destination` begins, by who has these addresses: a pod's at the pod, a
    /// node's at the node, any other at the adapter of the node that it is sent to. Empty when nobody is known.
    public Optional<Start> start(Address source, Address destination) {
        Optional<String> home = underlay.nodeOf(source);
        if (home.isPresent()) {
            return home.filter(underlay.nodes()::containsKey).map(Start.AtNode::new);
        }
        if (cluster.isPodAddress(source)) {
            return cluster.nodeOwning(source, Long.MAX_VALUE)
                    .filter(underlay.nodes()::containsKey)
                    .map(node -> new Start.AtPod(node, source));
        }
        return underlay.nodeOf(destination)
                .or(() -> cluster.nodeOwning(destination, Long.MAX_VALUE))
                .filter(underlay.nodes()::containsKey)
                .map(Start.AtWire::new);
    }

    /// The nodes that packets can be walked through.
    public List<String> nodes() {
        return List.copyOf(underlay.nodes().keySet());
    }

    /// What must happen to `packet`.
    ///
    /// @param packet its time to live is set to what the sender's system begins with when it is 0
    /// @throws IllegalArgumentException when the start names a node that is not in [#nodes]
    public Expectation walk(Headers packet, Start start) {
        return walk(packet, start, 0);
    }

    /// What must happen to a `packet` of that length.
    ///
    /// @param octets from the IP header on, without a tunnel's; 0 when it does not matter
    /// @throws IllegalArgumentException when the start names a node that is not in [#nodes]
    public Expectation walk(Headers packet, Start start, int octets) {
        return walk(packet, start, List.of(), false, octets);
    }

    private Expectation walk(Headers packet, Start start, List<Translation> remembered, boolean isAnswer, int octets) {
        NodeWalk node = node(start);
        Headers begun = packet.timeToLive() != 0
                ? packet
                : Headers.of(packet.protocol(), packet.source(), packet.destination(), node.timeToLive());
        Trail.Sink sink = new Trail.Sink(MAX_WALKS);
        Trail trail = isAnswer ? Trail.answer(sink, begun, remembered) : Trail.begin(sink, begun, octets);
        switch (start) {
            case Start.AtPod at -> node.fromPod(trail, at.pod());
            case Start.AtNode at -> node.fromHost(trail);
            case Start.AtWire at -> node.fromWire(trail);
        }
        return new Expectation(begun, start, sink.walks(), sink.omitted());
    }

    private NodeWalk node(Start start) {
        String name = start.node();
        NodeWalk node = underlay.nodes().get(name);
        if (node == null) {
            throw new IllegalArgumentException("no state of a node named " + name);
        }
        return node;
    }

    /// What must happen to the answer, once a packet has arrived by that walk; empty when it did not arrive, or left
    /// for where no state was read.
    public Optional<Expectation> answer(Walk walk) {
        if (!(walk.outcome() instanceof Outcome.Delivered) && !(walk.outcome() instanceof Outcome.Left)) {
            return Optional.empty();
        }
        Headers last = walk.last();
        Headers answer = last.bare().reversed(0);
        Optional<Start> start = walk.outcome() instanceof Outcome.Delivered delivered
                ? Optional.of(startAt(delivered.at(), answer.source().address()))
                : outside(answer);
        return start.map(at -> walk(answer, at, new ArrayList<>(walk.translations()), true, 0));
    }

    private static Start startAt(Place place, Address source) {
        return place.kind() == Place.Kind.POD ? new Start.AtPod(place.node(), source) : new Start.AtNode(place.node());
    }

    /// An answer from outside comes to the node that the question says it came from.
    private Optional<Start> outside(Headers answer) {
        return underlay.nodeOf(answer.destination().address())
                .filter(underlay.nodes()::containsKey)
                .map(Start.AtWire::new);
    }
}

package hopline.flows.path;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Stage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which of two points of a node is nearer to an address.
///
/// Learnt mostly from packets whose two stages bear different times, and asked where times are equal: Linux stamps
/// a packet once as it enters, so an interface and the bridge or tunnel device behind it show the same nanosecond. A
/// packet on its way back passes the same points in reverse with times of its own, and so tells the order for both
/// ways. Where clocks are so coarse that nothing tells, a point is nearest to the address of which it sees most.
final class Orientation {

    /// Bounds the memory; captures with more addresses are ordered by what was learnt of the first.
    private static final int MAX_VOTES = 200_000;

    private record Nodes(String nearer, String farther, Address address) {

        /// What records have by themselves is linked at run time, which a short capture waits for.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Nodes that
                    && nearer.equals(that.nearer)
                    && farther.equals(that.farther)
                    && address.equals(that.address);
        }

        @Override
        public int hashCode() {
            return (nearer.hashCode() * 31 + farther.hashCode()) * 31 + address.hashCode();
        }
    }

    private final PointVotes votes = new PointVotes();
    private final Map<Nodes, Integer> nodeVotes = new HashMap<>();
    private final Map<String, Map<Address, Integer>> tunnelEnds = new HashMap<>();

    /// How many packets of an address passed a point, under that point twice.
    private final PointVotes passages = new PointVotes();

    /// By [CapturePoint#id].
    private int[] crossings = {};

    private boolean full;

    /// Learns from one packet's stages, standing for `weight` packets.
    void learn(List<Stage> stages) {
        for (Stage a : stages) {
            cross(a);
            for (Stage b : stages) {
                if (!sameNode(a, b)) {
                    learnNodes(a, b);
                } else if (a.point().id() != b.point().id() && isBefore(a, b)) {
                    vote(a, b);
                    learnTunnel(a, b);
                } else if (a.outer() != null && b.outer() == null && a.epochNanos() == b.epochNanos()) {
                    learnSimultaneousTunnel(a, b, a.outer());
                }
            }
        }
    }

    private void cross(Stage stage) {
        int point = stage.point().id();
        if (point >= crossings.length) {
            crossings = Arrays.copyOf(crossings, 2 * point + 1);
        }
        crossings[point]++;
        if (hasRoom(passages.size())) {
            passages.add(point, point, stage.sourceHigh(), stage.sourceLow());
            passages.add(point, point, stage.destinationHigh(), stage.destinationLow());
        }
    }

    /// A packet that leaves is seen plain, then encapsulated by this node; one that arrives the other way round.
    private void learnTunnel(Stage before, Stage after) {
        Encapsulation entered = before.outer();
        Encapsulation left = after.outer();
        if ((entered == null) != (left == null)) {
            learnTunnelEnd(
                    before.point().node(),
                    left != null
                            ? left.source()
                            : Objects.requireNonNull(entered).destination());
        }
    }

    private void learnTunnelEnd(String node, Address end) {
        tunnelEnds.computeIfAbsent(node, of -> new HashMap<>()).merge(end, 1, Integer::sum);
    }

    /// Times tell nothing. A packet that is counted down between the two went in or came out by that; else, where
    /// most of what passes is of one end of the packet, that one is on this node.
    private void learnSimultaneousTunnel(Stage tunnelled, Stage plain, Encapsulation tunnel) {
        int countedDown = plain.timeToLive() - tunnelled.timeToLive();
        double leaning = countedDown != 0 ? 2 * countedDown : leaning(plain.point(), tunnelled, plain);
        if (Math.abs(leaning) > 1) {
            learnTunnelEnd(plain.point().node(), leaning > 0 ? tunnel.source() : tunnel.destination());
        }
    }

    private static boolean isBefore(Stage a, Stage b) {
        return a.epochNanos() < b.epochNanos() && a.timeToLive() >= b.timeToLive();
    }

    /// A router between the two says by the time to live which node came first, whatever their clocks say.
    private void learnNodes(Stage a, Stage b) {
        if (a.timeToLive() > b.timeToLive() && hasRoom(nodeVotes.size())) {
            String first = a.point().node();
            String second = b.point().node();
            nodeVotes.merge(new Nodes(first, second, a.sourceAddress()), 1, Integer::sum);
            nodeVotes.merge(new Nodes(second, first, b.destinationAddress()), 1, Integer::sum);
        }
    }

    private boolean hasRoom(int known) {
        full |= known >= MAX_VOTES;
        return known < MAX_VOTES;
    }

    /// Whether there was more to learn than is remembered.
    boolean isFull() {
        return full;
    }

    private static boolean sameNode(Stage a, Stage b) {
        return a.point().node().equals(b.point().node());
    }

    /// `a` came before `b`: it is nearer to the source, and farther from the destination.
    private void vote(Stage a, Stage b) {
        if (hasRoom(votes.size())) {
            votes.add(a.point().id(), b.point().id(), a.sourceHigh(), a.sourceLow());
            votes.add(b.point().id(), a.point().id(), b.destinationHigh(), b.destinationLow());
        }
    }

    /// Negative when `a` comes before `b`, by all that is known; the stages are of one packet.
    int compare(Stage a, Stage b) {
        int told = a.compareTold(b);
        if (told != 0) {
            return told;
        }
        if (a.isIp() && a.timeToLive() != b.timeToLive()) {
            return Integer.compare(b.timeToLive(), a.timeToLive());
        }
        if (!sameNode(a, b)) {
            return compareBetweenNodes(a, b);
        }
        return a.epochNanos() != b.epochNanos()
                ? Long.compare(a.epochNanos(), b.epochNanos())
                : compareSimultaneous(a, b);
    }

    /// Clocks of two nodes are only known so well: tunnels and routers know better which node came first.
    private int compareBetweenNodes(Stage a, Stage b) {
        int tunnel = Integer.compare(position(a), position(b));
        if (tunnel != 0) {
            return tunnel;
        }
        String first = a.point().node();
        String second = b.point().node();
        int source = nearerNode(second, first, a.sourceAddress());
        int destination = nearerNode(first, second, b.destinationAddress());
        return source + destination != 0 ? source + destination : Long.compare(a.epochNanos(), b.epochNanos());
    }

    /// -1 at the end of its tunnel where a packet goes in, 1 where it comes out, 0 in between or in no tunnel.
    private int position(Stage stage) {
        Encapsulation tunnel = stage.outer();
        Optional<Address> end =
                tunnel == null ? Optional.empty() : tunnelEnd(stage.point().node());
        if (tunnel == null || end.isEmpty()) {
            return 0;
        }
        return end.get().equals(tunnel.source()) ? -1 : end.get().equals(tunnel.destination()) ? 1 : 0;
    }

    /// Positive when `first` is nearer to `address` than `second`.
    private int nearerNode(String first, String second, Address address) {
        int forFirst = nodeVotes.getOrDefault(new Nodes(first, second, address), 0);
        int forSecond = nodeVotes.getOrDefault(new Nodes(second, first, address), 0);
        return Integer.signum(forFirst - forSecond);
    }

    private int compareSimultaneous(Stage a, Stage b) {
        int tunnel = compareTunnel(a, b);
        if (tunnel != 0) {
            return tunnel;
        }
        int nearSource = nearer(a, b, a.sourceAddress()) + nearer(a, b, b.sourceAddress());
        int nearDestination = nearer(a, b, a.destinationAddress()) + nearer(a, b, b.destinationAddress());
        int learnt = Integer.compare(nearDestination, nearSource);
        return learnt != 0 ? learnt : compareShares(a, b);
    }

    /// A pod's own interface sees no packets but the pod's, a bridge those of all its pods.
    private int compareShares(Stage a, Stage b) {
        int shares = Double.compare(leaning(b.point(), a, b), leaning(a.point(), a, b));
        return shares != 0 ? shares : Integer.compare(crossed(a.point()), crossed(b.point()));
    }

    /// How much more of what passes `point` is of the sources of the two than of their destinations: 2 where all is of
    /// the source alone, -2 where it is of the destination.
    private double leaning(CapturePoint point, Stage a, Stage b) {
        int sources = passed(point, a.sourceAddress()) + passed(point, b.sourceAddress());
        int destinations = passed(point, a.destinationAddress()) + passed(point, b.destinationAddress());
        return (double) (sources - destinations) / Math.max(1, crossed(point));
    }

    /// Some of what passes `point` is neither from `address` nor for it.
    boolean isShared(CapturePoint point, Address address) {
        return passed(point, address) < crossed(point);
    }

    private int passed(CapturePoint point, Address address) {
        return passages.of(point.id(), point.id(), address);
    }

    /// By which end of the tunnel the node is: what leaves is encapsulated last, what arrives is decapsulated first.
    /// Where that is not known the packet arrives: only then does Linux stamp both stages alike.
    private int compareTunnel(Stage a, Stage b) {
        Encapsulation tunnel = a.outer() != null ? a.outer() : b.outer();
        if (tunnel == null || (a.outer() != null && b.outer() != null)) {
            return 0;
        }
        boolean leaves =
                tunnelEnd(a.point().node()).filter(tunnel.source()::equals).isPresent();
        return (a.outer() != null) == leaves ? 1 : -1;
    }

    /// The address at which a node encapsulates and decapsulates, when packets have shown it.
    Optional<Address> tunnelEnd(String node) {
        return tunnelEnds.getOrDefault(node, Map.of()).entrySet().stream()
                .max((a, b) -> Integer.compare(a.getValue(), b.getValue()))
                .map(Map.Entry::getKey);
    }

    /// Positive when `a`'s point is nearer to `address` than `b`'s.
    private int nearer(Stage a, Stage b, Address address) {
        int forA = votes.of(a.point().id(), b.point().id(), address);
        int forB = votes.of(b.point().id(), a.point().id(), address);
        return Integer.signum(forA - forB);
    }

    private int crossed(CapturePoint point) {
        return point.id() < crossings.length ? crossings[point.id()] : 0;
    }
}

package hopline.flows.scene;

import hopline.decode.Address;
import hopline.decode.stage.Stage;
import hopline.flows.Flow;
import hopline.flows.Route;
import hopline.flows.Traffic;
import java.util.HashMap;
import java.util.Map;

/// Packets that are sent with a small time to live, and why.
///
/// Traceroute sends probes with one that rises from 1, to see who complains. A host that was told to begin with too
/// little uses the same for each connection.
public final class Traceroute {

    /// No host begins with less, and no way is that long.
    public static final int LEAST_INITIAL = 32;

    private static final int MAX_PAIRS = 10_000;

    private record Pair(Address source, Address destination) {}

    private record Range(int lowest, int highest, long packets) {

        private Range and(Range other) {
            return new Range(Math.min(lowest, other.lowest), Math.max(highest, other.highest), packets + other.packets);
        }
    }

    private static final Range NONE = new Range(0, 0, 0);

    private final Map<Pair, Range> small = new HashMap<>();

    Traceroute() {}

    void learn(Flow flow) {
        Traffic traffic = flow.forward();
        if (traffic.packets() == 0 || highest(traffic) >= LEAST_INITIAL) {
            return;
        }
        Stage first = traffic.routes().getFirst().example().first();
        Pair pair = new Pair(first.sourceAddress(), first.destinationAddress());
        if (small.size() < MAX_PAIRS || small.containsKey(pair)) {
            small.merge(pair, new Range(lowest(traffic), highest(traffic), traffic.packets()), Range::and);
        }
    }

    private static int highest(Traffic traffic) {
        int highest = 0;
        for (Route route : traffic.routes()) {
            highest = Math.max(highest, route.highestTtl());
        }
        return highest;
    }

    private static int lowest(Traffic traffic) {
        int lowest = Integer.MAX_VALUE;
        for (Route route : traffic.routes()) {
            lowest = Math.min(lowest, route.lowestTtl());
        }
        return lowest;
    }

    /// Whether that direction of `flow` is only meant to find out who is on the way: others between the same
    /// hosts begin with another time to live, or somebody complains about the only one.
    public static boolean isProbe(FlowCase flow, boolean isForward, Scene scene) {
        Traffic traffic = flow.flow().traffic(isForward);
        if (traffic.packets() == 0 || highest(traffic) >= LEAST_INITIAL) {
            return false;
        }
        Stage first = traffic.routes().getFirst().example().first();
        Range range = scene.habits().traceroute().between(first.sourceAddress(), first.destinationAddress());
        boolean insists = flow.flow().tcp() != null && range.packets() > 1;
        return range.lowest() != range.highest()
                || (!insists && !flow.flow().icmpReports().isEmpty());
    }

    private Range between(Address source, Address destination) {
        return small.getOrDefault(new Pair(source, destination), NONE);
    }
}

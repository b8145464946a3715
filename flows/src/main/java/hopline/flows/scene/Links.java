package hopline.flows.scene;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.MacAddress;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.Flow;
import hopline.flows.Route;
import hopline.flows.Traffic;
import hopline.flows.state.Cluster;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which MAC addresses speak for which IP addresses at each point, and which next hops are known to deliver.
///
/// Only frames outside tunnels count, those inside are for [InnerMacs]. Bounded: beyond `MAX_ENTRIES`
/// nothing new is learnt.
public final class Links {

    private static final int MAX_ENTRIES = 50_000;

    /// Routes of a direction that are looked at; healthy traffic takes one or two.
    private static final int MAX_ROUTES = 4;

    private record Host(int point, Address address) {

        /// What records have by themselves is linked at run time, which a short capture waits for.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Host that && point == that.point && address.equals(that.address);
        }

        @Override
        public int hashCode() {
            return point * 31 + address.hashCode();
        }
    }

    /// The frames of a conversation at one point: where they were sent, and where the answers came from.
    private record Turn(int point, long sentTo, long answeredFrom) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Turn that
                    && point == that.point
                    && sentTo == that.sentTo
                    && answeredFrom == that.answeredFrom;
        }

        @Override
        public int hashCode() {
            return (Long.hashCode(sentTo) * 31 + Long.hashCode(answeredFrom)) * 31 + point;
        }
    }

    /// Points of one node of which a conversation passed one on its way there only, the other on its way back only.
    private record Sides(int there, int back) {}

    private final Hashes known = new Hashes();
    private final Map<Host, Set<Long>> speakers = new HashMap<>();
    private final Map<Host, Set<Long>> nextHops = new HashMap<>();
    private final Set<MacAtPoint> addressed = new HashSet<>();
    private final Set<MacAtPoint> heard = new HashSet<>();
    private final Set<Turn> turns = new HashSet<>();
    private final Set<Sides> sides = new HashSet<>();
    private final InnerMacs innerMacs = new InnerMacs();
    private final Cluster cluster;

    /// Without lists of the cluster nobody can tell whose MAC is whose, and nothing of that is kept.
    Links(Cluster cluster) {
        this.cluster = cluster;
    }

    void learn(Flow flow, boolean works) {
        if (!cluster.isEmpty()) {
            learn(flow.forward(), works);
            learn(flow.reverse(), works);
        }
        if (works) {
            learnTurns(flow);
        }
    }

    private void learn(Traffic traffic, boolean works) {
        List<Route> routes = traffic.routes();
        for (int i = 0; i < Math.min(routes.size(), MAX_ROUTES); i++) {
            for (Stage stage = routes.get(i).example().first(); stage != null; stage = stage.next()) {
                learn(stage, works);
            }
        }
    }

    /// Of a packet that belongs to no conversation.
    void learn(Journey journey) {
        if (!cluster.isEmpty()) {
            for (Stage stage = journey.first(); stage != null; stage = stage.next()) {
                learn(stage, false);
            }
        }
    }

    /// @param works its conversation does
    private void learn(Stage stage, boolean works) {
        if (stage.outer() != null) {
            if (works) {
                innerMacs.learn(stage);
            }
            return;
        }
        if (stage.sourceMac() == 0 || !known.add(Hashes.ofLink(stage, works))) {
            return;
        }
        int point = stage.point().id();
        add(speakers, new Host(point, stage.sourceAddress()), stage.sourceMac());
        if (MacAddress.isGroup(stage.destinationMac())) {
            return;
        }
        add(addressed, new MacAtPoint(point, stage.destinationMac()));
        if (works) {
            add(heard, new MacAtPoint(point, stage.sourceMac()));
            Address destination = stage.destinationAddress();
            if (cluster.isPodAddress(destination)) {
                add(nextHops, new Host(point, destination), stage.destinationMac());
            }
        }
    }

    private static void add(Map<Host, Set<Long>> map, Host host, long mac) {
        if (map.size() < MAX_ENTRIES || map.containsKey(host)) {
            map.computeIfAbsent(host, h -> new HashSet<>(2)).add(mac);
        }
    }

    private static <T> void add(Set<T> set, T element) {
        if (set.size() < MAX_ENTRIES) {
            set.add(element);
        }
    }

    /// What comes back the way it went needs no remembering.
    private void learnTurns(Flow flow) {
        Stage there = flow.forward().routes().getFirst().example().first();
        Stage back = flow.reverse().routes().getFirst().example().first();
        for (Stage out = there; out != null; out = out.next()) {
            boolean passed = false;
            for (Stage in = back; in != null; in = in.next()) {
                if (out.samePoint(in)) {
                    passed = true;
                    learnTurn(out, in);
                }
            }
            if (!passed) {
                learnSides(out, there, back);
            }
        }
    }

    private void learnTurn(Stage out, Stage in) {
        boolean mirrored = out.destinationMac() == in.sourceMac() && out.sourceMac() == in.destinationMac();
        if (!mirrored && out.outer() == null && in.outer() == null) {
            add(turns, new Turn(out.point().id(), out.destinationMac(), in.sourceMac()));
            add(turns, new Turn(out.point().id(), in.destinationMac(), out.sourceMac()));
        }
    }

    private void learnSides(Stage out, Stage there, Stage back) {
        for (Stage in = back; in != null; in = in.next()) {
            if (isSameNode(out, in) && !passes(there, in)) {
                add(sides, new Sides(out.point().id(), in.point().id()));
            }
        }
    }

    private static boolean isSameNode(Stage a, Stage b) {
        return a.point().node().equals(b.point().node());
    }

    private static boolean passes(Stage first, Stage point) {
        for (Stage stage = first; stage != null; stage = stage.next()) {
            if (stage.samePoint(point)) {
                return true;
            }
        }
        return false;
    }

    /// The MACs that frames from `address` bear at `point`.
    Set<Long> of(CapturePoint point, Address address) {
        return speakers.getOrDefault(new Host(point.id(), address), Set.of());
    }

    /// Takes what is known of one address at one point.
    interface Visitor {
        void visit(int point, Address address, Set<Long> macs);
    }

    /// Each address that speaks at some point, with the MACs of its frames.
    void forEach(Visitor visitor) {
        speakers.forEach((host, macs) -> visitor.visit(host.point(), host.address(), macs));
    }

    /// Each pod's address to which conversations that work are sent, with the MACs of their next hops.
    void forEachNextHop(Visitor visitor) {
        nextHops.forEach((host, macs) -> visitor.visit(host.point(), host.address(), macs));
    }

    /// The MACs that frames inside tunnels bear.
    public InnerMacs innerMacs() {
        return innerMacs;
    }

    /// Somebody sends frames to that MAC there.
    public boolean isAddressed(CapturePoint point, long mac) {
        return addressed.contains(new MacAtPoint(point.id(), mac));
    }

    /// Frames from that MAC take part in conversations that work there.
    public boolean isHeard(CapturePoint point, long mac) {
        return heard.contains(new MacAtPoint(point.id(), mac));
    }

    /// Conversations work whose packets leave to the one and whose answers come from the other.
    public boolean works(CapturePoint point, long sentTo, long answeredFrom) {
        return turns.contains(new Turn(point.id(), sentTo, answeredFrom));
    }

    /// Conversations work that pass the one point only on their way there, the other only on their way back.
    public boolean works(CapturePoint there, CapturePoint back) {
        return sides.contains(new Sides(there.id(), back.id()));
    }
}

package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.stage.Stage;
import hopline.flows.path.Passage;
import hopline.flows.path.Path;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A packet passes the same link in the same direction again and again, each time with less time to live.
///
/// Passing a point twice is nothing: a router with one interface sends packets out where they came in. There the
/// frame's addresses differ; in a loop frame and packet are the same but for the time to live.
final class RoutingLoop implements FlowRule {

    private static final int MIN_ROUNDS = 3;

    /// Where frames' addresses were not captured, all interfaces of a host may look like one.
    private static final int MIN_ROUNDS_UNKNOWN_LINK = 10;

    /// The packet on a link. Ports do not count: a Linux node that meets a packet of a connection it knows, from the
    /// wrong side, gives it another source port.
    private record Crossing(
            int point,
            long sourceMac,
            long destinationMac,
            int vlan,
            Address source,
            Address destination,
            boolean tunnelled) {

        private static Crossing of(Stage stage) {
            return new Crossing(
                    stage.point().id(),
                    stage.sourceMac(),
                    stage.destinationMac(),
                    stage.vlan(),
                    stage.sourceAddress(),
                    stage.destinationAddress(),
                    stage.outer() != null);
        }

        private int enough() {
            return sourceMac == 0 || destinationMac == 0 ? MIN_ROUNDS_UNKNOWN_LINK : MIN_ROUNDS;
        }
    }

    private final Function<Passage, Optional<Observation>> look = this::check;

    @Override
    public String id() {
        return "routing-loop";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public boolean seesUntroubled() {
        return true;
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return flow.first(look);
    }

    private static boolean isOftenAtOnePoint(Path path) {
        if (path.size() < MIN_ROUNDS) {
            return false;
        }
        BitSet once = new BitSet();
        BitSet twice = new BitSet();
        for (Stage stage : path.stages()) {
            int point = stage.point().id();
            if (twice.get(point)) {
                return true;
            }
            (once.get(point) ? twice : once).set(point);
        }
        return false;
    }

    private Optional<Observation> check(Passage passage) {
        if (!isOftenAtOnePoint(passage.path())) {
            return Optional.empty();
        }
        Map<Crossing, List<Stage>> crossings = new HashMap<>();
        for (Stage stage : passage.path().stages()) {
            Crossing crossing = Crossing.of(stage);
            List<Stage> rounds = crossings.computeIfAbsent(crossing, c -> new ArrayList<>(1));
            if (rounds.isEmpty() || rounds.getLast().timeToLive() > stage.timeToLive()) {
                rounds.add(stage);
            }
            if (rounds.size() >= crossing.enough()) {
                return Optional.of(observation(passage, rounds));
            }
        }
        return Optional.empty();
    }

    private Observation observation(Passage passage, List<Stage> rounds) {
        Stage first = rounds.getFirst();
        Set<String> nodes = new LinkedHashSet<>();
        passage.path().stages().stream()
                .filter(stage -> stage.timeToLive() <= first.timeToLive())
                .forEach(stage -> nodes.add(stage.point().node()));
        Claim claim = new Claim(
                "packets for " + passage.last().destinationAddress() + " go round in a circle through "
                        + String.join(" and ", nodes),
                "each link passed once",
                "the same link passed again and again",
                "Each router on the circle takes another for the way to "
                        + passage.last().destinationAddress()
                        + ": compare the route to it on " + String.join(", ", nodes)
                        + " and on the routers between them. A pod range that moved, or a default route back to the sender, does"
                        + " that.");
        List<Stage> evidence = new ArrayList<>(rounds);
        Proof proof = new Proof(
                evidence,
                passage.route().packets(),
                passage.route().firstNanos(),
                passage.route().lastNanos(),
                DisplayFilter.of(first));
        return new Observation(this, Severity.ERROR, Place.at(first), claim, proof)
                .causedBy(passage.last().destinationAddress().toString())
                .suspecting(passage.last().destinationAddress());
    }
}

package hopline.flows.path;

import hopline.capture.CapturePoint;
import hopline.decode.stage.Rewrite;
import hopline.decode.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The hops of one packet in order, side branches left out.
public record Path(List<Hop> hops) {

    public Path {
        if (hops.isEmpty()) {
            throw new IllegalArgumentException("a path without hops");
        }
        hops = List.copyOf(hops);
    }

    static Path of(List<Stage> ordered, boolean reply) {
        List<Hop> hops = new ArrayList<>(ordered.size());
        Stage before = null;
        for (Stage stage : ordered) {
            hops.add(new Hop(stage, before == null ? List.of() : Rewrite.between(before, stage, reply)));
            before = stage;
        }
        return new Path(hops);
    }

    public Stage first() {
        return hops.getFirst().stage();
    }

    public Stage last() {
        return hops.getLast().stage();
    }

    public int size() {
        return hops.size();
    }

    /// The stages in order.
    public List<Stage> stages() {
        return hops.stream().map(Hop::stage).toList();
    }

    /// The first stage of which `wanted` is true.
    public Optional<Stage> first(Predicate<Stage> wanted) {
        return hops.stream().map(Hop::stage).filter(wanted).findFirst();
    }

    public boolean passes(CapturePoint point) {
        return hops.stream().anyMatch(hop -> hop.stage().point().id() == point.id());
    }

    public boolean passesNode(String node) {
        return hops.stream().anyMatch(hop -> hop.stage().point().node().equals(node));
    }
}

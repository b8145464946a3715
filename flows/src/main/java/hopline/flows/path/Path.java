package hopline.flows.path;

import hopline.decode.stage.Rewrite;
import hopline.decode.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The stages of one packet in order, side branches left out.
///
/// @param stages one at least
/// @param reply whether the packet is a responder's, so that translations undo those of its initiator
public record Path(List<Stage> stages, boolean reply) {

    public Path {
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a path without stages");
        }
        stages = List.copyOf(stages);
    }

    /// The stages, each with what changed since the one before.
    public List<Hop> hops() {
        List<Hop> hops = new ArrayList<>(stages.size());
        Stage before = null;
        for (Stage stage : stages) {
            hops.add(new Hop(stage, before == null ? List.of() : Rewrite.between(before, stage, reply)));
            before = stage;
        }
        return hops;
    }

    public Stage first() {
        return stages.getFirst();
    }

    public Stage last() {
        return stages.getLast();
    }

    public int size() {
        return stages.size();
    }

    /// The first stage of which `wanted` is true.
    public Optional<Stage> first(Predicate<Stage> wanted) {
        for (Stage stage : stages) {
            if (wanted.test(stage)) {
                return Optional.of(stage);
            }
        }
        return Optional.empty();
    }
}

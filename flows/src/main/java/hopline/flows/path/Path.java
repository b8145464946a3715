package hopline.flows.path;

import hopline.capture.event.VfpRule;
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
        return hops(RuleNames.NONE);
    }

    /// The same, with the rules that changed it, as far as `names` knows them.
    public List<Hop> hops(RuleNames names) {
        List<Hop> hops = new ArrayList<>(stages.size());
        hops.add(Hop.unchanged(first()));
        for (int i = 1; i < stages.size(); i++) {
            Stage before = stages.get(i - 1);
            Stage after = stages.get(i);
            List<Rewrite> rewrites = Rewrite.between(before, after, reply);
            List<Optional<VfpRule>> by = rewrites.stream()
                    .map(rewrite -> names.by(before, after, rewrite))
                    .toList();
            hops.add(new Hop(after, rewrites, by));
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
        for (int i = 0; i < stages.size(); i++) {
            if (wanted.test(stages.get(i))) {
                return Optional.of(stages.get(i));
            }
        }
        return Optional.empty();
    }
}

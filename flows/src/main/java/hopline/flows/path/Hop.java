package hopline.flows.path;

import hopline.capture.event.VfpRule;
import hopline.decode.stage.Rewrite;
import hopline.decode.stage.Stage;
import java.util.List;
import java.util.Optional;

/// One stage of a packet in its place on the path.
///
/// @param rewrites what changed since the hop before; empty at the first
/// @param by of each rewrite the rule that made it, where events or state tell
public record Hop(Stage stage, List<Rewrite> rewrites, List<Optional<VfpRule>> by) {

    public Hop {
        rewrites = List.copyOf(rewrites);
        by = List.copyOf(by);
    }

    /// A hop at which nothing changed.
    public static Hop unchanged(Stage stage) {
        return new Hop(stage, List.of(), List.of());
    }
}

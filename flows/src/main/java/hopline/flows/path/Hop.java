package hopline.flows.path;

import hopline.decode.stage.Rewrite;
import hopline.decode.stage.Stage;
import java.util.List;

/// One stage of a packet in its place on the path.
///
/// @param rewrites what changed since the hop before; empty at the first
public record Hop(Stage stage, List<Rewrite> rewrites) {

    public Hop {
        rewrites = List.copyOf(rewrites);
    }
}

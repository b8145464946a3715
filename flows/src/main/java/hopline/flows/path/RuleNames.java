package hopline.flows.path;

import hopline.capture.event.VfpRule;
import hopline.decode.stage.Rewrite;
import hopline.decode.stage.Stage;
import java.util.Optional;

/// Knows which rule changed a packet between two of its stages.
@FunctionalInterface
public interface RuleNames {

    /// Knows none.
    RuleNames NONE = (before, after, rewrite) -> Optional.empty();

    /// The rule that made `rewrite`, if events or state tell.
    Optional<VfpRule> by(Stage before, Stage after, Rewrite rewrite);
}

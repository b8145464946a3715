package hopline.flows.rule;

import hopline.flows.scene.Scene;
import java.util.List;

/// A rule about the captures as a whole, or about what belongs to no flow.
public non-sealed interface SceneRule extends Rule {

    /// What it sees; empty when nothing.
    List<Observation> check(Scene scene);
}

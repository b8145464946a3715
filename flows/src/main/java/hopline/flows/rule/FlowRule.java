package hopline.flows.rule;

import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.Optional;

/// A rule about one flow.
public non-sealed interface FlowRule extends Rule {

    /// What it sees in `flow`; empty when nothing.
    Optional<Observation> check(FlowCase flow, Scene scene);

    /// Whether it may see something in a flow that shows no sign of trouble ([FlowCase#isUntroubled]). Nearly all flows
    /// show none, and rules that only explain trouble are not asked about them.
    default boolean seesUntroubled() {
        return false;
    }

    /// Whether it looks at the questions and answers of DNS, and may see something in a flow that shows no other sign
    /// of trouble.
    default boolean seesNames() {
        return false;
    }
}

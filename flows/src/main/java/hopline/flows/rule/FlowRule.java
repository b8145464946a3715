package hopline.flows.rule;

import java.util.Optional;

/// A rule about one flow.
public non-sealed interface FlowRule extends Rule {

    /// What it sees in `flow`; empty when nothing.
    Optional<Observation> check(FlowCase flow, Scene scene);
}

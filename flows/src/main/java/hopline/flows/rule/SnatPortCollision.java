package hopline.flows.rule;

import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.rule.Translations.Translated;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Masquerades.Use;
import hopline.flows.scene.Scene;
import java.util.Optional;

/// Two conversations at once leave a node from one translated address and port, and one of them gets no answer.
///
/// To one destination that is a collision. To two it is allowed, and Windows does it; but a firewall that tells
/// conversations apart by their source drops the second: likely, where the destination answers others.
final class SnatPortCollision implements FlowRule {

    @Override
    public String id() {
        return "snat-port-collision";
    }

    @Override
    public String reference() {
        return "F33";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return Failures.isUnanswered(flow, scene)
                ? flow.firstForward(
                        passage -> Translations.ofSource(passage).flatMap(nat -> check(flow, passage, nat, scene)))
                : Optional.empty();
    }

    private Optional<Observation> check(FlowCase flow, Passage passage, Translated nat, Scene scene) {
        return scene.habits().masquerades().of(flow.flow().protocol(), nat.to()).stream()
                .filter(use -> isRival(flow, nat, use))
                .filter(use -> isSameDestination(nat, use)
                        || scene.habits().masquerades().answers(nat.stage().destination()))
                .findFirst()
                .map(use -> observation(passage, nat, use));
    }

    /// Another initiator, at work when this one began.
    private static boolean isRival(FlowCase flow, Translated nat, Use use) {
        return nat.to().hasPort()
                && use.flow() != flow.flow().number()
                && !use.initiator().equals(nat.from())
                && use.startNanos() <= flow.flow().startNanos()
                && use.endNanos() >= flow.flow().startNanos();
    }

    private static boolean isSameDestination(Translated nat, Use use) {
        return use.destination().equals(nat.stage().destination());
    }

    private Observation observation(Passage passage, Translated nat, Use use) {
        String node = nat.stage().point().node();
        boolean same = isSameDestination(nat, use);
        Claim claim = new Claim(
                "node " + node + " gives two conversations at once the source " + nat.to()
                        + (same ? ", to the same destination" : "") + ", and one gets no answer",
                "a source port of its own for " + nat.from().address(),
                nat.to() + ", in use by " + use.initiator().address() + " to " + use.destination(),
                same
                        ? "Nobody can tell the two apart: look for two things that translate on " + node
                                + " without knowing each other, for rules with a fixed port, or lost translation state."
                        : "A firewall or load balancer beyond " + node
                                + " takes both for one: shorten its session timeout, let"
                                + " it tell sessions apart by their destination too, or give " + node
                                + " more ports (on Windows MaxPortPoolUsage).");
        Observation observation =
                new Observation(this, Severity.ERROR, Place.at(nat.stage()), claim, Proof.of(passage, nat.stage()));
        return same ? observation : observation.likely();
    }
}

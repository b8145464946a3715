package hopline.flows.rule;

import hopline.decode.Endpoint;
import hopline.decode.stage.Stage;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.Optional;

/// The answer comes back from the backend's own address: nobody turned it into the service's address again.
///
/// Wherever the initiator's packets still bear the service's address, its answers must bear it, too.
final class ReplyNotRestored implements FlowRule {

    @Override
    public String id() {
        return "reply-not-restored";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public boolean seesUntroubled() {
        return true;
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        Endpoint target = flow.target().endpoint();
        if (!flow.isAnswered() || flow.firstForward(Translations::ofDestination).isEmpty()) {
            return Optional.empty();
        }
        for (Passage reply : flow.reverse()) {
            Optional<Stage> unrestored = unrestored(flow, reply, target);
            if (unrestored.isPresent()) {
                return Optional.of(observation(flow, reply, unrestored.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Stage> unrestored(FlowCase flow, Passage reply, Endpoint target) {
        return reply.path()
                .first(stage -> !stage.source().equals(target)
                        && stage.destination().equals(flow.initiator().endpoint())
                        && onlySeenUntranslated(flow, stage, target)
                        && wasTranslatedTo(flow, stage.source(), target));
    }

    /// At that point the initiator's packets bear the service's address and no other.
    private static boolean onlySeenUntranslated(FlowCase flow, Stage reply, Endpoint target) {
        boolean untranslated = false;
        for (Passage passage : flow.forward()) {
            if (!passage.path().first().destination().equals(target)) {
                continue; // the initiator answers the backend it does not know
            }
            for (Stage stage : passage.path().stages()) {
                if (stage.samePoint(reply)) {
                    if (!stage.destination().equals(target)) {
                        return false;
                    }
                    untranslated = true;
                }
            }
        }
        return untranslated;
    }

    private static boolean wasTranslatedTo(FlowCase flow, Endpoint backend, Endpoint target) {
        return flow.forward().stream().anyMatch(passage -> Translations.ofDestination(passage)
                .filter(nat -> nat.from().equals(target) && nat.to().equals(backend))
                .isPresent());
    }

    private Observation observation(FlowCase flow, Passage reply, Stage stage) {
        Claim claim = new Claim(
                "answers of " + flow.target().name() + " reach "
                        + flow.initiator().name() + " from the backend " + stage.source()
                        + " instead of the service's address",
                flow.target().endpoint().toString(),
                stage.source().toString(),
                "Answers pass the node without being translated back: they take another way than the requests (bridged"
                        + " within the node with bridge-nf-call-iptables off, DSR, two uplinks), or the connection's"
                        + " translation state was lost on " + stage.point().node() + ".");
        return new Observation(this, Severity.ERROR, Place.at(stage), claim, Proof.of(reply, stage));
    }
}

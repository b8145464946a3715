package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.stage.Stage;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.Category;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.Optional;

/// A pod's packet to the world outside leaves its node with the pod's own address, and no answer finds its way back.
///
/// Networks that route pod addresses answer, if not this packet then others from there, and are left alone.
/// What Windows does by design is [IcmpNotTranslated]'s matter.
final class SnatMissing implements FlowRule {

    @Override
    public String id() {
        return "snat-missing";
    }

    @Override
    public String reference() {
        return "F01";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        boolean outward = flow.category() == Category.POD_TO_INTERNET;
        if (!outward || flow.isAnswered() || IcmpNotTranslated.explains(flow, scene)) {
            return Optional.empty();
        }
        return flow.firstForward(passage -> untranslated(flow, passage, scene)
                .filter(stage -> !scene.habits().routedPods().isAnswered(stage))
                .map(stage -> observation(flow, passage, stage, scene)));
    }

    private static Optional<Stage> untranslated(FlowCase flow, Passage passage, Scene scene) {
        Address pod = flow.initiator().endpoint().address();
        return passage.path()
                .first(stage -> stage.outer() == null
                        && stage.sourceAddress().equals(pod)
                        && scene.whereabouts().isUplink(stage.point()));
    }

    private Observation observation(FlowCase flow, Passage passage, Stage stage, Scene scene) {
        String node = stage.point().node();
        Address pod = stage.sourceAddress();
        Claim claim = new Claim(
                "pod traffic to " + flow.target().name() + " leaves " + node + " with the pod's own address",
                scene.nodeAddress(node, pod).map(Address::toString).orElse("an address of " + node),
                pod.toString(),
                "The destination is exempt from masquerading, or masquerading is off: check the exception list on "
                        + node
                        + " (ip-masq-agent, the CNI's nonMasqueradeCIDRs, on Windows the OutBoundNAT ExceptionList,"
                        + " where a range that ends in /0 is a known typo).");
        return new Observation(this, Severity.ERROR, Place.at(stage), claim, Proof.of(passage, stage));
    }
}

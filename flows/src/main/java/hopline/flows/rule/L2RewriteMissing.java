package hopline.flows.rule;

import hopline.decode.MacAddress;
import hopline.decode.stage.Stage;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Links;
import hopline.flows.scene.Scene;
import java.util.Optional;
import java.util.Set;

/// A pod's frames leave the node from the pod's own MAC address instead of the node's, and nobody answers.
///
/// Networks that bridge pods to the wire do that by design: there, others send frames to that MAC, or conversations
/// from it work.
final class L2RewriteMissing implements FlowRule {

    @Override
    public String id() {
        return "l2-rewrite-missing";
    }

    @Override
    public String reference() {
        return "F04";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return scene.cluster().isEmpty() || !Failures.fails(flow, scene)
                ? Optional.empty()
                : flow.first(passage -> leaving(passage, scene)
                        .filter(stage -> isForeign(stage, scene) && !isByDesign(stage, scene))
                        .map(stage -> observation(passage, stage, scene)));
    }

    /// Where a pod's packet leaves its node in the open.
    private static Optional<Stage> leaving(Passage passage, Scene scene) {
        return passage.path()
                .first(stage -> stage.outer() == null
                        && stage.isIp()
                        && stage.sourceMac() != 0
                        && !MacAddress.isGroup(stage.destinationMac())
                        && scene.whereabouts().isUplink(stage.point())
                        && scene.isPod(stage.sourceAddress())
                        && scene.whereabouts()
                                .owner(stage.sourceAddress(), stage.epochNanos())
                                .filter(stage.point().node()::equals)
                                .isPresent());
    }

    private static boolean isForeign(Stage stage, Scene scene) {
        Set<Long> own = nodes(stage, scene);
        return !own.isEmpty() && !own.contains(stage.sourceMac());
    }

    private static Set<Long> nodes(Stage stage, Scene scene) {
        return scene.neighbourhood().ofNode(stage.point(), stage.point().node());
    }

    private static boolean isByDesign(Stage stage, Scene scene) {
        Links links = scene.habits().links();
        return links.isAddressed(stage.point(), stage.sourceMac()) || links.isHeard(stage.point(), stage.sourceMac());
    }

    private Observation observation(Passage passage, Stage stage, Scene scene) {
        String node = stage.point().node();
        long right = nodes(stage, scene).stream().min(Long::compare).orElseThrow();
        Stage first = passage.path().first();
        boolean isPods = !first.samePoint(stage) && first.sourceMac() == stage.sourceMac();
        Claim claim = new Claim(
                "frames of pods leave " + node + " from the MAC address " + MacAddress.text(stage.sourceMac())
                        + (isPods ? " of the pod" : "") + " instead of the node's",
                "source MAC " + MacAddress.text(right),
                "source MAC " + MacAddress.text(stage.sourceMac()),
                "The rule that gives pods' frames the node's MAC is missing (on Windows EXTERNAL_L2_REWRITE in VFP at the"
                        + " external port): recreate the endpoint or the network. Where pods shall keep their own, allow MAC"
                        + " spoofing on the virtual machine's adapter.");
        Observation observation = new Observation(
                this,
                Severity.ERROR,
                Place.at(stage),
                claim,
                Proof.of(passage, stage, "eth.src == " + MacAddress.text(stage.sourceMac())));
        return isPods ? observation : observation.likely();
    }
}

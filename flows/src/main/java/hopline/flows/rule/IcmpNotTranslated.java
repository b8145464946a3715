package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.IpProtocol;
import hopline.decode.stage.Stage;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.Category;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import hopline.flows.state.Node;
import java.util.Optional;

/// A ping from a pod to the world outside leaves a Windows node with the pod's own address, and no answer comes.
///
/// By design: Windows translates the source of TCP and UDP, never of ICMP. Nothing else is proven by it.
final class IcmpNotTranslated implements FlowRule {

    @Override
    public String id() {
        return "icmp-not-translated";
    }

    @Override
    public String reference() {
        return "F02";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return flow.firstForward(
                passage -> untranslated(flow, passage, scene).map(stage -> observation(passage, stage, scene)));
    }

    /// Whether the rule explains why that flow has no answer.
    static boolean explains(FlowCase flow, Scene scene) {
        return flow.firstForward(passage -> untranslated(flow, passage, scene)).isPresent();
    }

    private static Optional<Stage> untranslated(FlowCase flow, Passage passage, Scene scene) {
        Address pod = flow.initiator().endpoint().address();
        if (!isPing(flow) || flow.isAnswered() || flow.category() != Category.POD_TO_INTERNET) {
            return Optional.empty();
        }
        return passage.path()
                .first(stage -> stage.outer() == null
                        && stage.sourceAddress().equals(pod)
                        && scene.whereabouts().isUplink(stage.point()))
                .filter(stage -> scene.whereabouts()
                        .clusterNode(stage.point().node())
                        .filter(Node::isWindows)
                        .isPresent());
    }

    private static boolean isPing(FlowCase flow) {
        int protocol = flow.flow().protocol();
        return protocol == IpProtocol.ICMP || protocol == IpProtocol.ICMPV6;
    }

    private Observation observation(Passage passage, Stage stage, Scene scene) {
        String node = stage.point().node();
        Claim claim = new Claim(
                "pings from pods to addresses outside leave " + node
                        + " with the pod's own address and get no answer, as" + " always on Windows",
                scene.nodeAddress(node, stage.sourceAddress())
                        .map(Address::toString)
                        .orElse("an address of " + node),
                stage.sourceAddress().toString(),
                "Windows does not translate the source of ICMP. Test with TCP or UDP instead: Test-NetConnection -Port, or"
                        + " curl.");
        return new Observation(this, Severity.NOTE, Place.at(stage), claim, Proof.of(passage, stage));
    }
}

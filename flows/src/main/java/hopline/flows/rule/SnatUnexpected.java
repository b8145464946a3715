package hopline.flows.rule;

import hopline.decode.Address;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.rule.Translations.Translated;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import hopline.flows.state.ServiceTarget;
import java.util.Optional;

/// Traffic from pod to pod, or from pod to a cluster IP, arrives under another source address than the pod's.
///
/// By design the node translates a pod that reaches itself through a service, node ports and external addresses of
/// services, and, in Windows overlays without DSR, everything to services: to a SourceVIP out of the node's own
/// pod range.
final class SnatUnexpected implements FlowRule {

    @Override
    public String id() {
        return "snat-unexpected";
    }

    @Override
    public String reference() {
        return "F03";
    }

    @Override
    public boolean seesUntroubled() {
        return true;
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        if (flow.initiator().pod().isEmpty() || isByDesign(flow)) {
            return Optional.empty();
        }
        return flow.firstForward(passage -> Translations.ofSource(passage)
                .filter(nat -> !isRestored(nat, scene)
                        && scene.isPod(passage.last().destinationAddress())
                        && !isSourceVip(flow, nat, scene))
                .map(nat -> observation(flow, nat, passage)));
    }

    private static boolean isByDesign(FlowCase flow) {
        boolean toItself = flow.responder()
                .endpoint()
                .address()
                .equals(flow.initiator().endpoint().address());
        boolean byOtherAddress = flow.target()
                .service()
                .filter(target -> target.kind() != ServiceTarget.Kind.CLUSTER_IP)
                .isPresent();
        return toItself || byOtherAddress;
    }

    /// To a service's address answers are turned back: the capture began in the middle, and took them for questions.
    private static boolean isRestored(Translated nat, Scene scene) {
        return scene.cluster().isServiceAddress(nat.to().address());
    }

    /// An address out of the pods' range that is no pod's, on a node that is not known to run Linux.
    private static boolean isSourceVip(FlowCase flow, Translated nat, Scene scene) {
        Address source = nat.to().address();
        boolean mayBeWindows = scene.whereabouts()
                .clusterNode(nat.stage().point().node())
                .map(node -> node.os().isEmpty() || node.isWindows())
                .orElse(true);
        return flow.target().service().isPresent()
                && mayBeWindows
                && scene.isPod(source)
                && !scene.cluster().isNodeAddress(source);
    }

    private Observation observation(FlowCase flow, Translated nat, Passage passage) {
        String node = nat.stage().point().node();
        Claim claim = new Claim(
                "pod traffic inside the cluster leaves " + node + " as "
                        + nat.to().address() + " instead of the pod's" + " own address",
                flow.initiator().endpoint().address().toString(),
                nat.to().address().toString(),
                "Exempt the pod, service and node ranges from masquerading on " + node
                        + ": the exception list (ip-masq-agent, the CNI's nonMasqueradeCIDRs, on Windows the OutBoundNAT"
                        + " ExceptionList) does not cover " + passage.last().destinationAddress() + ".");
        Severity severity = flow.works() ? Severity.WARNING : Severity.ERROR;
        return new Observation(this, severity, Place.at(nat.stage()), claim, Proof.of(passage, nat.stage()));
    }
}

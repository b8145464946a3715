package hopline.flows.rule;

import hopline.capture.event.VfpRule;
import hopline.flows.event.Denial;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.rule.Refusals.Refused;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.Optional;

/// A rule that blocks, a network policy's or an ACL, matched the packets: the system says which.
final class PolicyBlocked implements FlowRule {

    @Override
    public String id() {
        return "policy-blocked";
    }

    @Override
    public String reference() {
        return "F35, F36";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return Refusals.of(flow, scene, Denial.Kind.POLICY).map(this::observation);
    }

    private Observation observation(Refused refused) {
        String node = refused.loss().last().point().node();
        String rule =
                refused.denial().flatMap(Denial::rule).map(VfpRule::label).orElse("a policy of the virtual switch");
        Claim claim = new Claim(
                rule + " blocks packets on " + node,
                "to go on, unless the policy means it",
                refused.found(),
                "If it is meant, all is well. Else find whose rule it is: the network policies of the pod's namespace"
                        + " (kubectl get networkpolicy), then vfpctrl /port GUID /layer ACL_ENDPOINT_LAYER /list-rule, and"
                        + " the ACL policies of the endpoint (Get-HnsEndpoint). On Windows without DSR a service's packets"
                        + " come from the node's address, which policies with pod selectors do not know.");
        return new Observation(
                        this,
                        Severity.ERROR,
                        Place.lastSeen(refused.loss().last().point()),
                        claim,
                        Proof.of(refused.loss(), refused.loss().last()))
                .causedBy(rule);
    }
}

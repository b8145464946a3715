package hopline.flows.rule;

import hopline.flows.event.Denial;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.rule.Refusals.Refused;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.Optional;

/// The firewall of the node, or of the pod's compartment, dropped what the network delivered.
final class HostFirewallBlocked implements FlowRule {

    @Override
    public String id() {
        return "host-firewall-blocked";
    }

    @Override
    public String reference() {
        return "F37, F56";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return Refusals.of(flow, scene, Denial.Kind.FIREWALL).map(this::observation);
    }

    private Observation observation(Refused refused) {
        String node = refused.loss().last().point().node();
        Claim claim = new Claim(
                "the Windows firewall on " + node + " drops packets",
                "to be let through",
                refused.found(),
                "The filter's number is in netsh wfp show filters (filters.xml), which names the rule behind it; netsh wfp"
                        + " show netevents lists the drops. Allow the port with New-NetFirewallRule, in the pod's"
                        + " compartment if it is there. Builds 20348.2582 to 20348.2700 block by mistake: update.");
        return new Observation(
                        this,
                        Severity.ERROR,
                        Place.lastSeen(refused.loss().last().point()),
                        claim,
                        Proof.of(refused.loss(), refused.loss().last()))
                .causedBy(refused.reason());
    }
}

package hopline.flows.rule;

import hopline.decode.Address;
import hopline.flows.event.Denial;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.rule.Refusals.Refused;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.Optional;

/// A port of the virtual switch lets only its own addresses out, and these packets bear another.
final class SourceAddressGuarded implements FlowRule {

    @Override
    public String id() {
        return "source-address-guarded";
    }

    @Override
    public String reference() {
        return "F48";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return Refusals.of(flow, scene, Denial.Kind.GUARD).map(this::observation);
    }

    private Observation observation(Refused refused) {
        String node = refused.loss().last().point().node();
        Address source = refused.loss().last().sourceAddress();
        Claim claim = new Claim(
                "packets from " + source + " are dropped on " + node + ": the port's guard does not know that address",
                "an address that HNS gave the endpoint",
                source + ": " + refused.found(),
                "A container sends from an address or MAC that is not its endpoint's: a second address it configured"
                        + " itself, a copied MAC, nested virtualization, or an endpoint that HNS made anew under another"
                        + " address. Compare Get-HnsEndpoint with ipconfig in the pod; where it is meant, allow MAC"
                        + " spoofing on the card of the virtual machine.");
        return new Observation(
                        this,
                        Severity.ERROR,
                        Place.lastSeen(refused.loss().last().point()),
                        claim,
                        Proof.of(refused.loss(), refused.loss().last()))
                .causedBy(source + " " + refused.reason());
    }
}

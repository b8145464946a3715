package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.vfp.PortReading;
import java.util.stream.Stream;

/// A switch port through which VFP lets nothing pass.
final class PortBlocked implements StateRule {

    @Override
    public String id() {
        return "port-blocked";
    }

    @Override
    public String reference() {
        return "F43";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            for (PortReading reading : node.state().vfp().readings()) {
                boolean isBlocked =
                        reading.key().equals("blocked") && reading.value().equalsIgnoreCase("TRUE");
                boolean isDisabled =
                        reading.key().equals("enabled") && reading.value().equalsIgnoreCase("FALSE");
                if (isBlocked || isDisabled) {
                    add(node, reading, findings);
                }
            }
        }
    }

    private void add(NodeView node, PortReading reading, StateFindings findings) {
        String owner = node.hns().endpoints().stream()
                .filter(endpoint -> !reading.port().isEmpty()
                        && (endpoint.port().equals(reading.port())
                                || endpoint.id().equals(reading.port())))
                .map(HnsEndpoint::label)
                .findFirst()
                .orElse(reading.port().isEmpty() ? "of the listing" : reading.port());
        findings.add(
                this,
                Severity.ERROR,
                node.name(),
                new Claim(
                        "VFP blocks the port " + owner + " on " + node.name(),
                        "Enabled TRUE, Blocked FALSE",
                        reading.key() + " " + reading.value() + " at " + owner,
                        "Its rules could not be restored: recreate the pod; for the host's port restart HNS."),
                Stream.of(reading.source()));
    }
}

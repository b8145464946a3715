package hopline.flows.rule;

import hopline.decode.stage.Encapsulation;
import hopline.flows.path.Fate;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import java.util.Optional;

/// A packet left one node and did not arrive at the next, whose capture was running.
final class LostBetweenNodes implements FlowRule {

    @Override
    public String id() {
        return "lost-between-nodes";
    }

    @Override
    public String reference() {
        return "F06, F07, F14";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return Losses.stopping(flow)
                .filter(loss -> loss.fate() instanceof Fate.Lost lost && lost.betweenNodes())
                .filter(loss -> !DnsSlow.isOnlyDelayed(flow, scene))
                .filter(loss -> !Traceroute.isProbe(flow, flow.forward().contains(loss), scene))
                .map(this::observation);
    }

    private Observation observation(Passage loss) {
        Fate.Lost fate = (Fate.Lost) loss.fate();
        Encapsulation tunnel = loss.last().outer();
        String form = tunnel == null
                ? "with pod addresses, unencapsulated"
                : "in " + tunnel.protocol() + " to " + tunnel.destination() + " port " + tunnel.port();
        String to = fate.nextExpected().map(point -> point.node()).orElse("the next node");
        Claim claim = new Claim(
                "packets leave " + fate.lastSeen().node() + " for " + to + " and do not arrive",
                fate.nextExpected().map(point -> "next at " + point).orElse("to arrive at the next node"),
                "last seen at " + fate.lastSeen(),
                tunnel == null
                        ? "The network between the nodes does not carry them (" + form
                                + "): it needs routes to the pods' ranges, and on clouds IP forwarding or source/destination checks"
                                + " switched off for the nodes' interfaces."
                        : "The network between the nodes drops them (" + form + "): open UDP " + tunnel.port()
                                + " in security groups and firewalls between the nodes, and check that nothing else claims that"
                                + " port.");
        return new Observation(this, Severity.ERROR, Place.of(fate), claim, Proof.of(loss, loss.last()));
    }
}

package hopline.flows.rule;

import hopline.capture.CapturePoint;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Stage;
import hopline.flows.path.Fate;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import hopline.flows.scene.Traceroute;
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
        String to = fate.nextExpected().map(CapturePoint::node).orElse("the next node");
        Claim claim = new Claim(
                "packets leave " + fate.lastSeen().node() + " for " + to + " and do not arrive",
                fate.nextExpected().map(point -> "next at " + point).orElse("to arrive at the next node"),
                "last seen at " + fate.lastSeen(),
                advice(loss.last(), to));
        Observation observation =
                new Observation(this, Severity.ERROR, Place.of(fate), claim, Proof.of(loss, loss.last()));
        return isEnclosed(loss.last()) ? observation.likely() : observation;
    }

    private static String advice(Stage last, String to) {
        Encapsulation tunnel = last.outer();
        if (isEnclosed(last)) {
            return "The device " + last.point().name()
                    + " has no link-layer addresses, as tunnels of WireGuard and IP-in-IP"
                    + " have none: what it sends is enclosed in packets that were not tied to these. They are lost on the wire,"
                    + " or when " + to
                    + " opens them: look for the outer packets at both uplinks, and compare the tunnel's keys,"
                    + " allowed addresses and counters on both nodes (wg show, ip -s link).";
        }
        return tunnel == null
                ? "The network between the nodes does not carry them (with pod addresses, unencapsulated): it needs routes to"
                        + " the pods' ranges, and on clouds IP forwarding or source/destination checks switched off for the"
                        + " nodes' interfaces."
                : "The network between the nodes drops them (in " + tunnel.protocol() + " to " + tunnel.destination()
                        + " port "
                        + tunnel.port() + "): open UDP " + tunnel.port()
                        + " in security groups and firewalls between the nodes, and check that nothing else claims that"
                        + " port.";
    }

    /// A device that knows no MAC addresses leads into a tunnel.
    private static boolean isEnclosed(Stage last) {
        return last.outer() == null && last.sourceMac() == 0 && last.destinationMac() == 0;
    }
}

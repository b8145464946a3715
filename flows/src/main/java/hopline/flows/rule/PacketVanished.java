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

/// A packet was last seen inside a node, at a point where it should not have ended.
final class PacketVanished implements FlowRule {

    @Override
    public String id() {
        return "packet-vanished";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return Losses.stopping(flow)
                .filter(loss -> loss.fate() instanceof Fate.Lost lost && !lost.betweenNodes())
                .filter(loss -> !DnsSlow.isOnlyDelayed(flow, scene))
                .filter(loss -> !Traceroute.isProbe(flow, flow.forward().contains(loss), scene))
                .map(loss -> observation(loss, Unserved.advice(flow, scene)));
    }

    private Observation observation(Passage loss, Optional<String> unserved) {
        Fate.Lost fate = (Fate.Lost) loss.fate();
        String node = fate.lastSeen().node();
        Claim claim = new Claim(
                "packets vanish on " + node + where(fate),
                fate.nextExpected().map(point -> "next at " + point).orElse("to go on"),
                "last seen at " + fate.lastSeen(),
                unserved.orElseGet(() -> advice(node, loss.last())));
        Observation observation =
                new Observation(this, Severity.ERROR, Place.of(fate), claim, Proof.of(loss, loss.last()));
        return unserved.map(observation::causedBy).orElse(observation);
    }

    private static String advice(String node, Stage last) {
        String dropped = "Something on " + node + " drops them behind "
                + last.point().name()
                + ": look at its firewall rules and counters (nft list ruleset, iptables-save -c; on Windows VFP rules"
                + " and pktmon drops), reverse path filter, conntrack table and routes.";
        return last.outer() == null ? dropped : dropped + " " + stuck(node, last.outer());
    }

    private static String stuck(String node, Encapsulation tunnel) {
        return "They are still in " + tunnel.protocol() + " there: is there a tunnel device on " + node
                + " that is up and knows the end " + tunnel.source() + " (ip -d link)?";
    }

    private static String where(Fate.Lost fate) {
        String last = fate.lastSeen().name();
        return fate.nextExpected()
                .map(CapturePoint::name)
                .filter(next -> !next.equals(last))
                .map(next -> " between " + last + " and " + next)
                .orElse(" after " + last);
    }
}

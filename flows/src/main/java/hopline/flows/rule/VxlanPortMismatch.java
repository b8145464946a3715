package hopline.flows.rule;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.TunnelKind;
import hopline.flows.path.Passage;
import hopline.flows.path.Tunnels;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A node sends VXLAN to another UDP port than the one at which the other node listens.
///
/// Each node listens where it sends to. Two overlays on the same nodes may use two ports: then each node sends to both.
final class VxlanPortMismatch implements FlowRule {

    @Override
    public String id() {
        return "vxlan-port-mismatch";
    }

    @Override
    public String reference() {
        return "F13";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return scene.tunnels().isEmpty()
                ? Optional.empty()
                : flow.first(passage -> isStuck(flow, passage) ? check(passage, scene) : Optional.empty());
    }

    private static boolean isStuck(FlowCase flow, Passage passage) {
        return isVxlan(passage.last().outer()) && (passage.isLost() || !flow.isAnswered());
    }

    private static boolean isVxlan(@Nullable Encapsulation tunnel) {
        return tunnel != null && tunnel.kind() == TunnelKind.VXLAN;
    }

    private Optional<Observation> check(Passage passage, Scene scene) {
        Encapsulation tunnel = Objects.requireNonNull(passage.last().outer());
        TunnelPorts ports = scene.tunnelPorts();
        Set<Integer> receivers = ports.usedBy(tunnel.destination());
        boolean takesIt = ports.takes(tunnel.destination(), tunnel.port()) || receivers.contains(tunnel.port());
        boolean twoOverlays = receivers.stream().anyMatch(ports.sentBy(tunnel.source())::contains);
        return receivers.isEmpty() || takesIt || twoOverlays
                ? Optional.empty()
                : Optional.of(observation(passage, tunnel, receivers.iterator().next(), scene));
    }

    /// Sender and receiver use two ports: the one that is not the overlay's is wrong.
    private Observation observation(Passage passage, Encapsulation tunnel, int receivers, Scene scene) {
        boolean senderIsRight = scene.tunnelPorts().right() == tunnel.port();
        Address culprit = senderIsRight ? tunnel.destination() : tunnel.source();
        int wrong = senderIsRight ? receivers : tunnel.port();
        int right = senderIsRight ? tunnel.port() : receivers;
        CapturePoint seen = scene.tunnelPorts()
                .sent(culprit, wrong)
                .map(Tunnels.Use::firstSeen)
                .orElse(passage.last().point());
        String node =
                scene.whereabouts().owner(culprit, passage.last().epochNanos()).orElse(culprit.toString());
        Claim claim = new Claim(
                "node " + node + " sends VXLAN to UDP port " + wrong + ", the overlay uses port " + right,
                "UDP port " + right,
                "UDP port " + wrong,
                "Give all nodes the same port (flannel net-conf Port 4789 for Windows, Calico vxlanPort, Cilium tunnel-port;"
                        + " Linux devices made without dstport take 8472), then restart the network agent on " + node
                        + " so that its tunnel device is made anew, and open the port between the nodes.");
        return new Observation(
                this,
                Severity.ERROR,
                Place.at(seen),
                claim,
                Proof.of(
                        passage,
                        passage.path()
                                .first(stage -> tunnel.equals(stage.outer()))
                                .orElse(passage.last()),
                        "udp.dstport == " + wrong));
    }
}

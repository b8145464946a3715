package hopline.flows.rule;

import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.TunnelKind;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import hopline.flows.scene.SharedSetting;
import hopline.flows.scene.Vteps;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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
        return Vteps.isStuck(flow, passage) && tunnel(passage).kind() == TunnelKind.VXLAN;
    }

    private static Encapsulation tunnel(Passage passage) {
        return Objects.requireNonNull(passage.last().outer());
    }

    private Optional<Observation> check(Passage passage, Scene scene) {
        Encapsulation tunnel = tunnel(passage);
        SharedSetting ports = scene.tunnelPorts();
        Set<Integer> receivers = ports.usedBy(tunnel.destination());
        boolean takesIt = ports.isTaken(tunnel) || receivers.contains(tunnel.port());
        boolean twoOverlays = receivers.stream().anyMatch(ports.sentBy(tunnel.source())::contains);
        return receivers.isEmpty() || takesIt || twoOverlays
                ? Optional.empty()
                : Optional.of(observation(
                        passage,
                        Deviation.of(passage, ports, receivers.iterator().next(), scene)));
    }

    private Observation observation(Passage passage, Deviation found) {
        Claim claim = new Claim(
                "node " + found.node() + " sends VXLAN to UDP port " + found.wrong() + ", the overlay uses port "
                        + found.right(),
                "UDP port " + found.right(),
                "UDP port " + found.wrong(),
                "Give all nodes the same port (flannel net-conf Port 4789 for Windows, Calico vxlanPort, Cilium tunnel-port;"
                        + " Linux devices made without dstport take 8472), then restart the network agent on "
                        + found.node()
                        + " so that its tunnel device is made anew, and open the port between the nodes.");
        return new Observation(
                this,
                Severity.ERROR,
                Place.at(found.seen()),
                claim,
                Proof.of(passage, found.telling(), "udp.dstport == " + found.wrong()));
    }
}

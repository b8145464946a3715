package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Stage;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import hopline.flows.scene.Vteps;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A node encapsulates under another network identifier than the one that decapsulates.
///
/// The [SharedSetting] tells which of the two is right. Where only one identifier is seen, and all that arrives
/// under it stays encapsulated, it is likely.
final class VxlanVniMismatch implements FlowRule {

    @Override
    public String id() {
        return "vxlan-vni-mismatch";
    }

    @Override
    public String reference() {
        return "F12";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return scene.tunnels().isEmpty()
                ? Optional.empty()
                : flow.first(passage -> Vteps.isStuck(flow, passage) ? check(passage, scene) : Optional.empty());
    }

    private Optional<Observation> check(Passage passage, Scene scene) {
        Encapsulation tunnel = Objects.requireNonNull(passage.last().outer());
        if (tunnel.vni() == Encapsulation.NO_VNI || scene.vnis().isTaken(tunnel)) {
            return Optional.empty();
        }
        Set<Integer> receivers = scene.vnis().usedBy(tunnel.destination());
        return receivers.isEmpty() || receivers.contains(tunnel.vni())
                ? neverTaken(passage, tunnel, scene)
                : Optional.of(mismatch(
                        passage,
                        tunnel,
                        Deviation.of(passage, scene.vnis(), receivers.iterator().next(), scene)));
    }

    private Observation mismatch(Passage passage, Encapsulation tunnel, Deviation found) {
        Claim claim = new Claim(
                "node " + found.node() + " encapsulates under VNI " + found.wrong() + ", the overlay uses VNI "
                        + found.right(),
                "VNI " + found.right(),
                "VNI " + found.wrong(),
                "Give all nodes the same VNI (flannel net-conf VNI 4096 for Windows, Calico vxlanVNI), then restart the"
                        + " network agent on " + found.node() + " so that its tunnel device is made anew.");
        return new Observation(
                this,
                Severity.ERROR,
                Place.at(found.seen()),
                claim,
                Proof.of(passage, found.telling(), DisplayFilter.network(tunnel, found.wrong())));
    }

    /// The only identifier there is, and the receiver does not take it.
    private Optional<Observation> neverTaken(Passage passage, Encapsulation tunnel, Scene scene) {
        Stage last = passage.last();
        if (!passage.isLost() || !hasArrived(last, tunnel, scene)) {
            return Optional.empty();
        }
        String node = last.point().node();
        Claim claim = new Claim(
                "packets arrive at " + node + " under VNI " + tunnel.vni() + ", and none is decapsulated",
                "decapsulated on " + node,
                "VNI " + tunnel.vni() + ", still encapsulated",
                "Compare the VNI of both nodes' tunnel devices (ip -d link, Get-HnsNetwork): they must be equal. If they are,"
                        + " look for a firewall on " + node + " that drops " + carrier(tunnel) + ".");
        Place place = Place.lastSeen(last.point());
        return Optional.of(new Observation(
                        this,
                        Severity.ERROR,
                        place,
                        claim,
                        Proof.of(passage, last, DisplayFilter.network(tunnel, tunnel.vni())))
                .likely());
    }

    private static String carrier(Encapsulation tunnel) {
        return tunnel.port() == 0 ? tunnel.protocol() : "UDP " + tunnel.port();
    }

    /// The packet is at the node that should decapsulate it, and other points of that node were captured.
    private static boolean hasArrived(Stage last, Encapsulation tunnel, Scene scene) {
        String node = last.point().node();
        Address end = tunnel.destination();
        boolean isEnd = scene.nodeAddress(node, end).filter(end::equals).isPresent()
                || scene.topology().tunnelEnd(node).filter(end::equals).isPresent()
                || scene.topology()
                        .tunnelHome(end)
                        .filter(home -> home.node().equals(node))
                        .isPresent();
        return isEnd && scene.hasOtherPoints(last.point());
    }
}

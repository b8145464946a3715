package hopline.flows.rule;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Stage;
import hopline.flows.path.Passage;
import hopline.flows.path.Tunnels;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// A node encapsulates under another network identifier than the one that decapsulates.
///
/// The [Overlay] tells which of the two is right. Where only one identifier is seen, and all that arrives under it
/// stays encapsulated, it is likely.
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
                : flow.first(passage -> isStuck(flow, passage) ? check(passage, scene) : Optional.empty());
    }

    private static boolean isStuck(FlowCase flow, Passage passage) {
        return passage.last().outer() != null && (passage.isLost() || !flow.isAnswered());
    }

    private Optional<Observation> check(Passage passage, Scene scene) {
        Encapsulation tunnel = Objects.requireNonNull(passage.last().outer());
        if (scene.overlay().takes(tunnel.destination(), tunnel.vni())) {
            return Optional.empty();
        }
        Set<Integer> receivers = scene.overlay().usedBy(tunnel.destination());
        return receivers.isEmpty() || receivers.contains(tunnel.vni())
                ? neverTaken(passage, tunnel, scene)
                : Optional.of(mismatch(passage, tunnel, receivers.iterator().next(), scene));
    }

    /// Sender and receiver use two identifiers: the one that is not the overlay's is wrong.
    private Observation mismatch(Passage passage, Encapsulation tunnel, int receivers, Scene scene) {
        boolean senderIsRight = scene.overlay().right().equals(OptionalInt.of(tunnel.vni()));
        Address culprit = senderIsRight ? tunnel.destination() : tunnel.source();
        int wrong = senderIsRight ? receivers : tunnel.vni();
        int right = senderIsRight ? tunnel.vni() : receivers;
        CapturePoint seen = scene.overlay()
                .sent(culprit, wrong)
                .map(Tunnels.Use::firstSeen)
                .orElse(passage.last().point());
        String node =
                scene.whereabouts().owner(culprit, passage.last().epochNanos()).orElse(culprit.toString());
        Claim claim = new Claim(
                "node " + node + " encapsulates under VNI " + wrong + ", the overlay uses VNI " + right,
                "VNI " + right,
                "VNI " + wrong,
                "Give all nodes the same VNI (flannel net-conf VNI 4096 for Windows, Calico vxlanVNI), then restart the"
                        + " network agent on " + node + " so that its tunnel device is made anew.");
        Stage telling =
                passage.path().first(stage -> tunnel.equals(stage.outer())).orElse(passage.last());
        return new Observation(
                this,
                Severity.ERROR,
                Place.at(seen),
                claim,
                Proof.of(passage, telling, DisplayFilter.network(tunnel, wrong)));
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
                        + " look for a firewall on " + node + " that drops UDP " + tunnel.port() + ".");
        Place place = Place.lastSeen(last.point());
        return Optional.of(new Observation(
                        this,
                        Severity.ERROR,
                        place,
                        claim,
                        Proof.of(passage, last, DisplayFilter.network(tunnel, tunnel.vni())))
                .likely());
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

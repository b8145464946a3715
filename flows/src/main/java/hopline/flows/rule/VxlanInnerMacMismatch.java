package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.MacAddress;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Stage;
import hopline.decode.stage.TunnelKind;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.InnerMacs;
import hopline.flows.scene.Scene;
import hopline.flows.scene.Vteps;
import hopline.flows.state.Node;
import hopline.flows.state.Vtep;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A packet is tunnelled to the right node in a frame for a MAC that is not that of its tunnel device: the
/// node unpacks the frame and drops it.
///
/// The MAC is known by the node's annotation, or by what conversations that work bear. Where some work under
/// the MAC in question, it is no fault, whatever the lists say.
final class VxlanInnerMacMismatch implements FlowRule {

    /// The MAC that frames to a node should bear.
    ///
    /// @param certain the lists say so, and no conversation shows otherwise
    private record TunnelMac(long mac, boolean certain) {}

    @Override
    public String id() {
        return "vxlan-inner-mac-mismatch";
    }

    @Override
    public String reference() {
        return "F15";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return scene.tunnels().isEmpty() || scene.cluster().isEmpty()
                ? Optional.empty()
                : flow.first(passage -> isStuck(flow, passage, scene) ? check(passage, scene) : Optional.empty());
    }

    /// It was lost, or no answer shows that it arrived; answers themselves arrive when the flow goes on.
    private static boolean isStuck(FlowCase flow, Passage passage, Scene scene) {
        if (passage.isLost()) {
            return Failures.fails(flow, scene);
        }
        boolean answered = flow.isAnswered() && !passage.path().reply();
        return !answered && Failures.isUnanswered(flow, scene);
    }

    private Optional<Observation> check(Passage passage, Scene scene) {
        return passage.path()
                .first(stage -> isTunnelled(stage) && isToItsNode(stage, scene))
                .filter(stage -> isNotTakenIn(passage, stage) && isVniTaken(stage, scene))
                .flatMap(stage -> tunnelMac(stage, scene)
                        .filter(right -> right.mac() != stage.destinationMac())
                        .map(right -> observation(passage, stage, right, scene)));
    }

    private static boolean isTunnelled(Stage stage) {
        return stage.outer() != null
                && stage.outer().kind() == TunnelKind.VXLAN
                && stage.destinationMac() != 0
                && !MacAddress.isGroup(stage.destinationMac());
    }

    private static boolean isToItsNode(Stage stage, Scene scene) {
        Address end = vtep(stage);
        return owner(stage, scene)
                .filter(owner -> Vteps.of(owner, end, scene).contains(end))
                .isPresent();
    }

    private static Address vtep(Stage stage) {
        return Objects.requireNonNull(stage.outer()).destination();
    }

    private static Optional<String> owner(Stage stage, Scene scene) {
        return scene.whereabouts().owner(stage.destinationAddress(), stage.epochNanos());
    }

    /// Outside the tunnel it is still in the same frame: who takes it in sends it on in another. Some
    /// captures show no MACs outside; there, one more point may be where it was unpacked, a second one is beyond.
    private static boolean isNotTakenIn(Passage passage, Stage tunnelled) {
        List<Stage> stages = passage.path().stages();
        List<Stage> outside = stages.subList(stages.indexOf(tunnelled), stages.size()).stream()
                .filter(stage -> stage.outer() == null)
                .toList();
        boolean hidden = outside.size() == 1 && outside.getFirst().destinationMac() == 0;
        return hidden || outside.stream().allMatch(stage -> stage.destinationMac() == tunnelled.destinationMac());
    }

    /// Else the frame is not unpacked at all.
    private static boolean isVniTaken(Stage stage, Scene scene) {
        Encapsulation tunnel = Objects.requireNonNull(stage.outer());
        Set<Integer> used = scene.vnis().usedBy(tunnel.destination());
        return used.isEmpty() || used.contains(tunnel.vni());
    }

    /// Empty when nothing tells it, and when conversations work under the one that the frame bears.
    private static Optional<TunnelMac> tunnelMac(Stage stage, Scene scene) {
        InnerMacs working = scene.habits().links().innerMacs();
        if (working.mayWork(vtep(stage), stage.destinationMac())) {
            return Optional.empty();
        }
        OptionalLong listed = listed(stage, scene);
        OptionalLong shown = working.of(vtep(stage));
        OptionalLong right = shown.isPresent() ? shown : listed;
        return right.isEmpty() ? Optional.empty() : Optional.of(new TunnelMac(right.getAsLong(), right.equals(listed)));
    }

    /// Annotations name the MAC of the device for IPv4; that for IPv6 is another one.
    private static OptionalLong listed(Stage stage, Scene scene) {
        return owner(stage, scene)
                .filter(owner -> vtep(stage).isIpv4())
                .flatMap(scene.whereabouts()::clusterNode)
                .flatMap(Node::vtep)
                .map(Vtep::mac)
                .filter(mac -> mac.orElse(0) != 0)
                .orElse(OptionalLong.empty());
    }

    private Observation observation(Passage passage, Stage stage, TunnelMac right, Scene scene) {
        String owner = owner(stage, scene).orElseThrow();
        String sender = sender(stage, owner, scene);
        String rightMac = MacAddress.text(right.mac());
        String wrongMac = MacAddress.text(stage.destinationMac());
        Claim claim = new Claim(
                "node " + sender + " tunnels packets to " + owner + " under the inner destination MAC " + wrongMac
                        + ", " + owner + "'s tunnel device has " + rightMac,
                "inner destination MAC " + rightMac,
                "inner destination MAC " + wrongMac,
                "Compare ip neigh and bridge fdb of the VXLAN device on " + sender
                        + " (on Windows the RemoteSubnetRoute's DistributedRouterMacAddress) with " + owner
                        + "'s device (on Windows DrMacAddress of Get-HnsNetwork) and its annotation, and restart flanneld or"
                        + " calico-node where they differ, on " + owner + " first.");
        Observation observation = new Observation(
                this, Severity.ERROR, Place.at(stage), claim, Proof.of(passage, stage, "eth.dst == " + wrongMac));
        return right.certain() ? observation : observation.likely();
    }

    /// Where only the receiver was captured, the outer source tells.
    private static String sender(Stage stage, String owner, Scene scene) {
        Address source = Objects.requireNonNull(stage.outer()).source();
        return stage.point().node().equals(owner)
                ? scene.cluster().nodeName(source).orElse(source.toString())
                : stage.point().node();
    }
}

package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Stage;
import hopline.flows.event.IdleLayer;
import hopline.flows.path.Passage;
import hopline.flows.path.Tunnels;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.List;
import java.util.Optional;

/// In an overlay, a packet to a pod of another node leaves its node without a tunnel.
///
/// Only where tunnels are used at all, and only for what does not arrive: networks that route pod addresses between
/// some of their nodes do so on purpose.
final class VxlanNotEncapsulated implements FlowRule {

    @Override
    public String id() {
        return "vxlan-not-encapsulated";
    }

    @Override
    public String reference() {
        return "F08";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        Optional<Observation> told =
                flow.first(passage -> isStuck(flow, passage) ? toldByPlatform(passage, scene) : Optional.empty());
        if (told.isPresent() || scene.tunnels().isEmpty()) {
            return told;
        }
        return flow.first(passage -> isStuck(flow, passage) ? check(passage, scene) : Optional.empty());
    }

    private static boolean isStuck(FlowCase flow, Passage passage) {
        return passage.isLost() || !flow.isAnswered();
    }

    /// The filtering platform itself says that no layer which encapsulates had a rule for it.
    private Optional<Observation> toldByPlatform(Passage passage, Scene scene) {
        Stage last = passage.last();
        Optional<String> owner = scene.whereabouts().owner(last.destinationAddress(), last.epochNanos());
        boolean remote = owner.filter(node -> !node.equals(last.point().node())).isPresent();
        if (!remote || last.outer() != null || !scene.isPod(last.destinationAddress())) {
            return Optional.empty();
        }
        for (Stage stage : passage.path().stages()) {
            List<String> idle = scene.events().idleLayers(stage, IdleLayer.ENCAPSULATION);
            if (!idle.isEmpty()) {
                return Optional.of(observation(passage, stage, owner.get(), idle, scene));
            }
        }
        return Optional.empty();
    }

    private Observation observation(Passage passage, Stage stage, String owner, List<String> idle, Scene scene) {
        String remote = scene.nodeAddress(owner, stage.destinationAddress())
                .map(Address::toString)
                .orElse(owner);
        return observation(
                passage,
                stage,
                owner,
                "VXLAN",
                "a tunnel to " + remote,
                "no encapsulation; no rule of VFP's layer " + String.join(", ", idle) + " matched");
    }

    private Optional<Observation> check(Passage passage, Scene scene) {
        return plain(passage, scene).flatMap(stage -> tunnelInstead(stage, scene)
                .map(tunnel -> observation(passage, stage, tunnel, scene)));
    }

    /// Where the packet left its node in the open, if the node it was meant for did not get it.
    private static Optional<Stage> plain(Passage passage, Scene scene) {
        Stage last = passage.last();
        Address destination = last.destinationAddress();
        if (last.outer() != null || !scene.isPod(destination)) {
            return Optional.empty();
        }
        Optional<String> owner = scene.whereabouts().owner(destination, last.epochNanos());
        boolean arrived = owner.filter(last.point().node()::equals).isPresent()
                && !scene.whereabouts().isUplink(last.point());
        if (owner.isEmpty() || arrived) {
            return Optional.empty();
        }
        return passage.path()
                .first(stage -> stage.outer() == null
                        && scene.whereabouts().isUplink(stage.point())
                        && !stage.point().node().equals(owner.get())
                        && stage.destinationAddress().equals(destination));
    }

    /// The tunnel by which packets from this node to the owner's go, or would by what others use.
    private static Optional<Encapsulation> tunnelInstead(Stage stage, Scene scene) {
        String owner = scene.whereabouts()
                .owner(stage.destinationAddress(), stage.epochNanos())
                .orElseThrow();
        String node = stage.point().node();
        return scene.tunnels().all().stream()
                .map(Tunnels.Use::encapsulation)
                .filter(tunnel -> isOf(node, tunnel, scene) || isOf(owner, tunnel, scene))
                .max((a, b) -> Boolean.compare(
                        isOf(node, a, scene) && isOf(owner, a, scene), isOf(node, b, scene) && isOf(owner, b, scene)));
    }

    private static boolean isOf(String node, Encapsulation tunnel, Scene scene) {
        return isVtep(node, tunnel.source(), scene) || isVtep(node, tunnel.destination(), scene);
    }

    private static boolean isVtep(String node, Address address, Scene scene) {
        return scene.topology().tunnelEnd(node).filter(address::equals).isPresent()
                || scene.whereabouts()
                        .clusterNode(node)
                        .filter(n -> n.internalAddresses().contains(address)
                                || n.otherAddresses().contains(address))
                        .isPresent();
    }

    private Observation observation(Passage passage, Stage stage, Encapsulation tunnel, Scene scene) {
        String owner = scene.whereabouts()
                .owner(stage.destinationAddress(), stage.epochNanos())
                .orElseThrow();
        String remote = scene.nodeAddress(owner, tunnel.destination())
                .map(Address::toString)
                .orElse(owner);
        return observation(
                passage,
                stage,
                owner,
                tunnel.protocol(),
                tunnel.protocol() + (tunnel.vni() == Encapsulation.NO_VNI ? "" : " VNI " + tunnel.vni()) + " to "
                        + remote,
                "no encapsulation");
    }

    private Observation observation(
            Passage passage, Stage stage, String owner, String protocol, String expected, String found) {
        String node = stage.point().node();
        Claim claim = new Claim(
                "packets to pods of " + owner + " leave " + node + " without " + protocol,
                expected,
                found,
                "The route to " + owner + "'s pod range is missing on " + node
                        + ", so its pods' packets take the default route: check ip route and bridge fdb (on Windows the"
                        + " RemoteSubnetRoute policy and the REMOTESUBNETROUTE rule in VFP), and restart the network agent.");
        return new Observation(this, Severity.ERROR, Place.at(stage), claim, Proof.of(passage, stage));
    }
}

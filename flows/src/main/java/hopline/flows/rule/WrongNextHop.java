package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.MacAddress;
import hopline.decode.stage.Stage;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Neighbourhood;
import hopline.flows.scene.Scene;
import hopline.flows.state.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A packet to a pod of another node leaves towards a router instead of that node, and gets nowhere.
///
/// Many networks route pods' ranges through a router on purpose. So it takes proof that this one does not: the other
/// node's pods are seen to send from their node's own MAC, or its annotation says that nodes are each other's gateways;
/// and nothing that went by that router is seen to reach a pod there.
final class WrongNextHop implements FlowRule {

    private static final String HOST_GATEWAY = "host-gw";

    @Override
    public String id() {
        return "wrong-next-hop";
    }

    @Override
    public String reference() {
        return "F05";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return scene.cluster().isEmpty() || !Failures.fails(flow, scene)
                ? Optional.empty()
                : flow.first(passage -> check(flow, passage, scene));
    }

    private Optional<Observation> check(FlowCase flow, Passage passage, Scene scene) {
        return passage.path().first(stage -> leaves(stage, scene)).flatMap(stage -> scene.whereabouts()
                .owner(stage.destinationAddress(), stage.epochNanos())
                .filter(owner -> !arrives(flow, stage, owner))
                .flatMap(owner -> check(passage, stage, owner, scene)));
    }

    /// Some packet to the same destination did reach that node.
    private static boolean arrives(FlowCase flow, Stage leaving, String owner) {
        return arrives(flow.forward(), leaving, owner) || arrives(flow.reverse(), leaving, owner);
    }

    private static boolean arrives(List<Passage> passages, Stage leaving, String owner) {
        return passages.stream().anyMatch(passage -> passage.path()
                .first(stage -> stage.point().node().equals(owner)
                        && stage.destinationAddress().equals(leaving.destinationAddress()))
                .isPresent());
    }

    /// In the open, from its own node, for a pod of another.
    private static boolean leaves(Stage stage, Scene scene) {
        return stage.outer() == null
                && stage.isIp()
                && stage.destinationMac() != 0
                && !MacAddress.isGroup(stage.destinationMac())
                && scene.whereabouts().isUplink(stage.point())
                && scene.isPod(stage.destinationAddress())
                && isOn(stage.sourceAddress(), stage, scene)
                && !isOn(stage.destinationAddress(), stage, scene);
    }

    private static boolean isOn(Address address, Stage stage, Scene scene) {
        return scene.whereabouts()
                .owner(address, stage.epochNanos())
                .filter(stage.point().node()::equals)
                .isPresent();
    }

    private Optional<Observation> check(Passage passage, Stage stage, String owner, Scene scene) {
        Neighbourhood near = scene.neighbourhood();
        long nextHop = stage.destinationMac();
        Set<Long> right = new TreeSet<>(near.ofNode(stage.point(), owner));
        Set<Long> pods = near.ofPods(stage.point(), owner);
        List<Long> direct = pods.stream()
                .filter(mac -> near.stranger(stage.point(), mac).isEmpty())
                .toList();
        right.addAll(direct);
        boolean fine = right.isEmpty()
                || right.contains(nextHop)
                || pods.contains(nextHop)
                || near.deliveringTo(stage.point(), owner).contains(nextHop);
        return fine || (direct.isEmpty() && !isHostGateway(owner, scene))
                ? Optional.empty()
                : near.stranger(stage.point(), nextHop)
                        .map(router -> observation(
                                passage, stage, owner, right.iterator().next(), router));
    }

    private static boolean isHostGateway(String node, Scene scene) {
        return scene.whereabouts()
                .clusterNode(node)
                .flatMap(Node::backend)
                .filter(HOST_GATEWAY::equals)
                .isPresent();
    }

    private Observation observation(Passage passage, Stage stage, String owner, long right, Address router) {
        String node = stage.point().node();
        Claim claim = new Claim(
                "packets for pods of " + owner + " leave " + node + " towards a router instead of " + owner,
                "next hop " + MacAddress.text(right) + " (" + owner + ")",
                "next hop " + MacAddress.text(stage.destinationMac()) + " (speaks for " + router + ")",
                "The route from " + node + " to " + owner
                        + "'s pod range is missing, so the default route takes its packets:"
                        + " compare ip route (on Windows route print) with the nodes' pod ranges, and restart the network"
                        + " agent on " + node + ".");
        return new Observation(
                        this,
                        Severity.ERROR,
                        Place.at(stage),
                        claim,
                        Proof.of(
                                passage,
                                stage,
                                DisplayFilter.address(stage.destinationAddress()) + " && eth.dst == "
                                        + MacAddress.text(stage.destinationMac())))
                .causedBy(claim.expected());
    }
}

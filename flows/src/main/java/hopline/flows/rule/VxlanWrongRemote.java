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

/// A packet to a pod is encapsulated to another node than the one where the pod lives.
final class VxlanWrongRemote implements FlowRule {

    @Override
    public String id() {
        return "vxlan-wrong-remote";
    }

    @Override
    public String reference() {
        return "F11";
    }

    @Override
    public boolean seesUntroubled() {
        return true;
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return scene.tunnels().isEmpty() || scene.cluster().isEmpty()
                ? Optional.empty()
                : flow.first(passage -> check(passage, scene));
    }

    /// It was seen on the node its destination belongs to.
    private static boolean arrives(Passage passage, Scene scene) {
        Stage last = passage.last();
        return scene.whereabouts()
                .owner(last.destinationAddress(), last.epochNanos())
                .filter(last.point().node()::equals)
                .isPresent();
    }

    private Optional<Observation> check(Passage passage, Scene scene) {
        return passage.path()
                .first(stage -> stage.outer() != null)
                .filter(stage -> !arrives(passage, scene))
                .flatMap(stage -> owner(stage, scene).flatMap(owner -> check(passage, stage, owner, scene)));
    }

    private static Optional<String> owner(Stage stage, Scene scene) {
        return scene.whereabouts().owner(stage.destinationAddress(), stage.epochNanos());
    }

    private Optional<Observation> check(Passage passage, Stage stage, String owner, Scene scene) {
        Encapsulation tunnel = Objects.requireNonNull(stage.outer());
        Set<Address> right = Vteps.of(owner, tunnel.destination(), scene);
        boolean wrong = !right.isEmpty() && !right.contains(tunnel.destination());
        boolean backToSender = right.contains(tunnel.source());
        return wrong && !backToSender
                ? Optional.of(observation(passage, stage, owner, right, scene))
                : Optional.empty();
    }

    private Observation observation(Passage passage, Stage stage, String owner, Set<Address> right, Scene scene) {
        Encapsulation tunnel = Objects.requireNonNull(stage.outer());
        String node = stage.point().node();
        String wrongNode = scene.cluster()
                .nodeName(tunnel.destination())
                .map(name -> " (" + name + ")")
                .orElse("");
        Claim claim = new Claim(
                "node " + node + " tunnels packets for " + stage.destinationAddress() + " to " + tunnel.destination()
                        + wrongNode + ", the address belongs to " + owner,
                "outer destination " + right.iterator().next() + " (" + owner + ")",
                "outer destination " + tunnel.destination(),
                "The route or forwarding entry for that pod range is stale on " + node
                        + ": compare bridge fdb and ip route (on Windows the RemoteSubnetRoute policies) with the nodes' pod"
                        + " ranges, and restart the network agent there.");
        String filter = DisplayFilter.address(tunnel.destination()) + " && " + DisplayFilter.tunnel(tunnel) + " && "
                + DisplayFilter.address(stage.destinationAddress());
        return new Observation(this, Severity.ERROR, Place.at(stage), claim, Proof.of(passage, stage, filter))
                .suspecting(tunnel.destination(), stage.destinationAddress());
    }
}

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

/// Tunnelled packets come from another address than their node's, or their outer addresses change on the way, and
/// nobody unpacks them.
///
/// A node may well tunnel from a second address that the lists do not name: then the others send there, too, or unpack
/// what comes from there.
final class VxlanWrongSource implements FlowRule {

    @Override
    public String id() {
        return "vxlan-wrong-source";
    }

    @Override
    public String reference() {
        return "F10, F16";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return scene.tunnels().isEmpty()
                ? Optional.empty()
                : flow.first(passage -> isStuck(flow, passage, scene)
                        ? translated(passage).or(() -> foreign(passage, scene))
                        : Optional.empty());
    }

    /// The packet was last seen in its tunnel, which nobody was seen to unpack.
    private static boolean isStuck(FlowCase flow, Passage passage, Scene scene) {
        Encapsulation tunnel = passage.last().outer();
        return tunnel != null
                && tunnel.kind().isOverlay()
                && Vteps.isStuck(flow, passage)
                && !scene.tunnels().isDecapsulated(tunnel);
    }

    /// Somebody between the nodes translates the outer addresses.
    private Optional<Observation> translated(Passage passage) {
        Stage before = null;
        for (Stage stage : passage.path().stages()) {
            if (before != null && isSameTunnelElsewhere(before, stage)) {
                return Optional.of(translated(passage, before, stage));
            }
            before = stage.outer() == null ? before : stage;
        }
        return Optional.empty();
    }

    private static boolean isSameTunnelElsewhere(Stage before, Stage stage) {
        Encapsulation from = Objects.requireNonNull(before.outer());
        Encapsulation to = stage.outer();
        return to != null
                && !before.point().node().equals(stage.point().node())
                && from.kind() == to.kind()
                && from.key() == to.key()
                && from.destination().equals(to.destination())
                && !from.source().equals(to.source());
    }

    private Observation translated(Passage passage, Stage before, Stage stage) {
        Address sent = Objects.requireNonNull(before.outer()).source();
        Address seen = Objects.requireNonNull(stage.outer()).source();
        Claim claim = new Claim(
                "the network translates tunnel packets of " + before.point().node() + " from " + sent + " to " + seen,
                "outer source " + sent,
                "outer source " + seen,
                Objects.requireNonNull(before.outer()).protocol()
                        + " does not bear address translation between the nodes: take it away between "
                        + before.point() + " and " + stage.point() + ", or let the nodes know each other by the"
                        + " addresses that they see.");
        return new Observation(this, Severity.ERROR, Place.at(stage), claim, Proof.of(passage, stage, filter(stage)));
    }

    /// The sender encapsulates from an address that nobody knows it by.
    private Optional<Observation> foreign(Passage passage, Scene scene) {
        return passage.path().first(stage -> stage.outer() != null).flatMap(stage -> scene.whereabouts()
                .owner(stage.sourceAddress(), stage.epochNanos())
                .flatMap(node -> foreign(passage, stage, node, scene)));
    }

    private Optional<Observation> foreign(Passage passage, Stage stage, String node, Scene scene) {
        Address source = Objects.requireNonNull(stage.outer()).source();
        Set<Address> right = Vteps.listed(node, source, scene);
        boolean known = right.isEmpty()
                || right.contains(source)
                || scene.cluster().isNodeAddress(source)
                || scene.tunnels().isRemote(source);
        return known
                ? Optional.empty()
                : Optional.of(foreign(passage, stage, node, right.iterator().next()));
    }

    private Observation foreign(Passage passage, Stage stage, String node, Address right) {
        Address source = Objects.requireNonNull(stage.outer()).source();
        Claim claim = new Claim(
                "node " + node + " encapsulates from " + source + ", which is no address of it that the cluster knows",
                "outer source " + right,
                "outer source " + source,
                "The overlay is bound to another network adapter than the one the nodes share: name the right one (flannel"
                        + " --iface, Calico IP_AUTODETECTION_METHOD, on Windows VXLAN_ADAPTER; compare ManagementIP in"
                        + " Get-HnsNetwork with " + right + ") and make the overlay network on " + node + " anew.");
        return new Observation(this, Severity.ERROR, Place.at(stage), claim, Proof.of(passage, stage, filter(stage)))
                .suspecting(source);
    }

    private static String filter(Stage stage) {
        Encapsulation tunnel = Objects.requireNonNull(stage.outer());
        return DisplayFilter.tunnel(tunnel) + " && " + DisplayFilter.address(tunnel.source());
    }
}

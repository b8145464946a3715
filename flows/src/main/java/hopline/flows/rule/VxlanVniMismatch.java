package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Stage;
import hopline.flows.path.Passage;
import hopline.flows.path.Tunnels;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.state.Node;
import hopline.flows.state.Vtep;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// A node encapsulates under another network identifier than the one that decapsulates.
///
/// Which identifier is right is told by the nodes' annotations, else by what is decapsulated somewhere, else by what
/// most nodes use. Where only one identifier is seen, and all that arrives under it stays encapsulated, it is likely.
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
        return Stream.concat(flow.forward().stream(), flow.reverse().stream())
                .filter(passage -> passage.isLost() && passage.last().outer() != null)
                .flatMap(passage -> check(passage, scene).stream())
                .findFirst();
    }

    private Optional<Observation> check(Passage passage, Scene scene) {
        Stage last = passage.last();
        Encapsulation tunnel = Objects.requireNonNull(last.outer());
        if (!hasArrived(last, tunnel, scene) || isDecapsulatedSomewhere(tunnel, scene)) {
            return Optional.empty();
        }
        OptionalInt right = rightVni(tunnel, scene);
        if (right.isPresent() && right.getAsInt() != tunnel.vni()) {
            return passage.path()
                    .first(stage -> tunnel.equals(stage.outer()))
                    .map(stage -> observation(passage, stage, tunnel.vni(), right.getAsInt()));
        }
        return wrongAtReceiver(passage, tunnel, scene);
    }

    /// The packet is at the node that should decapsulate it, and other points of that node were captured.
    private static boolean hasArrived(Stage last, Encapsulation tunnel, Scene scene) {
        String node = last.point().node();
        boolean isEnd = scene.nodeAddress(node, tunnel.destination())
                        .filter(tunnel.destination()::equals)
                        .isPresent()
                || scene.topology().tunnelEnd(node).filter(tunnel.destination()::equals).isPresent()
                || scene.topology().tunnelHome(tunnel.destination())
                        .filter(home -> home.node().equals(node))
                        .isPresent();
        return isEnd && scene.hasOtherPoints(last.point());
    }

    private static boolean isDecapsulatedSomewhere(Encapsulation tunnel, Scene scene) {
        return scene.tunnels().all().stream()
                .filter(use -> use.encapsulation().equals(tunnel))
                .anyMatch(use -> use.decapsulated() > 0);
    }

    private static OptionalInt rightVni(Encapsulation tunnel, Scene scene) {
        OptionalInt stated = statedVni(tunnel.source(), scene);
        OptionalInt peers = statedVni(tunnel.destination(), scene);
        if (stated.isPresent() && stated.equals(peers)) {
            return stated;
        }
        return commonVni(scene);
    }

    private static OptionalInt statedVni(Address vtep, Scene scene) {
        return scene.cluster()
                .nodeName(vtep)
                .flatMap(scene.cluster()::node)
                .flatMap(Node::vtep)
                .map(Vtep::vni)
                .orElse(OptionalInt.empty());
    }

    /// Decapsulated packets weigh most, then the number of nodes that send under an identifier.
    private static OptionalInt commonVni(Scene scene) {
        Map<Integer, Long> weights = new HashMap<>();
        Map<Integer, Set<Address>> senders = new HashMap<>();
        for (Tunnels.Use use : scene.tunnels().all()) {
            int vni = use.encapsulation().vni();
            weights.merge(vni, use.decapsulated() * 1_000, Long::sum);
            senders.computeIfAbsent(vni, v -> new HashSet<>()).add(use.encapsulation().source());
        }
        senders.forEach((vni, nodes) -> weights.merge(vni, (long) nodes.size(), Long::sum));
        if (weights.size() < 2 || isTied(weights)) {
            return OptionalInt.empty();
        }
        return weights.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(entry -> OptionalInt.of(entry.getKey()))
                .orElse(OptionalInt.empty());
    }

    private static boolean isTied(Map<Integer, Long> weights) {
        long most = weights.values().stream().max(Comparator.naturalOrder()).orElse(0L);
        return weights.values().stream().filter(weight -> weight == most).count() > 1;
    }

    private Observation observation(Passage passage, Stage stage, int actual, int expected) {
        String node = stage.point().node();
        Claim claim = new Claim(
                node + " encapsulates under VNI " + actual + ", the overlay uses VNI " + expected,
                "VNI " + expected,
                "VNI " + actual,
                "Give all nodes the same VNI (flannel net-conf VNI 4096 for Windows, Calico vxlanVNI), then restart the"
                        + " network agent on " + node + " so that its tunnel device is made anew.");
        return new Observation(
                this, Severity.ERROR, Place.at(stage), claim, Proof.of(passage, stage, filter(actual)));
    }

    /// The sender's identifier is as good as any: the receiver does not take it.
    private Optional<Observation> wrongAtReceiver(Passage passage, Encapsulation tunnel, Scene scene) {
        Stage last = passage.last();
        String node = last.point().node();
        boolean takesNone = scene.tunnels().all().stream()
                .filter(use -> use.encapsulation().destination().equals(tunnel.destination()))
                .filter(use -> use.encapsulation().vni() == tunnel.vni())
                .noneMatch(use -> use.decapsulated() > 0);
        if (!takesNone) {
            return Optional.empty();
        }
        Optional<Integer> own = scene.tunnels().all().stream()
                .map(Tunnels.Use::encapsulation)
                .filter(other -> other.source().equals(tunnel.destination()) && other.vni() != tunnel.vni())
                .map(Encapsulation::vni)
                .findFirst();
        Claim claim = new Claim(
                "packets arrive at " + node + " under VNI " + tunnel.vni() + ", and none is decapsulated",
                "decapsulated on " + node + own.map(vni -> ", which itself uses VNI " + vni).orElse(""),
                "VNI " + tunnel.vni() + ", still encapsulated",
                "Compare the VNI of both nodes' tunnel devices (ip -d link, Get-HnsNetwork): they must be equal. If they are,"
                        + " look for a firewall on " + node + " that drops UDP " + tunnel.port() + ".");
        Place place = Place.lastSeen(last.point());
        Observation observation =
                new Observation(this, Severity.ERROR, place, claim, Proof.of(passage, last, filter(tunnel.vni())));
        return Optional.of(own.isPresent() ? observation : observation.likely());
    }

    private static String filter(int vni) {
        return "vxlan.vni == " + vni;
    }
}

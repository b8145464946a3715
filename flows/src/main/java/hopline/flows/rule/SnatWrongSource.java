package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.stage.Stage;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.rule.Translations.Translated;
import hopline.flows.scene.Category;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.Optional;

/// A node translates the source of its pods' packets to an address to which answers do not come back.
///
/// That is one which is neither the node's nor out of its pods' range; or, in an overlay, one out of that range for
/// packets to another node's own address, which leave outside the overlay and are answered outside it. Gateways for
/// outgoing traffic lend addresses of their own: answers that found back under it make an address right.
final class SnatWrongSource implements FlowRule {

    @Override
    public String id() {
        return "snat-wrong-source";
    }

    @Override
    public String reference() {
        return "F24, F25";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        if (flow.initiator().pod().isEmpty()) {
            return Optional.empty();
        }
        return flow.firstForward(
                        passage -> Translations.ofSource(passage).flatMap(nat -> check(flow, passage, nat, scene)))
                .filter(observation -> Failures.fails(flow, scene));
    }

    private Optional<Observation> check(FlowCase flow, Passage passage, Translated nat, Scene scene) {
        Address source = nat.to().address();
        if (scene.cluster().isServiceAddress(source)) {
            return Optional.empty(); // the capture began in the middle, and took answers for questions
        }
        if (!isOfNode(nat, scene)) {
            boolean answered = !scene.habits()
                    .masquerades()
                    .answered(nat.stage().point().node(), source)
                    .isEmpty();
            return answered ? Optional.empty() : Optional.of(foreign(flow, nat, passage, scene));
        }
        return leavesOverlay(nat, passage, scene) ? Optional.of(unroutable(nat, passage, scene)) : Optional.empty();
    }

    /// The node's own address, or one that it may give to a pod: answers to those come to it.
    private static boolean isOfNode(Translated nat, Scene scene) {
        return scene.whereabouts()
                .owner(nat.to().address(), nat.stage().epochNanos())
                .filter(nat.stage().point().node()::equals)
                .isPresent();
    }

    /// From the node's end of the overlay to another node's own address: the answer takes no tunnel.
    private static boolean leavesOverlay(Translated nat, Passage passage, Scene scene) {
        Address source = nat.to().address();
        Stage last = passage.last();
        return !scene.tunnels().isEmpty()
                && scene.isPod(source)
                && scene.cluster().pod(source, last.epochNanos()).isEmpty()
                && last.outer() == null
                && scene.cluster().isNodeAddress(last.destinationAddress())
                && scene.habits().masquerades().answered(nat.stage().point().node(), source).stream()
                        .noneMatch(scene.cluster()::isNodeAddress);
    }

    private Observation foreign(FlowCase flow, Translated nat, Passage passage, Scene scene) {
        String node = nat.stage().point().node();
        Address source = nat.to().address();
        String whose = scene.whereabouts()
                .owner(source, nat.stage().epochNanos())
                .map(owner -> "which belongs to " + owner)
                .orElse("which is not of " + node);
        Claim claim = new Claim(
                "node " + node + " gives packets of its pods the source " + source + ", " + whose,
                right(node, source, scene),
                source.toString(),
                "Answers go to " + source + ", and not to " + node
                        + ": look for a translation left from an earlier pod range (on Windows delete SourceVip.json and"
                        + " restart kube-proxy), and at the rules that masquerade there.");
        Observation observation =
                new Observation(this, Severity.ERROR, Place.at(nat.stage()), claim, Proof.of(passage, nat.stage()));
        return flow.category() == Category.POD_TO_INTERNET ? observation.likely() : observation;
    }

    private Observation unroutable(Translated nat, Passage passage, Scene scene) {
        String node = nat.stage().point().node();
        Claim claim = new Claim(
                "packets of pods to nodes' own addresses leave " + node + " from "
                        + nat.to().address() + ", an address of the overlay",
                right(node, nat.to().address(), scene),
                nat.to().address().toString(),
                "A node answers by way of its own network, not through the overlay: services whose endpoints are nodes, as"
                        + " the API server's, need the node's address as source (on Windows the SourceVIP of that load"
                        + " balancer; Kubernetes 1.19 and later set it).");
        return new Observation(this, Severity.ERROR, Place.at(nat.stage()), claim, Proof.of(passage, nat.stage()));
    }

    private static String right(String node, Address like, Scene scene) {
        return scene.nodeAddress(node, like).map(Address::toString).orElse("an address of " + node);
    }
}

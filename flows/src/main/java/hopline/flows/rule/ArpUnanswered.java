package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.stage.Stage;
import hopline.flows.path.Fate;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import hopline.flows.scene.Unresolved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Somebody asks for a link-layer address, by ARP or IPv6 neighbour discovery, again and again, and nobody answers.
///
/// In a flow: its packet ends where the node could not resolve the next hop. Probes and announcements are left out, and
/// so are points where an answer would not pass.
final class ArpUnanswered implements FlowRule, SceneRule {

    /// A node asks for its router while packets wait for it.
    private static final long SAME_TIME_NANOS = 5_000_000_000L;

    /// Somebody who asks in vain for more addresses than this scans the network: one finding says so.
    private static final int MAX_TARGETS = 16;

    @Override
    public String id() {
        return "arp-unanswered";
    }

    @Override
    public String reference() {
        return "F38, F42";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return scene.unresolved().isEmpty()
                ? Optional.empty()
                : flow.first(passage -> isStuck(flow, passage)
                        ? cause(passage, scene).map(unresolved -> observation(unresolved, scene))
                        : Optional.empty());
    }

    private static boolean isStuck(FlowCase flow, Passage passage) {
        return passage.isLost() || !flow.isAnswered();
    }

    /// The questions nobody answered, whether or not a flow shows what failed because of them.
    @Override
    public List<Observation> check(Scene scene) {
        Map<Address, List<Unresolved>> byAsker = new LinkedHashMap<>();
        scene.unresolved().forEach(unresolved -> byAsker.computeIfAbsent(unresolved.asker(), asker -> new ArrayList<>())
                .add(unresolved));
        List<Observation> observations = new ArrayList<>();
        byAsker.values().forEach(asked -> {
            if (asked.size() > MAX_TARGETS) {
                observations.add(scan(asked, scene));
            } else {
                asked.forEach(unresolved -> observations.add(observation(unresolved, scene)));
            }
        });
        return observations;
    }

    private Observation scan(List<Unresolved> asked, Scene scene) {
        Observation first = observation(asked.getFirst(), scene);
        String asker = asked.getFirst().asker().toString();
        Claim claim = new Claim(
                "host " + asker + " asks for the link-layer addresses of " + asked.size() + " hosts that nobody has",
                "few questions, answered",
                asked.size() + " addresses asked for in vain",
                "This is what a scan of the network looks like, or a route that declares a whole range to be on the link:"
                        + " look what runs on " + asker + ".");
        return new Observation(this, Severity.WARNING, first.place(), claim, first.proof());
    }

    /// The question about this packet's next hop that its last node asked in vain: about its destination or, when it
    /// was on its way out, about whatever router the node asked for at the time.
    private static Optional<Unresolved> cause(Passage passage, Scene scene) {
        Stage last = passage.last();
        for (Unresolved unresolved : scene.unresolved()) {
            boolean here = unresolved.point().node().equals(last.point().node());
            boolean isDestination = unresolved.target().equals(last.destinationAddress());
            if (here && (isDestination || isNextHop(unresolved, passage, scene))) {
                return Optional.of(unresolved);
            }
        }
        return Optional.empty();
    }

    private static boolean isNextHop(Unresolved unresolved, Passage passage, Scene scene) {
        Stage last = passage.last();
        boolean outward = (passage.isLost() || passage.fate() instanceof Fate.Unknown)
                && !scene.whereabouts().isAtUplink(last)
                && scene.whereabouts()
                        .owner(last.destinationAddress(), last.epochNanos())
                        .filter(last.point().node()::equals)
                        .isEmpty();
        return outward
                && scene.whereabouts().isUplink(unresolved.point())
                && unresolved.firstNanos() <= passage.route().lastNanos() + SAME_TIME_NANOS
                && unresolved.lastNanos() >= passage.route().firstNanos() - SAME_TIME_NANOS;
    }

    private Observation observation(Unresolved unresolved, Scene scene) {
        Stage question = unresolved.question();
        Address target = unresolved.target();
        String asker = scene.cluster()
                .pod(unresolved.asker(), question.epochNanos())
                .map(pod -> pod.id().toString())
                .orElse(unresolved.asker().toString());
        int requests = unresolved.resolution().requests();
        Claim claim = new Claim(
                "nobody answers " + asker + "'s question for the link-layer address of " + target,
                "an answer for " + target,
                requests + " questions, no answer",
                "Check that " + target + " exists and is attached behind " + question.point()
                        + ": a pod that is gone, a wrong gateway in the pod's routes (.1 or .2 by network type on Windows), a"
                        + " bridge port that is down, or a filter on ARP.");
        Proof proof = new Proof(
                unresolved.path().stages(),
                requests,
                unresolved.firstNanos(),
                unresolved.lastNanos(),
                question.protocol() == Stage.ARP
                        ? "arp.dst.proto_ipv4 == " + target
                        : "icmpv6.nd.ns.target_address == " + target);
        return new Observation(this, Severity.ERROR, Place.at(question), claim, proof).suspecting(target);
    }
}

package hopline.flows.rule;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.path.Fate;
import hopline.flows.path.Passage;
import hopline.flows.path.Path;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.rule.Resolutions.Resolution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Somebody asks for a link-layer address, by ARP or IPv6 neighbour discovery, again and again, and nobody answers.
///
/// In a flow: its packet ends where the node could not resolve the next hop. Probes and announcements are left out, and
/// so are points where an answer would not pass.
final class ArpUnanswered implements FlowRule, SceneRule {

    /// An answer that is to come comes before hosts ask again, which is after about a second.
    private static final long MIN_WAIT_NANOS = 500_000_000;

    /// A node asks for its router while packets wait for it.
    private static final long SAME_TIME_NANOS = 5_000_000_000L;

    private static final int MIN_REQUESTS = 2;

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
        return Stream.concat(flow.forward().stream(), flow.reverse().stream())
                .filter(passage -> passage.fate() instanceof Fate.Lost || !flow.isAnswered())
                .flatMap(passage -> unresolved(passage, scene).stream()
                        .map(resolution -> observation(resolution, scene)))
                .findFirst();
    }

    /// The questions nobody answered, whether or not a flow shows what failed because of them.
    @Override
    public List<Observation> check(Scene scene) {
        Map<Address, List<Resolution>> byAsker = new LinkedHashMap<>();
        scene.resolutions().all().stream()
                .filter(resolution -> isUnanswered(resolution, scene))
                .forEach(resolution -> byAsker
                        .computeIfAbsent(resolution.asker(), asker -> new ArrayList<>())
                        .add(resolution));
        List<Observation> observations = new ArrayList<>();
        byAsker.values().forEach(asked -> {
            if (asked.size() > MAX_TARGETS) {
                observations.add(scan(asked, scene));
            } else {
                asked.forEach(resolution -> observations.add(observation(resolution, scene)));
            }
        });
        return observations;
    }

    private Observation scan(List<Resolution> asked, Scene scene) {
        Observation first = observation(asked.getFirst(), scene);
        String asker = asked.getFirst().asker().toString();
        Claim claim = new Claim(
                asker + " asks for the link-layer addresses of " + asked.size() + " hosts that nobody has",
                "few questions, answered",
                asked.size() + " addresses asked for in vain",
                "This is what a scan of the network looks like, or a route that declares a whole range to be on the link:"
                        + " look what runs on " + asker + ".");
        return new Observation(this, Severity.WARNING, first.place(), claim, first.proof());
    }

    /// The question about this packet's next hop that its last node asked in vain: about its destination or, when it
    /// was on its way out, about whatever router the node asked for at the time.
    private static Optional<Resolution> unresolved(Passage passage, Scene scene) {
        Stage last = passage.last();
        return scene.resolutions().all().stream()
                .filter(resolution -> isUnanswered(resolution, scene))
                .filter(resolution -> origin(resolution, scene)
                        .filter(point -> point.node().equals(last.point().node()))
                        .isPresent())
                .filter(resolution -> resolution.target().equals(last.destinationAddress())
                        || isNextHop(resolution, passage, scene))
                .findFirst();
    }

    private static boolean isNextHop(Resolution resolution, Passage passage, Scene scene) {
        Stage last = passage.last();
        boolean outward = passage.isLost()
                && !scene.whereabouts().isAtUplink(last)
                && scene.whereabouts()
                        .owner(last.destinationAddress(), last.epochNanos())
                        .filter(last.point().node()::equals)
                        .isEmpty();
        boolean atUplink = origin(resolution, scene)
                .filter(scene.whereabouts()::isUplink)
                .isPresent();
        long asked = Objects.requireNonNull(resolution.firstRequest()).first().epochNanos();
        long askedLast = Objects.requireNonNull(resolution.lastRequest()).first().epochNanos();
        return outward
                && atUplink
                && asked <= passage.route().lastNanos() + SAME_TIME_NANOS
                && askedLast >= passage.route().firstNanos() - SAME_TIME_NANOS;
    }

    /// Where the question was seen first.
    private static Optional<CapturePoint> origin(Resolution resolution, Scene scene) {
        return Optional.ofNullable(resolution.firstRequest())
                .map(journey -> scene.topology().path(journey, false).first().point());
    }

    /// Whether nobody answered who could have been seen to.
    static boolean isUnanswered(Resolution resolution, Scene scene) {
        Journey first = resolution.firstRequest();
        if (first == null
                || resolution.isAnswered()
                || resolution.requests() < MIN_REQUESTS
                || scene.resolutions().isAnnounced(resolution.target())) {
            return false;
        }
        CapturePoint point = scene.topology().path(first, false).first().point();
        boolean answerWouldPass = scene.topology()
                .home(resolution.asker())
                .filter(home -> home.id() == point.id())
                .isPresent();
        boolean waited = scene.remainingNanos(point, first.first().epochNanos()) >= MIN_WAIT_NANOS;
        return answerWouldPass && waited;
    }

    Observation observation(Resolution resolution, Scene scene) {
        Journey example = Objects.requireNonNull(resolution.firstRequest());
        Path path = scene.topology().path(example, false);
        Stage first = path.first();
        String asker = scene.cluster()
                .pod(resolution.asker(), first.epochNanos())
                .map(pod -> pod.id().toString())
                .orElse(resolution.asker().toString());
        Claim claim = new Claim(
                "nobody answers " + asker + "'s question for the link-layer address of " + resolution.target(),
                "an answer for " + resolution.target(),
                resolution.requests() + " questions, no answer",
                "Check that " + resolution.target() + " exists and is attached behind " + first.point()
                        + ": a pod that is gone, a wrong gateway in the pod's routes (.1 or .2 by network type on Windows), a"
                        + " bridge port that is down, or a filter on ARP.");
        Proof proof = new Proof(
                path.stages(),
                resolution.requests(),
                first.epochNanos(),
                Objects.requireNonNull(resolution.lastRequest()).first().epochNanos(),
                first.protocol() == Stage.ARP
                        ? "arp.dst.proto_ipv4 == " + resolution.target()
                        : "icmpv6.nd.ns.target_address == " + resolution.target());
        return new Observation(this, Severity.ERROR, Place.at(first), claim, proof)
                .suspecting(resolution.target());
    }
}

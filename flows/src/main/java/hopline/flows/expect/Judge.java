package hopline.flows.expect;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Stage;
import hopline.flows.path.Fate;
import hopline.flows.path.Passage;
import hopline.flows.path.Path;
import hopline.flows.scene.FlowCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds what was captured against what the state says must happen.
///
/// Stages and steps are compared by node and by what rewriting changes: addresses, ports, tunnel. What the kernel or
/// VFP choose at will (a port for a translated source, one of several backends) agrees with any choice. Frames and
/// times to live are left out: the order of what is captured on Windows is not certain enough for them.
public final class Judge {

    /// Steps between two interfaces, at most.
    private static final int DETOUR = 8;

    /// Walks that are kept: a flow's passages begin alike, and each of its answers asks for the question again.
    private static final int MAX_KEPT = 64;

    private final Walker walker;
    private final boolean isStrict;
    private final Map<Begin, Asked> kept = new LinkedHashMap<>(2 * MAX_KEPT, 0.75f, true);

    /// How a walk begins.
    private record Begin(Headers packet, Walker.Start start) {

        /// What records have by themselves is linked at run time, which a short capture waits for.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Begin that && packet.equals(that.packet) && start.equals(that.start);
        }

        @Override
        public int hashCode() {
            return packet.hashCode() * 31 + start.hashCode();
        }
    }

    /// A walk with the answers to each of its ways.
    private record Asked(Expectation question, List<Expectation> answers) {}

    /// Judges by what `walker` knows.
    ///
    /// @param isStrict each interface is passed once, and what the way ends with must be planned: for state whose
    ///     interfaces have no names, so that every one would fit
    public Judge(Walker walker, boolean isStrict) {
        this.walker = walker;
        this.isStrict = isStrict;
    }

    /// The way a flow's packets in one direction must go beside the way they went; empty where no walk can begin.
    public Optional<Judgement> judge(FlowCase flow, Passage passage, boolean isForward) {
        Stage first = passage.path().first();
        if (!first.isIp() || first.isFragment()) {
            return Optional.empty();
        }
        Optional<Asked> asked =
                isForward ? forward(passage) : flow.mainForward().flatMap(this::forward);
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Expectation question = asked.get().question();
        List<Expectation> expected = isForward ? List.of(question) : asked.get().answers();
        Judgement best = null;
        for (Expectation expectation : expected) {
            for (Walk walk : expectation.walks()) {
                Judgement judgement = compare(passage, expectation, walk, isForward);
                best = best == null || isCloser(judgement, best) ? judgement : best;
            }
        }
        boolean isOpen = best != null
                && best.ruling() == Judgement.Ruling.CONTRADICTED
                && (question.omitted() > 0 || hasMore(expected) || (!isForward && isFromNode(flow)));
        return isOpen ? Optional.of(best.unexplained()) : Optional.ofNullable(best);
    }

    /// Whether there are ways that were not followed, one of which may be the one that was seen.
    private static boolean hasMore(List<Expectation> expected) {
        return expected.stream().anyMatch(expectation -> expectation.omitted() > 0);
    }

    /// What a node's own process sends is translated before anything can see it.
    private boolean isFromNode(FlowCase flow) {
        return flow.mainForward()
                .flatMap(way -> start(way.path().first()))
                .filter(start -> start instanceof Walker.Start.AtNode)
                .isPresent();
    }

    private static boolean isCloser(Judgement one, Judgement other) {
        return agreed(one) != agreed(other)
                ? agreed(one) > agreed(other)
                : one.ruling().compareTo(other.ruling()) < 0;
    }

    private static int agreed(Judgement judgement) {
        return judgement.difference().map(Judgement.Difference::stage).orElse(Integer.MAX_VALUE);
    }

    private Optional<Asked> forward(Passage passage) {
        Stage first = passage.path().first();
        return start(first).map(start -> asked(new Begin(headers(first), start)));
    }

    private Asked asked(Begin begin) {
        Asked known = kept.get(begin);
        if (known != null) {
            return known;
        }
        Expectation question = walker.walk(begin.packet(), begin.start());
        Asked asked = new Asked(question, answers(question));
        kept.put(begin, asked);
        if (kept.size() > MAX_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        return asked;
    }

    /// Where a packet begins that was first seen at `first`: with its sender, if that lives on the node.
    private Optional<Walker.Start> start(Stage first) {
        String node = first.point().node();
        if (first.outer() != null || !walker.nodes().contains(node)) {
            return Optional.empty();
        }
        Optional<Walker.Start> start = walker.start(first.sourceAddress(), first.destinationAddress());
        boolean isHome = start.map(Walker.Start::node).equals(Optional.of(node));
        return isHome ? start : Optional.of(new Walker.Start.AtWire(node));
    }

    private static Headers headers(Stage stage) {
        return Headers.of(
                stage.protocol(), bare(stage, stage.source()), bare(stage, stage.destination()), stage.timeToLive());
    }

    /// What stands for a port in ICMP is no part of the expected packet.
    private static Endpoint bare(Stage stage, Endpoint end) {
        return hopline.decode.IpProtocol.hasPorts(stage.protocol())
                ? end
                : new Endpoint(end.address(), Endpoint.NO_PORT);
    }

    /// The answers to each way the question may have gone.
    private List<Expectation> answers(Expectation question) {
        return question.walks().stream()
                .flatMap(walk -> walker.answer(walk).stream())
                .toList();
    }

    private Judgement compare(Passage passage, Expectation expectation, Walk walk, boolean isForward) {
        Stage first = passage.path().first();
        Asker asker = new Asker(isForward ? first.sourceAddress() : lastDestination(passage), isForward);
        List<Stage> stages = passage.path().stages();
        List<Step> steps = walk.steps();
        List<Optional<Step>> explained = new ArrayList<>();
        int at = 0;
        boolean isDetour = false;
        for (int i = 0; i < stages.size(); i++) {
            boolean isPassed = isStrict && i > 0 && steps.get(at).place().kind() == Place.Kind.INTERFACE;
            int found = next(steps, isPassed ? at + 1 : at, stages.get(i), asker);
            boolean mayStray = !isDetour && !(isStrict && i == stages.size() - 1);
            isDetour = found < 0 && mayStray && isUnplanned(steps, at, stages.get(i));
            found = isDetour ? detour(steps, at, stages.get(i), asker) : found;
            if (found < 0) {
                return differing(passage, expectation, walk, explained, i, at);
            }
            explained.add(Optional.of(decisive(steps, at, found)));
            at = found;
        }
        return atEnd(passage, expectation, walk, explained, at);
    }

    /// The step that decided what was seen: the last between two stages that changed the packet, else the place itself.
    private static Step decisive(List<Step> steps, int from, int to) {
        for (int i = to; i > from; i--) {
            Action action = steps.get(i).action();
            if (!(action instanceof Action.Pass) && !(action instanceof Action.Forward)) {
                return steps.get(i);
            }
        }
        return steps.get(to);
    }

    /// The first step from `at` on after which the packet is as `stage` shows it, or -1.
    private static int next(List<Step> steps, int at, Stage stage, Asker asker) {
        for (int i = at; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (isAt(step.place(), stage, steps) && agrees(step.after(), stage, asker)) {
                return i;
            }
        }
        return -1;
    }

    /// Whether a stage may be at that place. On Linux interfaces have names; Windows calls its ports otherwise in
    /// captures than in its state.
    private static boolean isAt(Place place, Stage stage, List<Step> steps) {
        if (!place.node().equals(stage.point().node())) {
            return false;
        }
        return place.kind() == Place.Kind.INTERFACE
                ? place.point().equals(stage.point().name()) || place.point().startsWith("the ")
                : !hasInterfaces(place.node(), steps);
    }

    private static boolean hasInterfaces(String node, List<Step> steps) {
        for (Step step : steps) {
            if (step.place().kind() == Place.Kind.INTERFACE
                    && step.place().node().equals(node)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the state does not lead past the interface any more.
    private static boolean isUnplanned(List<Step> steps, int at, Stage stage) {
        for (int i = at; i < steps.size(); i++) {
            Place place = steps.get(i).place();
            if (place.node().equals(stage.point().node())
                    && place.kind() == Place.Kind.INTERFACE
                    && place.point().equals(stage.point().name())) {
                return false;
            }
        }
        return true;
    }

    /// What stays on a bridge may pass the bridge itself, as long as the node does not know the neighbour: then the
    /// packet is as before the next interface, or behind it. One detour must not follow another: no state leads so.
    private static int detour(List<Step> steps, int at, Stage stage, Asker asker) {
        for (int i = at; i < steps.size() && i <= at + DETOUR; i++) {
            Step step = steps.get(i);
            if (step.place().node().equals(stage.point().node()) && agrees(step.after(), stage, asker)) {
                return i;
            }
        }
        return -1;
    }

    /// Who asks: in place of its address nodes write another, with whatever port is free.
    ///
    /// @param isSource packets come from it, else they go to it
    private record Asker(Address address, boolean isSource) {

        boolean chooses(Endpoint expected, boolean ofSource) {
            return ofSource == isSource && !expected.address().equals(address);
        }
    }

    private static Address lastDestination(Passage passage) {
        return passage.path().last().destinationAddress();
    }

    private static boolean agrees(Headers expected, Stage stage, Asker asker) {
        return expected.protocol() == stage.protocol()
                && expected.destination().address().equals(stage.destinationAddress())
                && expected.source().address().equals(stage.sourceAddress())
                && samePort(expected.destination(), stage.destination(), asker.chooses(expected.destination(), false))
                && samePort(expected.source(), stage.source(), asker.chooses(expected.source(), true))
                && sameTunnel(expected.tunnel().orElse(null), stage.outer());
    }

    private static boolean samePort(Endpoint expected, Endpoint found, boolean isChosen) {
        return !expected.hasPort() || isChosen || expected.port() == found.port();
    }

    private static boolean sameTunnel(@Nullable Tunnel expected, @Nullable Encapsulation found) {
        if (expected == null || found == null) {
            return expected == null && found == null;
        }
        return expected.source().equals(found.source())
                && expected.destination().equals(found.destination())
                && (expected.vni() < 0 || expected.vni() == found.vni())
                && (expected.port() < 0 || expected.port() == found.port());
    }

    private Judgement differing(
            Passage passage, Expectation expectation, Walk walk, List<Optional<Step>> explained, int stage, int at) {
        List<Optional<Step>> hops = new ArrayList<>(explained);
        while (hops.size() < passage.path().size()) {
            hops.add(Optional.empty());
        }
        boolean isOpen = walk.outcome() instanceof Outcome.Unknown;
        boolean isCircle = walk.outcome() instanceof Outcome.Endless
                && (at == walk.steps().size() - 1 || goesRound(passage.path(), stage));
        Judgement.Difference difference = new Judgement.Difference(stage, change(walk.steps(), at), walk.outcome());
        return new Judgement(
                passage,
                expectation,
                walk,
                hops,
                isOpen
                        ? Judgement.Ruling.UNEXPLAINED
                        : isCircle ? Judgement.Ruling.CONFIRMED : Judgement.Ruling.CONTRADICTED,
                isCircle ? Optional.empty() : Optional.of(difference));
    }

    /// The packet is where it was before, and as it was: a walk ends there, a packet goes on.
    private static boolean goesRound(Path path, int at) {
        return path.stages().stream()
                .limit(at)
                .anyMatch(before -> before.samePoint(path.stages().get(at))
                        && before.sameTuple(path.stages().get(at)));
    }

    /// The first step after `at` that changes the packet or ends it.
    private static Optional<Step> change(List<Step> steps, int at) {
        for (int i = at + 1; i < steps.size(); i++) {
            boolean changes = !(steps.get(i).action() instanceof Action.Pass)
                    && !(steps.get(i).action() instanceof Action.Forward)
                    && !(steps.get(i).action() instanceof Action.Route);
            if (changes) {
                return Optional.of(steps.get(i));
            }
        }
        return steps.isEmpty() ? Optional.empty() : Optional.of(steps.getLast());
    }

    /// The capture ends. That is as it must be where nothing further was captured, or where the state ends it too.
    private Judgement atEnd(
            Passage passage, Expectation expectation, Walk walk, List<Optional<Step>> explained, int at) {
        boolean endsHere = ends(walk.outcome());
        Optional<Step> next = firstElsewhere(walk.steps(), at);
        Optional<Judgement.Difference> difference = Optional.empty();
        if (passage.isLost() && !endsHere && next.isPresent()) {
            difference = Optional.of(new Judgement.Difference(passage.path().size(), next, walk.outcome()));
        } else if (passage.fate() instanceof Fate.Delivered && endsHere && !(walk.outcome() instanceof Outcome.Left)) {
            Optional<Step> last = Optional.of(walk.steps().getLast());
            difference = Optional.of(new Judgement.Difference(passage.path().size(), last, walk.outcome()));
        }
        boolean isOpen = walk.outcome() instanceof Outcome.Unknown;
        Judgement.Ruling ruling = isOpen
                ? Judgement.Ruling.UNEXPLAINED
                : difference.isPresent() ? Judgement.Ruling.CONTRADICTED : Judgement.Ruling.CONFIRMED;
        return new Judgement(
                passage,
                expectation,
                walk,
                explained,
                ruling,
                ruling == Judgement.Ruling.CONTRADICTED ? difference : Optional.empty());
    }

    /// Whether the state says that the packet does not arrive.
    private static boolean ends(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered delivered -> false;
            case Outcome.Left left -> !left.note().isEmpty();
            case Outcome.Dropped dropped -> true;
            case Outcome.Unknown unknown -> true;
            case Outcome.Endless endless -> true;
        };
    }

    /// The next place on the way.
    private static Optional<Step> firstElsewhere(List<Step> steps, int at) {
        Place here = steps.get(at).place();
        return steps.stream()
                .skip(at + 1L)
                .filter(step -> !step.place().equals(here))
                .filter(step ->
                        step.place().kind() != Place.Kind.HOST && step.place().kind() != Place.Kind.WIRE)
                .findFirst();
    }
}

package hopline.flows.expect;

import hopline.decode.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A packet on its way, with all it met so far. Where the state leaves a choice, the trail is forked.
final class Trail {

    /// Longer ways are circles.
    private static final int MAX_STEPS = 1500;

    /// Who runs out of hops after so many steps went round.
    private static final int LONG_WAY = 100;

    private final Sink sink;
    private final List<Step> steps;
    private final List<String> choices;
    private final Set<Doubt> doubts;
    private final List<Translation> translations;
    private final List<Translation> remembered;
    private final boolean isAnswer;
    private final int octets;
    private Headers headers;
    private @Nullable Translation pending;
    private @Nullable Headers restoredFrom;
    private boolean ended;

    /// Where walks end up.
    static final class Sink {

        private final List<Walk> walks = new ArrayList<>();
        private final int limit;
        private long omitted;

        Sink(int limit) {
            this.limit = limit;
        }

        private void add(Walk walk) {
            if (walks.size() < limit) {
                walks.add(walk);
            } else {
                omitted++;
            }
        }

        boolean isFull() {
            return walks.size() >= limit;
        }

        void omit(long more) {
            omitted += more;
        }

        List<Walk> walks() {
            return walks;
        }

        long omitted() {
            return omitted;
        }
    }

    private Trail(
            Sink sink,
            List<Step> steps,
            List<String> choices,
            Set<Doubt> doubts,
            List<Translation> translations,
            List<Translation> remembered,
            boolean isAnswer,
            int octets,
            Headers headers) {
        this.octets = octets;
        this.sink = sink;
        this.steps = steps;
        this.choices = choices;
        this.doubts = doubts;
        this.translations = translations;
        this.remembered = remembered;
        this.isAnswer = isAnswer;
        this.headers = headers;
    }

    /// A packet that begins.
    ///
    /// @param octets its length from the IP header on; 0 when it does not matter
    static Trail begin(Sink sink, Headers headers, int octets) {
        return begin(sink, headers, List.of(), false, octets);
    }

    /// An answer that begins.
    ///
    /// @param remembered the translations of what it answers
    static Trail answer(Sink sink, Headers headers, List<Translation> remembered) {
        return begin(sink, headers, remembered, true, 0);
    }

    private static Trail begin(Sink sink, Headers headers, List<Translation> remembered, boolean isAnswer, int octets) {
        return new Trail(
                sink,
                new ArrayList<>(),
                new ArrayList<>(),
                new LinkedHashSet<>(),
                new ArrayList<>(),
                remembered,
                isAnswer,
                octets,
                headers);
    }

    /// Its length from the IP header on, without a tunnel's; 0 when it does not matter.
    int octets() {
        return octets;
    }

    /// Whether it answers another packet: nodes translate only what begins a connection.
    boolean isAnswer() {
        return isAnswer;
    }

    /// The same so far, and one of several ways from here.
    Trail fork(String choice) {
        Trail other = new Trail(
                sink,
                new ArrayList<>(steps),
                new ArrayList<>(choices),
                new LinkedHashSet<>(doubts),
                new ArrayList<>(translations),
                remembered,
                isAnswer,
                octets,
                headers);
        other.pending = pending;
        other.restoredFrom = restoredFrom;
        if (!choice.isEmpty()) {
            other.choices.add(choice);
        }
        return other;
    }

    /// Whether more ways are worth following.
    boolean hasRoom() {
        return !sink.isFull();
    }

    /// Counts ways that are not followed.
    void omit(long more) {
        sink.omit(more);
    }

    Headers headers() {
        return headers;
    }

    /// Notes that the state leaves something open.
    void doubt(String what, String settledBy) {
        doubts.add(new Doubt(what, settledBy));
    }

    /// A layer that no rule decides.
    void step(Place place, String layer, Action action, Headers after) {
        step(place, layer, 0, List.of(), Optional.empty(), action, after, "");
    }

    /// A layer that `rule` decides.
    void step(Place place, String layer, RuleRef rule, Action action, Headers after) {
        step(place, layer, 1, List.of(rule), Optional.of(rule), action, after, "");
    }

    /// A layer.
    void step(
            Place place,
            String layer,
            int considered,
            List<RuleRef> candidates,
            Optional<RuleRef> rule,
            Action action,
            Headers after,
            String note) {
        headers = after;
        steps.add(new Step(place, layer, considered, candidates, rule, action, after, note));
        if (steps.size() >= MAX_STEPS || (headers.timeToLive() == 0 && steps.size() >= LONG_WAY)) {
            end(new Outcome.Endless(place));
        } else if (headers.timeToLive() == 0) {
            end(new Outcome.Dropped(place, "its time to live ran out"));
        }
    }

    /// Whether its walk is over.
    boolean hasEnded() {
        return ended;
    }

    /// Ends it; what comes later is ignored.
    void end(Outcome outcome) {
        if (!ended) {
            ended = true;
            sink.add(new Walk(choices, steps, outcome, List.copyOf(doubts), translations));
        }
    }

    /// Ends it at a layer that drops it.
    void drop(Place place, String layer, Optional<RuleRef> rule, String reason) {
        step(
                place,
                layer,
                rule.isPresent() ? 1 : 0,
                rule.stream().toList(),
                rule,
                new Action.Drop(reason),
                headers,
                "");
        end(new Outcome.Dropped(place, reason));
    }

    /// Notes a translation that answers undo.
    void remember(Place at, Headers before, Headers after, RuleRef rule) {
        translations.add(new Translation(at, before, after, rule));
    }

    /// Undoes what that place translated of the packet that this one answers; the last first.
    ///
    /// @param anywhere whatever the node translated counts, at whichever port
    boolean restore(Place place, String layer, boolean anywhere) {
        boolean isRestored = false;
        for (int i = remembered.size() - 1; i >= 0; i--) {
            Translation made = remembered.get(i);
            boolean isHere =
                    anywhere ? made.at().node().equals(place.node()) : made.at().equals(place);
            if (isHere && made.isAnswered(headers)) {
                restore(place, layer, made);
                isRestored = true;
            }
        }
        return isRestored;
    }

    /// Undoes the source translation of what this packet answers, as the kernel does before routing.
    void restoreDestination(Place place, String layer) {
        Translation made = answered(place.node());
        if (made != null) {
            Headers after = made.restored(headers);
            if (!headers.destination().equals(after.destination())) {
                pending = made;
                restoredFrom = headers;
                Headers half = headers.withDestination(after.destination());
                Action action = new Action.DestinationNat(headers.destination(), after.destination(), true);
                step(place, layer, made.rule(), action, half);
            }
        }
    }

    /// Undoes the destination translation of what this packet answers, as the kernel does after routing.
    void restoreSource(Place place, String layer) {
        Translation made = pending != null ? pending : answered(place.node());
        if (made != null && (pending == null || made.at().node().equals(place.node()))) {
            Headers asked = pending == null ? headers : Objects.requireNonNull(restoredFrom);
            Headers after = made.restored(asked);
            pending = null;
            if (!headers.source().equals(after.source())) {
                Action action = new Action.SourceNat(headers.source(), after.source(), true);
                step(place, layer, made.rule(), action, headers.withSource(after.source()));
            }
        }
    }

    private @Nullable Translation answered(String node) {
        for (int i = remembered.size() - 1; i >= 0; i--) {
            Translation made = remembered.get(i);
            if (made.at().node().equals(node) && made.isAnswered(headers)) {
                return made;
            }
        }
        return null;
    }

    private void restore(Place place, String layer, Translation made) {
        Endpoint source = headers.source();
        Endpoint destination = headers.destination();
        Headers after = made.restored(headers);
        if (!source.equals(after.source())) {
            Headers half = headers.withSource(after.source());
            step(place, layer, made.rule(), new Action.SourceNat(source, after.source(), true), half);
        }
        if (!destination.equals(after.destination())) {
            Headers whole = headers.withDestination(after.destination());
            step(place, layer, made.rule(), new Action.DestinationNat(destination, after.destination(), true), whole);
        }
    }
}

package hopline.flows.event;

import hopline.capture.event.EventLayout;
import hopline.capture.event.Matter;
import hopline.capture.event.SystemEvent;
import hopline.capture.event.VfpRule;
import hopline.decode.stage.Rewrite;
import hopline.decode.stage.Stage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What systems logged beside packets, joined to packets by tuple, port and time.
///
/// Filled while captures are read, and asked by whoever judges flows beside the reading: safe for use by
/// several threads. Bounded: of packets' ways through the virtual switch, of refusals and of operations so many
/// are kept as the constants say; what is beyond is counted and told.
public final class EventLog {

    static final int MAX_PASSES = 60_000;
    static final int MAX_DENIALS = 20_000;
    static final int MAX_HAPPENINGS = 20_000;

    /// Characters that what is kept says together, at most: an event may hold a whole file.
    static final long MAX_CHARACTERS = 64_000_000;

    private static final int MAX_PROCESSORS = 4096;
    private static final int MAX_SHORTAGES = 1_000;

    /// Ways of packets of one tuple that are kept.
    private static final int MAX_OF_TUPLE = 16;

    /// An event may be logged a little before the packet that it is about.
    private static final long SLACK_NANOS = 1_000_000;

    /// How long after a packet was seen last its refusal may be logged.
    private static final long REFUSED_WITHIN_NANOS = 1_000_000_000;

    private record Key(String node, EventTuple tuple) {}

    private record Processor(String node, int number) {}

    private final Map<Processor, PassBuilder> open = new HashMap<>();
    private final Map<Key, List<Pass>> passes = new HashMap<>();
    private final Map<Key, List<Denial>> denials = new HashMap<>();
    private final List<Happening> happenings = new ArrayList<>();
    private final List<Happening> shortages = new ArrayList<>();
    private final Churn churn = new Churn();
    private final Translations translations = new Translations();
    private final Map<EventLayout, Long> layouts = new EnumMap<>(EventLayout.class);
    private int passCount;
    private int denialCount;
    private long keptCharacters;
    private long omitted;
    private volatile boolean heard;

    /// A log of nothing, to be filled.
    public EventLog() {}

    /// Takes in an event of `node`, logged at `epochNanos` by the reference node's clock.
    public synchronized void add(String node, SystemEvent event, long epochNanos) {
        heard = true;
        layouts.merge(event.layout(), 1L, Long::sum);
        Matter matter = event.matter();
        boolean isTaken = PassBuilder.port(matter) == null || addStep(node, event, epochNanos);
        switch (matter) {
            case Matter.Step step -> count(isTaken);
            case Matter.Session session -> {
                churn.add(node, event.provider(), session);
                omitted += translations.add(node, session, epochNanos) ? 0 : 1;
            }
            case Matter.Raw raw -> {}
            case Matter.Operation operation -> {
                churn.add(node, event.provider(), operation);
                if (!operation.routine()) {
                    count(keep(new Happening(node, epochNanos, event)));
                }
            }
            case Matter.PortsExhausted exhausted -> {
                boolean isJoined = addDenial(
                        node, exhausted.tuple().flatMap(EventTuple::of), exhausted(event, exhausted, epochNanos));
                count(keep(new Happening(node, epochNanos, event)) && isJoined);
                if (exhausted.tuple().isEmpty()
                        && shortages.size() < MAX_SHORTAGES
                        && takes(exhausted.text().length())) {
                    shortages.add(new Happening(node, epochNanos, event));
                }
            }
            case Matter.Dropped drop -> {
                boolean isJoined = drop.port().isPresent()
                        ? isTaken
                        : addDenial(node, drop.tuple().flatMap(EventTuple::of), dropped(event, drop, epochNanos));
                count(keep(new Happening(node, epochNanos, event)) && isJoined);
            }
        }
    }

    private static Denial exhausted(SystemEvent event, Matter.PortsExhausted exhausted, long epochNanos) {
        return new Denial(
                Denial.Kind.PORTS,
                exhausted.text(),
                Optional.empty(),
                Optional.empty(),
                epochNanos,
                epochNanos,
                1,
                event.layout(),
                true);
    }

    private static Denial dropped(SystemEvent event, Matter.Dropped drop, long epochNanos) {
        return new Denial(
                Denials.of(drop),
                drop.by().label() + ": " + drop.reason(),
                Optional.empty(),
                drop.port(),
                epochNanos,
                epochNanos,
                1,
                event.layout(),
                true);
    }

    /// False when there is no room for it. What is still open is measured as what is kept.
    private boolean addStep(String node, SystemEvent event, long epochNanos) {
        Processor processor = new Processor(node, event.processor());
        PassBuilder builder = open.get(processor);
        int characters = event.matter().text().length();
        boolean fits = takes(characters);
        if (fits && builder != null && builder.add(event, epochNanos)) {
            return true;
        }
        if (builder != null) {
            open.remove(processor);
            close(builder);
        }
        PassBuilder next = fits ? PassBuilder.of(node, event, epochNanos) : null;
        if (next != null && open.size() < MAX_PROCESSORS) {
            open.put(processor, next);
            return true;
        }
        keptCharacters -= fits ? characters : 0;
        return fits && next == null;
    }

    private void close(PassBuilder builder) {
        Pass pass = builder.build();
        if (passCount >= MAX_PASSES) {
            keptCharacters -= pass.characters();
            omitted++;
            return;
        }
        boolean isKept = false;
        for (EventTuple form : pass.forms()) {
            List<Pass> known = passes.computeIfAbsent(new Key(pass.node(), form), key -> new ArrayList<>(1));
            if (!known.contains(pass) && known.size() < MAX_OF_TUPLE) {
                known.add(pass);
                isKept = true;
            }
        }
        passCount += isKept ? 1 : 0;
        keptCharacters -= isKept ? 0 : pass.characters();
        pass.denial()
                .ifPresent(denial ->
                        count(addDenial(pass.node(), Optional.of(pass.forms().getLast()), denial)));
    }

    /// Counts what was not kept, once for each event.
    private void count(boolean isKept) {
        omitted += isKept ? 0 : 1;
    }

    /// False when there is no room for it.
    private boolean addDenial(String node, Optional<EventTuple> tuple, Denial denial) {
        if (tuple.isEmpty()) {
            return true;
        }
        Key key = new Key(node, tuple.get());
        List<Denial> known = denials.getOrDefault(key, List.of());
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).isOf(denial)) {
                known.set(i, known.get(i).again(denial.lastNanos()));
                return true;
            }
        }
        if (denialCount >= MAX_DENIALS || !takes(denial.reason().length())) {
            return false;
        }
        denialCount++;
        denials.computeIfAbsent(key, of -> new ArrayList<>(1)).add(denial);
        return true;
    }

    /// False when there is no room for it.
    private boolean keep(Happening happening) {
        boolean fits = happenings.size() < MAX_HAPPENINGS && takes(happening.characters());
        if (fits) {
            happenings.add(happening);
        }
        return fits;
    }

    /// Whether there is room for so many characters more, which then is less.
    private boolean takes(long characters) {
        if (characters > MAX_CHARACTERS - keptCharacters) {
            return false;
        }
        keptCharacters += characters;
        return true;
    }

    /// Closes what is still open; more may follow.
    public synchronized void settle() {
        open.values().forEach(this::close);
        open.clear();
    }

    /// No event was heard.
    public boolean isEmpty() {
        return !heard;
    }

    /// How many events were heard, by what they were read.
    public synchronized Map<EventLayout, Long> layouts() {
        return heard ? new EnumMap<>(layouts) : Map.of();
    }

    /// What happened beside packets, in the order it was read; what is routine is left out and in [#churn].
    public synchronized List<Happening> happenings() {
        return List.copyOf(happenings);
    }

    /// How often what was created, removed and changed.
    public Churn churn() {
        return churn;
    }

    /// Which bounds were hit, in sentences; empty when none.
    public synchronized List<String> limits() {
        return omitted == 0
                ? List.of()
                : List.of(omitted + " events beyond those kept were not joined to packets, nor stand in the timeline");
    }

    /// The rule that changed the packet between two of its stages on one node, if events tell; a reply's translation is
    /// turned back by the rule that made it for the question.
    public Optional<VfpRule> by(Stage before, Stage after, Rewrite rewrite) {
        String node = after.point().node();
        if (!heard || !before.point().node().equals(node)) {
            return Optional.empty();
        }
        return ruleBy(node, before, after, rewrite);
    }

    private synchronized Optional<VfpRule> ruleBy(String node, Stage before, Stage after, Rewrite rewrite) {
        Optional<VfpRule> own = rule(node, EventTuple.of(before), after, rewrite)
                .or(() -> rule(node, EventTuple.of(after), after, rewrite));
        return own.or(() -> turned(rewrite)
                        .flatMap(original -> rule(node, EventTuple.of(after).reversed(), after, original)))
                .or(() -> translation(node, before, after, rewrite));
    }

    /// Where the switch names no rule, WinNat may have told of the connection.
    private Optional<VfpRule> translation(String node, Stage before, Stage after, Rewrite rewrite) {
        boolean translated = turned(rewrite).isPresent()
                && translations.made(
                        node, EventTuple.of(before), EventTuple.of(after), after.epochNanos(), SLACK_NANOS);
        return translated ? Optional.of(VfpRule.WIN_NAT) : Optional.empty();
    }

    /// The translation that this one turns back.
    private static Optional<Rewrite> turned(Rewrite rewrite) {
        return switch (rewrite) {
            case Rewrite.SourceNat nat -> Optional.of(new Rewrite.DestinationNat(nat.to(), nat.from(), false));
            case Rewrite.DestinationNat nat -> Optional.of(new Rewrite.SourceNat(nat.to(), nat.from(), false));
            default -> Optional.empty();
        };
    }

    private Optional<VfpRule> rule(String node, EventTuple tuple, Stage after, Rewrite rewrite) {
        for (Pass pass : passes.getOrDefault(new Key(node, tuple), List.of()).reversed()) {
            if (pass.firstNanos() <= after.epochNanos() + SLACK_NANOS) {
                Optional<VfpRule> rule = pass.rule(rewrite);
                if (rule.isPresent()) {
                    return rule;
                }
            }
        }
        return Optional.empty();
    }

    /// That packets like the one last seen as `last`, the first at `firstNanos` and the last at `lastNanos`, were
    /// refused, if an event of that node and time says so.
    public Optional<Denial> denial(Stage last, long firstNanos, long lastNanos) {
        return heard ? denialOf(last, firstNanos, lastNanos) : Optional.empty();
    }

    private synchronized Optional<Denial> denialOf(Stage last, long firstNanos, long lastNanos) {
        EventTuple tuple = EventTuple.of(last);
        for (EventTuple key : List.of(tuple, tuple.withoutProtocol(), tuple.withoutPorts())) {
            for (Denial denial : denials.getOrDefault(new Key(last.point().node(), key), List.of())) {
                if (denial.lastNanos() >= firstNanos - SLACK_NANOS
                        && denial.firstNanos() <= lastNanos + REFUSED_WITHIN_NANOS) {
                    return Optional.of(denial);
                }
            }
        }
        return Optional.empty();
    }

    /// The ways that packets of this tuple took through the node's switch, by what events tell.
    private List<Pass> passes(Stage stage) {
        return passes.getOrDefault(new Key(stage.point().node(), EventTuple.of(stage)), List.of());
    }

    /// The layers that could have changed packets like `stage` as `wanted` says and had no rule for them; empty where a
    /// rule did, or where no event tells.
    public List<String> idleLayers(Stage stage, IdleLayer wanted) {
        return heard ? idleLayersOf(stage, wanted) : List.of();
    }

    private synchronized List<String> idleLayersOf(Stage stage, IdleLayer wanted) {
        List<String> idle = new ArrayList<>();
        for (Pass pass : passes(stage)) {
            if (pass.rules().stream().anyMatch(wanted::isDoneBy)) {
                return List.of();
            }
            pass.unmatchedLayers().stream()
                    .filter(layer -> wanted.isDoneIn(layer) && !idle.contains(layer))
                    .forEach(idle::add);
        }
        return idle;
    }

    /// The event that says, in that node and time, that ports ran out for connections of that protocol, without saying
    /// whose.
    public Optional<Happening> shortage(String node, int protocol, long fromNanos, long toNanos) {
        return heard ? shortageOf(node, protocol, fromNanos, toNanos) : Optional.empty();
    }

    private synchronized Optional<Happening> shortageOf(String node, int protocol, long fromNanos, long toNanos) {
        return shortages.stream()
                .filter(shortage -> shortage.node().equals(node))
                .filter(shortage -> shortage.epochNanos() >= fromNanos && shortage.epochNanos() <= toNanos)
                .filter(shortage -> shortage.event().matter() instanceof Matter.PortsExhausted out
                        && (out.protocol() < 0 || out.protocol() == protocol))
                .findFirst();
    }
}

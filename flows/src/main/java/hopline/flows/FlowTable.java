package hopline.flows;

import hopline.decode.IpProtocol;
import hopline.decode.header.IcmpHeader;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StageDetail.Dns;
import hopline.decode.stage.StageDetail.IcmpError;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Collects journeys into flows.
///
/// A flow is known by every tuple any of its packets bore on the way, so that a packet seen only before, or only
/// after a translation finds its flow. Bounded: at most `maxLive` flows are live, and together they keep at most
/// [#MAX_STAGES] stages; beyond that the flow that was idle longest is retired early. Single-threaded.
public final class FlowTable {

    /// Live flows at most, unless told otherwise.
    public static final int MAX_LIVE = 50_000;

    /// Stages that live flows keep together, at most.
    public static final long MAX_STAGES = 350_000;

    /// A UDP or ICMP conversation silent for longer than this has ended, and a new one begins.
    private static final long IDLE_NANOS = 300_000_000_000L;

    /// A new connection may reuse a translated tuple whose former connection was silent for longer than this.
    private static final long TAKEOVER_NANOS = 10_000_000_000L;

    /// A connection that was silent for no longer than this goes on.
    private static final long LIVELY_NANOS = 1_000_000_000L;

    private static final int WELL_KNOWN_PORTS = 1024;

    /// A flow used within so many journeys counts as just used: this share of the live ones.
    private static final int TOUCH_SHARE = 16;

    private static final int MAX_EXPECTED = 256;

    private final Consumer<Flow> retired;
    private final Predicate<Stage> fromService;
    private final int maxLive;
    private final FlowKeys keys = new FlowKeys();
    private final OpenQuestions questions = new OpenQuestions();
    private final FlowKey[] expected = new FlowKey[MAX_EXPECTED];

    private @Nullable Flow leastRecent;
    private @Nullable Flow mostRecent;
    private int live;
    private long keptStages;
    private long journeys;
    private long found;
    private long merged;
    private long retiredEarly;
    private long unclaimedErrors;

    /// Hands each flow to `retired` when nothing more is expected of it.
    public FlowTable(Consumer<Flow> retired) {
        this(retired, stage -> false);
    }

    /// The same, knowing services, so that a conversation is understood though its beginning was not captured.
    ///
    /// @param fromService whether a packet comes from the address and port of a service
    public FlowTable(Consumer<Flow> retired, Predicate<Stage> fromService) {
        this(retired, fromService, MAX_LIVE);
    }

    /// Keeps at most `maxLive` flows live.
    FlowTable(Consumer<Flow> retired, Predicate<Stage> fromService, int maxLive) {
        this.retired = retired;
        this.fromService = fromService;
        this.maxLive = maxLive;
    }

    /// How many flows there were.
    public long total() {
        return found - merged;
    }

    /// How many flows were retired before their time because too many were live; closed connections do not count.
    public long retiredEarly() {
        return retiredEarly;
    }

    /// ICMP errors about packets that were not captured.
    public long unclaimedErrors() {
        return unclaimedErrors;
    }

    /// Brings what adding these journeys will ask for into the processor's cache. Asked of many in loops that do
    /// nothing else, the memory works on several at a time; adding one after another waits for each. Of ten million
    /// records the analysis is done in a tenth less time.
    ///
    /// @return something that depends on it, so that it is done indeed
    public long expect(List<Journey> journeys) {
        long fetched = 0;
        int found = 0;
        for (Journey journey : journeys) {
            FlowKey key = keys.likely(journey.first());
            if (key != null && found < expected.length) {
                expected[found++] = key;
            }
        }
        for (int i = 0; i < found; i++) {
            fetched += expected[i].flow.endNanos();
        }
        for (int i = 0; i < found; i++) {
            fetched += expected[i].flow.fetch();
        }
        return fetched;
    }

    /// Adds a journey of IP packets to its flow.
    public void add(Journey journey) {
        Stage first = journey.first();
        if (journey.detail() instanceof IcmpError error) {
            report(error, journey);
            return;
        }
        FlowKey key = claim(journey);
        Flow flow = key.flow;
        questions.note(journey, flow);
        keptStages -= flow.keptStages();
        flow.add(journey, key.isForward(first));
        keptStages += flow.keptStages();
        touch(flow);
        makeRoom();
    }

    private void makeRoom() {
        while (leastRecent != null && (live > maxLive || (keptStages > MAX_STAGES && live > 1))) {
            retiredEarly += isOver(leastRecent) ? 0 : 1;
            retire(leastRecent);
        }
    }

    /// Nothing more is to come of it, but for stragglers.
    private static boolean isOver(Flow flow) {
        return flow.tcp() != null && flow.tcp().isClosed();
    }

    /// Retires all that is live, the longest idle first.
    public void finish() {
        keys.clear();
        while (leastRecent != null) {
            Flow flow = leastRecent;
            flow.keys.clear();
            retire(flow);
        }
    }

    /// The key of the journey's first tuple; afterwards all its tuples lead to the same flow.
    private FlowKey claim(Journey journey) {
        Stage first = journey.first();
        FlowKey key = current(first);
        if (key == null) {
            key = adopt(journey);
        }
        Stage last = first;
        for (Stage stage = first.next(); stage != null; stage = stage.next()) {
            if (!stage.sameTuple(last) && !stage.sameTuple(first)) {
                claimTranslated(stage, key, journey);
            }
            last = stage;
        }
        return key;
    }

    /// The key of `stage`, unless its ports are used anew: then the old flow loses it.
    private @Nullable FlowKey current(Stage stage) {
        FlowKey key = keys.find(stage);
        if (key == null || !isReused(key.flow, stage)) {
            return key;
        }
        release(key);
        return null;
    }

    private static boolean isReused(Flow flow, Stage stage) {
        TcpConnection tcp = flow.tcp();
        if (tcp != null) {
            return tcp.isReused(stage);
        }
        return stage.epochNanos() - flow.endNanos() > IDLE_NANOS;
    }

    /// No flow knows the journey's first tuple: one that knows only its later ones takes it in, else a new flow begins.
    private FlowKey adopt(Journey journey) {
        Stage first = journey.first();
        for (Stage stage = first.next(); stage != null; stage = stage.next()) {
            FlowKey key = stage.sameTuple(first) ? null : current(stage);
            if (key != null && isKnownOnlyBy(key.flow, journey)) {
                return addKey(first, key.flow, key.isForward(stage));
            }
        }
        Flow asked = questions.askedBy(journey);
        return asked != null ? addKey(first, asked, false) : addKey(first, begin(first), isForward(journey));
    }

    private static boolean isKnownOnlyBy(Flow flow, Journey journey) {
        for (FlowKey key : flow.keys) {
            boolean borne = false;
            for (Stage stage = journey.first(); stage != null && !borne; stage = stage.next()) {
                borne = key.fits(stage);
            }
            if (!borne) {
                return false;
            }
        }
        return true;
    }

    private void claimTranslated(Stage stage, FlowKey owner, Journey journey) {
        Flow flow = owner.flow;
        boolean isForward = owner.isForward(journey.first());
        FlowKey key = keys.find(stage);
        if (key == null) {
            addKey(stage, flow, isForward);
        } else if (key.flow != flow) {
            if (isKnownOnlyBy(key.flow, journey) && !isReused(key.flow, stage) && !areTwo(key.flow, flow)) {
                merge(key.flow, flow, key.isForward(stage) == isForward);
            } else if (mayTakeOver(flow, key.flow, stage)) {
                release(key);
                addKey(stage, flow, isForward);
            }
        }
    }

    private static boolean areTwo(Flow flow, Flow other) {
        return flow.tcp() != null && other.tcp() != null && flow.tcp().isOtherThan(other.tcp());
    }

    /// A SYN opens another connection; in the midst of one that goes on it has come under its tuple by mistake.
    private static boolean mayTakeOver(Flow taker, Flow flow, Stage stage) {
        TcpConnection tcp = flow.tcp();
        long beganNanos = Math.min(taker.startNanos(), stage.epochNanos());
        return (tcp != null && (tcp.isClosed() || (stage.isSyn() && beganNanos - flow.endNanos() > LIVELY_NANOS)))
                || stage.epochNanos() - flow.endNanos() > TAKEOVER_NANOS;
    }

    private FlowKey addKey(Stage stage, Flow flow, boolean isForward) {
        FlowKey key = keys.add(stage, flow, isForward);
        flow.keys.add(key);
        return key;
    }

    private void release(FlowKey key) {
        keys.remove(key);
        key.flow.keys.remove(key);
    }

    private Flow begin(Stage first) {
        Flow flow = new Flow(found++, first.protocol());
        live++;
        flow.touched = journeys;
        append(flow);
        return flow;
    }

    /// Whether a conversation's first captured packet is its initiator's.
    private boolean isForward(Journey journey) {
        Stage first = journey.clearest();
        return switch (first.protocol()) {
            case IpProtocol.TCP -> first.isSyn() || (!first.isSynAck() && !looksLikeServers(journey, first));
            case IpProtocol.UDP ->
                journey.detail() instanceof Dns dns ? !dns.message().isResponse() : !looksLikeServers(journey, first);
            case IpProtocol.ICMP -> first.flags() != IcmpHeader.ECHO_REPLY;
            case IpProtocol.ICMPV6 -> first.flags() != IcmpHeader.V6_ECHO_REPLY;
            default -> true;
        };
    }

    private boolean looksLikeServers(Journey journey, Stage first) {
        for (Stage stage = journey.first(); stage != null; stage = stage.next()) {
            if (fromService.test(stage)) {
                return true;
            }
        }
        return first.sourcePort() < WELL_KNOWN_PORTS && first.destinationPort() >= WELL_KNOWN_PORTS;
    }

    private void merge(Flow from, Flow into, boolean sameDirection) {
        for (FlowKey key : from.keys) {
            key.flow = into;
            key.initiatorIsA ^= !sameDirection;
            into.keys.add(key);
        }
        from.keys.clear();
        into.add(from, sameDirection);
        unlink(from);
        from.retired = true;
        live--;
        merged++;
    }

    private void report(IcmpError error, Journey journey) {
        FlowKey key = keys.find(quoted(error));
        if (key == null) {
            unclaimedErrors++;
            return;
        }
        journey.keep();
        boolean aboutForward = key.isForward(quoted(error));
        keptStages -= key.flow.keptStages();
        key.flow.add(new IcmpReport(error, aboutForward, journey, 1));
        keptStages += key.flow.keptStages();
    }

    private static Stage quoted(IcmpError error) {
        return Stage.ofTuple(
                error.protocol(), error.source(), error.sourcePort(), error.destination(), error.destinationPort());
    }

    private void retire(Flow flow) {
        for (int i = 0; i < flow.keys.size(); i++) {
            keys.remove(flow.keys.get(i));
        }
        flow.keys.clear();
        unlink(flow);
        flow.retired = true;
        live--;
        keptStages -= flow.keptStages();
        retired.accept(flow);
    }

    /// Puts the flow behind all others in the order of last use. Not for every packet, because its neighbours in that
    /// order lie anywhere in memory: nobody minds an order that is a little wrong.
    private void touch(Flow flow) {
        journeys++;
        if (journeys - flow.touched > maxLive / TOUCH_SHARE && flow != mostRecent) {
            flow.touched = journeys;
            unlink(flow);
            append(flow);
        }
    }

    private void append(Flow flow) {
        flow.lessRecent = mostRecent;
        flow.moreRecent = null;
        if (mostRecent == null) {
            leastRecent = flow;
        } else {
            mostRecent.moreRecent = flow;
        }
        mostRecent = flow;
    }

    private void unlink(Flow flow) {
        Flow before = flow.lessRecent;
        Flow after = flow.moreRecent;
        if (before == null) {
            leastRecent = after;
        } else {
            before.moreRecent = after;
        }
        if (after == null) {
            mostRecent = before;
        } else {
            after.lessRecent = before;
        }
        flow.lessRecent = null;
        flow.moreRecent = null; // else one flow that is reported would keep all that came after it
    }
}

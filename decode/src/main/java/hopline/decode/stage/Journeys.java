package hopline.decode.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Ties stages into journeys.
///
/// Stages come in the order of time. Each either continues an open journey or begins one. Evidence, best first:
/// the system's own word; equal content under the same addresses and ports; equal content under addresses that a
/// learnt translation connects; equal content under one equal end; equal content alone, where it is strong. A
/// segment continues the large send whose bytes it carries. A journey stays open for a fixed time after its first
/// stage and is then handed on, in the order of first stages.
///
/// Bounded: at most `maxOpen` journeys are open; when one more begins, the oldest is closed early and counted.
/// Single-threaded.
public final class Journeys {

    /// How long after its first stage a journey may still be continued, in nanoseconds.
    public static final long WINDOW_NANOS = 2_000_000_000L;

    /// Open journeys at most, unless told otherwise.
    public static final int MAX_OPEN = 1 << 16;

    /// Whoever passes a packet on has done so by then, as good as always: closing it later than that loses nothing.
    private static final long ENOUGH_NANOS = 100_000_000;

    /// What a node takes to pass a packet on, in nanoseconds; only asked where nothing better tells packets apart.
    private static final long FORWARDING_NANOS = 500_000;

    /// How soon a second copy of one packet comes to one point; what comes later with its number is sent again.
    private static final long SECOND_COPY_NANOS = 10_000_000;

    /// Journeys of equal content that one stage is compared with: floods of identical packets stay cheap.
    private static final int MAX_COMPARED = 64;

    /// Stages of one journey at most; a bridge with more ports than that floods beyond what can be shown.
    private static final int MAX_STAGES = 1024;

    private static final int NONE = StageRows.NONE;

    /// Journeys handed on at a time: the next step works on them in one go.
    private static final int BATCH = 256;

    private final Next closed;
    private final StageRows rows = new StageRows();
    private final OpenJourneys open = new OpenJourneys(rows);
    private final StagePool pool = new StagePool();
    private final int maxOpen;
    private final Translations translations = new Translations();
    private final LargeSends largeSends = new LargeSends(rows);
    private final PacketGroups groups = new PacketGroups();
    private final int[] closing = new int[BATCH];
    private int closingCount;

    /// An `ArrayList` by name, as in a few places on the way of every record: see bench/README.md.
    private final ArrayList<Journey> complete = new ArrayList<>(BATCH);

    /// Of no meaning; that it is kept lets nobody think that it need not be computed.
    private long fetched;

    private long begun;
    private long closedEarly;

    /// What is being tied, and what it is compared with.
    private final Stage stage = new Stage();

    private final Stage seen = new Stage();

    /// Takes journeys when they are complete.
    @FunctionalInterface
    public interface Next {

        /// Takes a journey, which is good until this returns unless somebody keeps it.
        void add(Journey journey);

        /// Told before the journeys of a batch are added: the time to fetch what they will ask for.
        default void expect(List<Journey> journeys) {}
    }

    /// Hands each journey to `closed` when it is complete.
    public Journeys(Next closed) {
        this(closed, MAX_OPEN);
    }

    /// Keeps at most `maxOpen` journeys open.
    public Journeys(Next closed, int maxOpen) {
        this.closed = closed;
        this.maxOpen = maxOpen;
    }

    /// How many journeys began: the number of distinct packets.
    public long begun() {
        return begun;
    }

    /// How many journeys were closed within a tenth of a second because too many were open.
    public long closedEarly() {
        return closedEarly;
    }

    /// Where stages lie that are still to come.
    StageRows rows() {
        return rows;
    }

    /// Ties `stage`, which must not be earlier than the one before; it may then be used again.
    public void add(Stage stage) {
        add(rows.store(stage), stage.epochNanos, Content.key(stage));
    }

    /// Takes the stages in order.
    TimeOrder.Next next() {
        return new TimeOrder.Next() {
            @Override
            public void add(int row, long epochNanos, long key) {
                Journeys.this.add(row, epochNanos, key);
            }

            @Override
            public void expect(int[] rows, long[] keys, int count) {
                fetched += open.fetch(rows, keys, count);
            }
        };
    }

    /// Ties the stage in `row`, and frees the row in the end.
    void add(int row, long epochNanos, long key) {
        closeUntil(Math.max(epochNanos, Long.MIN_VALUE + WINDOW_NANOS) - WINDOW_NANOS);
        boolean sighted = rows.sighting(row) != null;
        int journey = sighted ? findGroup(row) : NONE;
        journey = journey == NONE ? find(row, key) : journey;
        if (journey == NONE || open.size(journey) >= MAX_STAGES) {
            begin(row, epochNanos, key);
            journey = row;
        } else {
            open.append(journey, row);
            rows.shareDetail(journey, row);
        }
        if (sighted) {
            rows.load(row, stage);
            groups.put(stage, journey);
        }
    }

    /// The journey of which the system says that the stage in `row` continues it. What was translated in between is
    /// learnt, for records of which it says nothing.
    private int findGroup(int row) {
        rows.load(row, stage);
        int journey = groups.find(stage);
        if (journey == NONE || (isMarkedOnly() && isContradicted(journey))) {
            return NONE;
        }
        rows.load(journey, seen);
        if (seen.protocol == stage.protocol && stage.isIp() && !seen.sameTuple(stage)) {
            translations.learn(seen, stage);
        }
        return journey;
    }

    private boolean isMarkedOnly() {
        return stage.sighting != null && stage.sighting.isIdentifiedOnly();
    }

    /// Another packet was seen there under the same identifier: some captures give one to all packets of a list.
    private boolean isContradicted(int journey) {
        for (int at = journey; at != NONE; at = open.next(at)) {
            rows.load(at, seen);
            if (seen.samePoint(stage) && !Content.isSame(seen, stage)) {
                return true;
            }
        }
        return false;
    }

    /// Closes all that is still open.
    public void finish() {
        while (open.count() > 0) {
            closeFirst();
        }
        handOn();
    }

    private int find(int row, long key) {
        if (open.newest(key) == NONE && largeSends.isEmpty()) {
            return NONE;
        }
        rows.load(row, stage);
        int exact = match(row, key);
        if (exact != NONE || !stage.isTcp() || stage.payloadLength == 0) {
            return exact;
        }
        return segmentOf(key);
    }

    private int match(int row, long key) {
        int best = NONE;
        Tie bestTie = Tie.NONE;
        boolean rivals = false;
        int candidate = open.newest(key);
        for (int i = 0; candidate != NONE && i < MAX_COMPARED; candidate = open.older(candidate)) {
            if (open.key(candidate) != key || open.size(candidate) >= MAX_STAGES) {
                continue;
            }
            i++;
            Tie tie = tie(candidate);
            if (tie == Tie.NONE || tie.compareTo(bestTie) < 0) {
                continue;
            }
            rivals = tie == bestTie;
            best = candidate;
            bestTie = tie;
        }
        if (best != NONE && bestTie.isTranslation()) {
            learn(best, row, rivals);
        }
        return best;
    }

    private void learn(int journey, int row, boolean rivals) {
        boolean strong = Content.isStrong(stage);
        if (rivals || !strong) {
            rows.setLikely(row);
        }
        if (strong || !rivals) {
            rows.load(journey, seen);
            translations.learn(seen, stage);
        }
    }

    /// How well [#stage] continues `journey`; [Tie#NONE] when it cannot.
    private Tie tie(int journey) {
        rows.load(journey, seen);
        if (!Content.isSame(seen, stage)) {
            if (!open.isSegmented(journey) || !isSameAsALaterStage(journey)) {
                return Tie.NONE;
            }
            rows.load(journey, seen);
        }
        Tie best = Tie.NONE;
        for (int at = journey; at != NONE; at = open.next(at)) {
            if (at != journey) {
                rows.load(at, seen);
            }
            if (isReply(seen, stage) || isRepeated(seen, stage)) {
                return Tie.NONE;
            }
            Tie tie = tie(seen, stage);
            if (tie.compareTo(best) > 0) {
                best = tie;
            }
        }
        return best;
    }

    /// After segmentation or a merge the later stages have other lengths than the first, which is loaded.
    private boolean isSameAsALaterStage(int journey) {
        if (!stage.isTcp() || seen.sequence != stage.sequence || seen.acknowledgment != stage.acknowledgment) {
            return false;
        }
        for (int at = open.next(journey); at != NONE; at = open.next(at)) {
            rows.load(at, seen);
            if (Content.isSame(seen, stage)) {
                return true;
            }
        }
        return false;
    }

    private Tie tie(Stage seen, Stage stage) {
        if (seen.sameTuple(stage)) {
            return Tie.SAME_ENDS;
        }
        if (!stage.isIp()) {
            return Tie.NONE;
        }
        if (translations.connects(seen, stage)) {
            return Tie.LEARNT;
        }
        if (Content.isStrong(stage)) {
            return seen.sameSource(stage) || seen.sameDestination(stage) ? Tie.ONE_END : Tie.CONTENT;
        }
        boolean plausible = seen.sameSource(stage) || (seen.sameDestination(stage) && isPassedOn(seen, stage));
        return plausible ? Tie.ONE_END : Tie.NONE;
    }

    /// Equal payloads from two senders are two packets. One whose source was translated goes on at once within its
    /// node, to another point, routed by one hop or in a frame of the same sender.
    private static boolean isPassedOn(Stage seen, Stage stage) {
        return !seen.samePoint(stage)
                && seen.point.node().equals(stage.point.node())
                && stage.epochNanos - seen.epochNanos <= FORWARDING_NANOS
                && (seen.timeToLive == stage.timeToLive + 1
                        || (seen.timeToLive == stage.timeToLive && seen.sourceMac == stage.sourceMac));
    }

    /// An echo of what was sent, with the ends swapped, is an answer.
    private static boolean isReply(Stage seen, Stage stage) {
        return seen.isIp()
                && seen.sourceLow == stage.destinationLow
                && seen.sourceHigh == stage.destinationHigh
                && seen.sourcePort == stage.destinationPort
                && seen.destinationLow == stage.sourceLow
                && seen.destinationHigh == stage.sourceHigh
                && seen.destinationPort == stage.sourcePort
                && !(seen.sourceLow == seen.destinationLow && seen.sourceHigh == seen.destinationHigh);
    }

    /// At the same point in the same frame: another packet, unless packets are numbered and this is a second
    /// copy, or this is the word that it was dropped there. No translation takes place on a packet that is not
    /// passed on, and whoever passes one on sends it from a MAC address of its own: two servers at different
    /// distances may give the same answer. In a loop a packet comes round in the same frame, and one end may be
    /// translated on the way, but not both.
    private static boolean isRepeated(Stage seen, Stage stage) {
        return seen.samePoint(stage)
                && (stage.drop() == null || seen.drop() != null)
                && (seen.timeToLive == stage.timeToLive || (seen.sourceMac != 0 && hasOtherEnds(seen, stage)))
                && seen.sourceMac == stage.sourceMac
                && seen.destinationMac == stage.destinationMac
                && seen.payloadLength == stage.payloadLength
                && Objects.equals(seen.outer, stage.outer)
                && !(Content.isNumbered(stage)
                        && !isAnotherGroup(seen, stage)
                        && seen.sameTuple(stage)
                        && stage.epochNanos - seen.epochNanos <= SECOND_COPY_NANOS);
    }

    private static boolean hasOtherEnds(Stage seen, Stage stage) {
        return !seen.sameSource(stage) && !seen.sameDestination(stage);
    }

    private static boolean isAnotherGroup(Stage seen, Stage stage) {
        return seen.sighting != null && stage.sighting != null && seen.sighting.excludes(stage.sighting);
    }

    /// The journey whose bytes [#stage] carries, or of whose bytes it is a merge.
    private int segmentOf(long key) {
        int compared = 0;
        int candidate = open.newest(key);
        for (; candidate != NONE && compared < MAX_COMPARED; candidate = open.older(candidate)) {
            if (open.key(candidate) != key) {
                continue;
            }
            compared++;
            if (continuesAsSegment(candidate)) {
                mergeFollowing(candidate);
                return candidate;
            }
        }
        int large = largeSends.find(stage);
        return large != NONE && continuesAsSegment(large) ? large : NONE;
    }

    private boolean continuesAsSegment(int journey) {
        for (int at = journey; at != NONE; at = open.next(at)) {
            rows.load(at, seen);
            if (Content.isSegment(seen, stage) && !isReply(seen, stage) && !isResentSegment(seen, stage)) {
                return tie(seen, stage) != Tie.NONE;
            }
        }
        return false;
    }

    /// At the same point in the same form, overlapping bytes are a resend.
    private static boolean isResentSegment(Stage seen, Stage stage) {
        return seen.samePoint(stage)
                && seen.timeToLive == stage.timeToLive
                && seen.sameTuple(stage)
                && Objects.equals(seen.outer, stage.outer);
    }

    /// [#stage] carries the bytes of `first` and of the segments that follow it: those journeys end here, too.
    private void mergeFollowing(int first) {
        rows.load(first, seen);
        int end = stage.sequenceEnd();
        int next = seen.sequence + seen.payloadLength;
        while (end - next > 0) {
            int following = segmentAt(next);
            if (following == NONE) {
                return;
            }
            open.setMerged(following);
            next += rows.payloadLength(following);
        }
    }

    private int segmentAt(int sequence) {
        long key = Content.tcpKey(sequence, stage.acknowledgment);
        int compared = 0;
        int candidate = open.newest(key);
        for (; candidate != NONE && compared < MAX_COMPARED; candidate = open.older(candidate)) {
            if (open.key(candidate) != key) {
                continue;
            }
            compared++;
            rows.load(candidate, seen);
            if (Content.isSegment(seen, stage)) {
                return candidate;
            }
        }
        return NONE;
    }

    private void begin(int row, long epochNanos, long key) {
        if (open.count() > 0 && open.count() >= maxOpen) {
            boolean early = epochNanos - open.firstNanos() < ENOUGH_NANOS;
            closedEarly += early ? 1 : 0;
            closeFirst();
        }
        open.begin(row, epochNanos, key);
        begun++;
        largeSends.begin(row);
    }

    private void closeUntil(long epochNanos) {
        while (open.count() > 0 && open.firstNanos() < epochNanos) {
            closeFirst();
        }
    }

    private void closeFirst() {
        if (closingCount == 0) {
            fetched += open.fetchFirst(BATCH);
        }
        int journey = open.removeFirst();
        largeSends.end(journey);
        if (!groups.isEmpty()) {
            removeGroups(journey);
        }
        closing[closingCount++] = journey;
        if (closingCount == BATCH) {
            handOn();
        }
    }

    private void removeGroups(int journey) {
        for (int at = journey; at != NONE; at = open.next(at)) {
            if (rows.sighting(at) != null) {
                rows.load(at, seen);
                groups.remove(seen, journey);
            }
        }
    }

    /// Hands on what is ready, without waiting for the batch to be full.
    void handOn() {
        for (int i = 0; i < closingCount; i++) {
            fetched += open.fetchLater(closing[i]);
        }
        for (int i = 0; i < closingCount; i++) {
            complete.add(unpack(closing[i]));
        }
        closingCount = 0;
        closed.expect(complete);
        for (int i = 0; i < complete.size(); i++) {
            Journey journey = complete.get(i);
            closed.add(journey);
            if (!journey.isKept()) {
                pool.giveBack(journey);
            }
        }
        complete.clear();
    }

    private Journey unpack(int first) {
        Journey journey = pool.begin(unpackStage(first));
        int next = open.next(first);
        while (next != NONE) {
            journey.add(unpackStage(next));
            next = open.next(next);
        }
        if (open.isMerged(first)) {
            journey.setMerged();
        }
        free(first);
        return journey;
    }

    private Stage unpackStage(int row) {
        Stage unpacked = pool.take();
        rows.load(row, unpacked);
        return unpacked;
    }

    private void free(int first) {
        int row = first;
        while (row != NONE) {
            int next = open.next(row);
            rows.free(row);
            row = next;
        }
    }
}

package hopline.decode.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Ties stages into journeys.
///
/// Stages come in the order of time. Each either continues an open journey or begins one. Evidence, best first:
/// equal content under the same addresses and ports; equal content under addresses that a learnt translation
/// connects; equal content under one equal end; equal content alone, where it is strong. A segment continues the
/// large send whose bytes it carries. A journey stays open for a fixed time after its first stage and is then handed
/// on, in the order of first stages.
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

    /// Journeys handed on at a time: the next step works on them in one go.
    private static final int BATCH = 256;

    private final Consumer<Journey> closed;
    private final List<Journey> closing = new ArrayList<>(BATCH);
    private final StagePool pool;
    private final int maxOpen;
    private final Translations translations = new Translations();
    private final LargeSends largeSends = new LargeSends();

    private @Nullable Journey[] newest = new Journey[1 << 12];
    private @Nullable Journey firstOpened;
    private @Nullable Journey lastOpened;
    private int open;
    private long begun;
    private long closedEarly;

    /// Hands each journey to `closed` when it is complete, and gives the stages nobody kept back to `pool`.
    public Journeys(StagePool pool, Consumer<Journey> closed) {
        this(pool, closed, MAX_OPEN);
    }

    /// Keeps at most `maxOpen` journeys open.
    public Journeys(StagePool pool, Consumer<Journey> closed, int maxOpen) {
        this.pool = pool;
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

    /// Ties `stage`, which must not be earlier than the one before.
    public void add(Stage stage) {
        closeUntil(Math.max(stage.epochNanos, Long.MIN_VALUE + WINDOW_NANOS) - WINDOW_NANOS);
        long key = Content.key(stage);
        Journey journey = find(stage, key);
        if (journey == null || journey.size() >= MAX_STAGES) {
            begin(stage, key);
        } else {
            journey.add(stage);
        }
    }

    /// Closes all that is still open.
    public void finish() {
        while (firstOpened != null) {
            closeFirst();
        }
        handOn();
    }

    private @Nullable Journey find(Stage stage, long key) {
        Journey exact = match(stage, key);
        if (exact != null || !stage.isTcp() || stage.payloadLength == 0) {
            return exact;
        }
        return segmentOf(stage, key);
    }

    private @Nullable Journey match(Stage stage, long key) {
        Journey best = null;
        Tie bestTie = Tie.NONE;
        boolean rivals = false;
        Journey candidate = newest[slot(key)];
        for (int i = 0; candidate != null && i < MAX_COMPARED; candidate = candidate.older) {
            if (candidate.key != key || candidate.size() >= MAX_STAGES) {
                continue;
            }
            i++;
            Tie tie = tie(candidate, stage);
            if (tie == Tie.NONE || tie.compareTo(bestTie) < 0) {
                continue;
            }
            rivals = tie == bestTie;
            best = candidate;
            bestTie = tie;
        }
        if (best != null && bestTie.isTranslation()) {
            boolean strong = Content.isStrong(stage);
            stage.likely = rivals || !strong;
            if (strong || !rivals) {
                translations.learn(best.first(), stage);
            }
        }
        return best;
    }

    /// How well `stage` continues `journey`; [Tie#NONE] when it cannot.
    private Tie tie(Journey journey, Stage stage) {
        if (!Content.isSame(journey.first(), stage)
                && !(journey.isSegmented() && isSameAsALaterStage(journey, stage))) {
            return Tie.NONE;
        }
        Tie best = Tie.NONE;
        for (Stage seen = journey.first(); seen != null; seen = seen.next) {
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

    /// After segmentation or a merge the later stages have other lengths than the first.
    private static boolean isSameAsALaterStage(Journey journey, Stage stage) {
        Stage first = journey.first();
        if (!stage.isTcp() || first.sequence != stage.sequence || first.acknowledgment != stage.acknowledgment) {
            return false;
        }
        for (Stage seen = first.next; seen != null; seen = seen.next) {
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

    /// At the same point in the same frame: another packet, unless packets are numbered and this is a second copy. No
    /// translation takes place on a packet that is not passed on.
    private static boolean isRepeated(Stage seen, Stage stage) {
        return seen.samePoint(stage)
                && seen.timeToLive == stage.timeToLive
                && seen.sourceMac == stage.sourceMac
                && seen.destinationMac == stage.destinationMac
                && seen.payloadLength == stage.payloadLength
                && Objects.equals(seen.outer, stage.outer)
                && !(Content.isNumbered(stage)
                        && seen.sameTuple(stage)
                        && stage.epochNanos - seen.epochNanos <= SECOND_COPY_NANOS);
    }

    /// The journey whose bytes a segment carries, or of whose bytes this is a merge.
    private @Nullable Journey segmentOf(Stage stage, long key) {
        int compared = 0;
        Journey candidate = newest[slot(key)];
        for (; candidate != null && compared < MAX_COMPARED; candidate = candidate.older) {
            if (candidate.key != key) {
                continue;
            }
            compared++;
            if (continuesAsSegment(candidate, stage)) {
                mergeFollowing(candidate, stage);
                return candidate;
            }
        }
        Journey large = largeSends.find(stage);
        return large != null && continuesAsSegment(large, stage) ? large : null;
    }

    private boolean continuesAsSegment(Journey journey, Stage stage) {
        for (Stage seen = journey.first(); seen != null; seen = seen.next) {
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

    /// `merge` carries the bytes of `first` and of the segments that follow it: those journeys end here, too.
    private void mergeFollowing(Journey first, Stage merge) {
        int end = merge.sequenceEnd();
        int next = first.first().sequence + first.first().payloadLength;
        while (end - next > 0) {
            Journey following = segmentAt(next, merge);
            if (following == null) {
                return;
            }
            following.setMerged();
            next += following.first().payloadLength;
        }
    }

    private @Nullable Journey segmentAt(int sequence, Stage merge) {
        long key = Content.tcpKey(sequence, merge.acknowledgment);
        int compared = 0;
        Journey candidate = newest[slot(key)];
        for (; candidate != null && compared < MAX_COMPARED; candidate = candidate.older) {
            if (candidate.key != key) {
                continue;
            }
            compared++;
            if (Content.isSegment(candidate.first(), merge)) {
                return candidate;
            }
        }
        return null;
    }

    private void begin(Stage stage, long key) {
        if (firstOpened != null && open >= maxOpen) {
            boolean early = stage.epochNanos - firstOpened.first().epochNanos < ENOUGH_NANOS;
            closedEarly += early ? 1 : 0;
            closeFirst();
        }
        if (open * 2 > newest.length) {
            grow();
        }
        Journey journey = new Journey(stage, key);
        link(journey);
        if (lastOpened == null) {
            firstOpened = journey;
        } else {
            lastOpened.nextOpened = journey;
        }
        lastOpened = journey;
        open++;
        begun++;
        largeSends.begin(journey);
    }

    private void link(Journey journey) {
        int slot = slot(journey.key);
        Journey before = newest[slot];
        journey.older = before;
        journey.newer = null;
        if (before != null) {
            before.newer = journey;
        }
        newest[slot] = journey;
    }

    private int slot(long key) {
        return (int) key & newest.length - 1;
    }

    private void grow() {
        newest = Arrays.copyOf(new Journey[0], newest.length * 2);
        for (Journey journey = firstOpened; journey != null; journey = journey.nextOpened) {
            link(journey);
        }
    }

    private void closeUntil(long epochNanos) {
        while (firstOpened != null && firstOpened.first().epochNanos < epochNanos) {
            closeFirst();
        }
    }

    /// The first opened is the oldest in its chain, so nothing is older than it.
    private void closeFirst() {
        Journey journey = firstOpened;
        if (journey == null) {
            return;
        }
        firstOpened = journey.nextOpened;
        if (firstOpened == null) {
            lastOpened = null;
        }
        if (journey.newer == null) {
            newest[slot(journey.key)] = null;
        } else {
            journey.newer.older = null;
        }
        journey.newer = null;
        journey.nextOpened = null;
        open--;
        largeSends.end(journey);
        closing.add(journey);
        if (closing.size() >= BATCH) {
            handOn();
        }
    }

    /// Hands on what is ready, without waiting for the batch to be full.
    void handOn() {
        for (int i = 0; i < closing.size(); i++) {
            Journey journey = closing.get(i);
            closed.accept(journey);
            if (!journey.isKept()) {
                pool.giveBack(journey);
            }
        }
        closing.clear();
    }
}

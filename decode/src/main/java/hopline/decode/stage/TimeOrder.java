package hopline.decode.stage;

import java.util.ArrayList;
import java.util.PriorityQueue;

/// Puts stages into the order of their times.
///
/// Records do not stand in time order in a file: real captures of several interfaces step back by a quarter of a
/// second. One interface's records nearly always do, so what comes is a few sorted runs, and those are merged. A stage
/// is held until one that is later by the window has been seen on every input. What comes later still is handed on at
/// once, and counted. Equal times are ordered by point, then by record.
///
/// What waits lies in [StageRows]; only times and row numbers are moved about.
///
/// Bounded: at most `maxHeld` stages are held; when one more comes, the earliest is let go before its time.
/// Single-threaded.
public final class TimeOrder {

    /// How far a record may stand behind a later one and still be put right, in nanoseconds.
    public static final long WINDOW_NANOS = 2_000_000_000L;

    /// Stages held at most, unless told otherwise.
    public static final int MAX_HELD = 1 << 16;

    /// Runs told apart; what fits none of so many goes to a heap, so that no order of input is slow.
    private static final int MAX_RUNS = 32;

    /// Stages handed on at a time: the next step works on them in one go, while they are in the processor's cache.
    private static final int BATCH = 256;

    /// A rank is a point's number and a record's.
    private static final int RECORD_BITS = 44;

    /// Takes stages in the order of their times.
    @FunctionalInterface
    interface Next {

        /// Takes the stage in `row`.
        ///
        /// @param key what [Content#key] says of it
        void add(int row, long epochNanos, long key);

        /// Told before the stages of a batch are added: the time to fetch what they will ask for.
        default void expect(int[] rows, long[] keys, int count) {}
    }

    private final StageRows rows;
    private final Next next;
    private final int maxHeld;

    /// The later a run's last stage, the further to the front it stands. An `ArrayList` by name: see bench/README.md.
    private final ArrayList<Run> runs = new ArrayList<>();

    private final PriorityQueue<Late> late = new PriorityQueue<>();
    private final int[] batch = new int[BATCH];
    private final long[] batchNanos = new long[BATCH];
    private final long[] batchKeys = new long[BATCH];
    private int batched;
    private int held;
    private long released = Long.MIN_VALUE;
    private long outOfOrder;

    /// Hands the stages in order to `journeys`.
    public TimeOrder(Journeys journeys) {
        this(journeys.rows(), journeys.next(), MAX_HELD);
    }

    /// Holds at most `maxHeld` stages in `rows`, and hands the rows to `next`.
    TimeOrder(StageRows rows, Next next, int maxHeld) {
        this.rows = rows;
        this.next = next;
        this.maxHeld = maxHeld;
        runs.add(new Run());
    }

    /// How many stages came so late that their order could not be put right.
    public long outOfOrder() {
        return outOfOrder;
    }

    /// Takes the stage `at` that place of `block`, in the order of its file.
    public void add(StageBlock block, int at) {
        if (held >= maxHeld) {
            release();
        }
        int row = rows.store(block, at);
        long epochNanos = block.epochNanos(at);
        if (epochNanos < released) {
            outOfOrder++;
            epochNanos = released; // its own time would be a lie about the order it is analysed in
            rows.setEpochNanos(row, released);
        }
        insert(row, epochNanos, rank(block.point(at).id(), block.record(at)), block.key(at));
        held++;
    }

    private static long rank(int point, long record) {
        return (long) point << RECORD_BITS | Math.min(record, (1L << RECORD_BITS) - 1);
    }

    private void insert(int row, long epochNanos, long rank, long key) {
        for (int i = 0; i < runs.size(); i++) {
            if (runs.get(i).append(row, epochNanos, rank, key)) {
                return;
            }
        }
        if (runs.size() < MAX_RUNS) {
            Run run = new Run();
            runs.add(run);
            run.append(row, epochNanos, rank, key);
        } else {
            late.add(new Late(row, epochNanos, rank, key));
        }
    }

    /// Lets go of all that is earlier than `epochNanos` less the window: all inputs are read beyond that time.
    public void advance(long epochNanos) {
        long until = Math.max(epochNanos, Long.MIN_VALUE + WINDOW_NANOS) - WINDOW_NANOS;
        while (held > 0 && earliestNanos() < until) {
            release();
        }
        handOn();
    }

    /// Lets go of all that is left.
    public void finish() {
        while (held > 0) {
            release();
        }
        handOn();
    }

    /// Hands on what is ready, without waiting for the batch to be full.
    void handOn() {
        next.expect(batch, batchKeys, batched);
        for (int i = 0; i < batched; i++) {
            next.add(batch[i], batchNanos[i], batchKeys[i]);
        }
        batched = 0;
    }

    private long earliestNanos() {
        Run run = earliestRun();
        Late first = late.peek();
        return first != null && first.isBefore(run) ? first.epochNanos() : run.headNanos();
    }

    /// The run with the earliest head; an empty one only if all are.
    private Run earliestRun() {
        Run earliest = runs.getFirst();
        for (int i = 1; i < runs.size(); i++) {
            if (runs.get(i).isBefore(earliest)) {
                earliest = runs.get(i);
            }
        }
        return earliest;
    }

    private void release() {
        Run run = earliestRun();
        Late first = late.peek();
        if (first != null && first.isBefore(run)) {
            late.remove();
            hold(first.row(), first.epochNanos(), first.key());
        } else {
            hold(run.headRow(), run.headNanos(), run.headKey());
            run.removeHead();
            if (run.isEmpty() && runs.size() > 1) {
                runs.remove(run);
            }
        }
        held--;
        if (batched == BATCH) {
            handOn();
        }
    }

    private void hold(int row, long epochNanos, long key) {
        released = Math.max(released, epochNanos);
        batch[batched] = row;
        batchNanos[batched] = epochNanos;
        batchKeys[batched] = key;
        batched++;
    }

    /// A stage that fits no run.
    private record Late(int row, long epochNanos, long rank, long key) implements Comparable<Late> {

        boolean isBefore(Run run) {
            return run.isEmpty()
                    || epochNanos < run.headNanos()
                    || (epochNanos == run.headNanos() && rank < run.headRank());
        }

        @Override
        public int compareTo(Late other) {
            int order = Long.compare(epochNanos, other.epochNanos);
            return order != 0 ? order : Long.compare(rank, other.rank);
        }
    }

    /// Stages that came in order, in a ring of words.
    private static final class Run {

        private static final int WORDS = 4;

        private long[] ring = new long[WORDS * 1024];
        private int begin;
        private int size;
        private long lastNanos;
        private long lastRank;

        boolean isEmpty() {
            return size == 0;
        }

        long headNanos() {
            return ring[begin];
        }

        long headRank() {
            return ring[begin + 1];
        }

        long headKey() {
            return ring[begin + 2];
        }

        int headRow() {
            return (int) ring[begin + 3];
        }

        boolean isBefore(Run other) {
            return size > 0
                    && (other.size == 0
                            || headNanos() < other.headNanos()
                            || (headNanos() == other.headNanos() && headRank() < other.headRank()));
        }

        void removeHead() {
            begin = begin + WORDS & ring.length - 1;
            size--;
        }

        /// False when the stage belongs before the last one.
        boolean append(int row, long epochNanos, long rank, long key) {
            if (size > 0 && (epochNanos < lastNanos || (epochNanos == lastNanos && rank < lastRank))) {
                return false;
            }
            if (size * WORDS == ring.length) {
                grow();
            }
            int end = begin + size * WORDS & ring.length - 1;
            ring[end] = epochNanos;
            ring[end + 1] = rank;
            ring[end + 2] = key;
            ring[end + 3] = row;
            size++;
            lastNanos = epochNanos;
            lastRank = rank;
            return true;
        }

        private void grow() {
            long[] old = ring;
            ring = new long[old.length * 2];
            System.arraycopy(old, begin, ring, 0, old.length - begin);
            System.arraycopy(old, 0, ring, old.length - begin, begin);
            begin = 0;
        }
    }
}

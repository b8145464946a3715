package hopline.decode.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Puts stages into the order of their times.
///
/// Records do not stand in time order in a file: real captures of several interfaces step back by a quarter of a
/// second. One interface's records nearly always do, so each point has a queue of its own, and the queues are
/// merged. A stage is held until one that is later by the window has been seen on every input. What comes later
/// still is handed on at once, and counted.
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

    /// Stages handed on at a time: the next step works on them in one go, while they are in the processor's cache.
    private static final int BATCH = 256;

    private final StageRows rows;
    private final IntConsumer next;
    private final int[] batch = new int[BATCH];
    private int batched;
    private final int maxHeld;
    private final List<@Nullable Queue> byPoint = new ArrayList<>();
    private final PriorityQueue<Queue> byHead = new PriorityQueue<>();
    private @Nullable Queue earliest;
    private int held;
    private long released = Long.MIN_VALUE;
    private long outOfOrder;

    /// Hands the stages in order to `journeys`.
    public TimeOrder(Journeys journeys) {
        this(journeys.rows(), journeys::add, MAX_HELD);
    }

    /// Holds at most `maxHeld` stages in `rows`, and hands the rows to `next`.
    TimeOrder(StageRows rows, IntConsumer next, int maxHeld) {
        this.rows = rows;
        this.next = next;
        this.maxHeld = maxHeld;
    }

    /// How many stages came so late that their order could not be put right.
    public long outOfOrder() {
        return outOfOrder;
    }

    /// Takes a stage in the order of its file; it may then be used again.
    public void add(Stage stage) {
        if (held >= maxHeld) {
            release();
        }
        int row = rows.store(stage);
        long epochNanos = stage.epochNanos;
        if (epochNanos < released) {
            outOfOrder++;
            epochNanos = released; // its own time would be a lie about the order it is analysed in
            rows.setEpochNanos(row, released);
        }
        Queue queue = queue(stage.point.id());
        boolean wasEmpty = queue.isEmpty();
        boolean newHead = queue.insert(epochNanos, stage.record, row);
        held++;
        if (wasEmpty) {
            enqueue(queue);
        } else if (newHead) {
            requeue(queue);
        }
    }

    /// Lets go of all that is earlier than `epochNanos` less the window: all inputs are read beyond that time.
    public void advance(long epochNanos) {
        long until = Math.max(epochNanos, Long.MIN_VALUE + WINDOW_NANOS) - WINDOW_NANOS;
        while (earliest != null && earliest.headNanos() < until) {
            release();
        }
        handOn();
    }

    /// Lets go of all that is left.
    public void finish() {
        while (earliest != null) {
            release();
        }
        handOn();
    }

    /// Hands on what is ready, without waiting for the batch to be full.
    void handOn() {
        for (int i = 0; i < batched; i++) {
            next.accept(batch[i]);
        }
        batched = 0;
    }

    private Queue queue(int point) {
        while (byPoint.size() <= point) {
            byPoint.add(null);
        }
        Queue queue = byPoint.get(point);
        if (queue == null) {
            queue = new Queue(point);
            byPoint.set(point, queue);
        }
        return queue;
    }

    private void enqueue(Queue queue) {
        if (earliest == null) {
            earliest = queue;
        } else if (queue.compareTo(earliest) < 0) {
            byHead.add(earliest);
            earliest = queue;
        } else {
            byHead.add(queue);
        }
    }

    private void requeue(Queue queue) {
        if (queue != earliest) {
            byHead.remove(queue);
            enqueue(queue);
        }
    }

    private void release() {
        Queue queue = earliest;
        if (queue == null) {
            return;
        }
        released = Math.max(released, queue.headNanos());
        batch[batched++] = queue.poll();
        held--;
        Queue second = byHead.peek();
        if (queue.isEmpty()) {
            earliest = byHead.poll();
        } else if (second != null && second.compareTo(queue) < 0) {
            earliest = byHead.poll();
            byHead.add(queue);
        }
        if (batched == BATCH) {
            handOn();
        }
    }

    /// A stage that came after a later one of its point.
    private record Late(long epochNanos, long record, int row) implements Comparable<Late> {

        @Override
        public int compareTo(Late other) {
            int order = Long.compare(epochNanos, other.epochNanos);
            return order != 0 ? order : Long.compare(record, other.record);
        }
    }

    /// The stages of one point: those that came in order in a ring, those that came late in a heap, so that no
    /// order of input costs more than the logarithm of what is held.
    private static final class Queue implements Comparable<Queue> {

        private final int point;
        private final PriorityQueue<Late> late = new PriorityQueue<>();
        private long[] times = new long[16];
        private long[] records = new long[16];
        private int[] rows = new int[16];
        private int begin;
        private int inOrder;
        private long headNanos;
        private boolean headIsLate;

        Queue(int point) {
            this.point = point;
        }

        boolean isEmpty() {
            return inOrder == 0 && late.isEmpty();
        }

        /// The earliest time; not to be asked of an empty queue.
        long headNanos() {
            return headNanos;
        }

        /// True when what was inserted is now the earliest.
        boolean insert(long epochNanos, long record, int row) {
            boolean wasEmpty = isEmpty();
            long earliestNanos = headNanos;
            if (inOrder == 0 || isAfterLast(epochNanos, record)) {
                append(epochNanos, record, row);
            } else {
                late.add(new Late(epochNanos, record, row));
            }
            chooseHead();
            return wasEmpty || headNanos < earliestNanos;
        }

        private boolean isAfterLast(long epochNanos, long record) {
            int last = begin + inOrder - 1 & times.length - 1;
            return times[last] < epochNanos || (times[last] == epochNanos && records[last] <= record);
        }

        private void append(long epochNanos, long record, int row) {
            if (inOrder == times.length) {
                grow();
            }
            int end = begin + inOrder & times.length - 1;
            times[end] = epochNanos;
            records[end] = record;
            rows[end] = row;
            inOrder++;
        }

        private void grow() {
            int length = times.length;
            times = Arrays.copyOf(times, 2 * length);
            records = Arrays.copyOf(records, 2 * length);
            rows = Arrays.copyOf(rows, 2 * length);
            System.arraycopy(times, 0, times, length, begin);
            System.arraycopy(records, 0, records, length, begin);
            System.arraycopy(rows, 0, rows, length, begin);
        }

        /// The row of the earliest stage, which is taken out.
        int poll() {
            int row;
            if (headIsLate) {
                row = late.remove().row();
            } else {
                row = rows[begin];
                begin = begin + 1 & times.length - 1;
                inOrder--;
            }
            chooseHead();
            return row;
        }

        private void chooseHead() {
            Late first = late.peek();
            headIsLate = first != null
                    && (inOrder == 0
                            || first.epochNanos() < times[begin]
                            || (first.epochNanos() == times[begin] && first.record() < records[begin]));
            headNanos = headIsLate ? first.epochNanos() : times[begin];
        }

        @Override
        public int compareTo(Queue other) {
            int order = Long.compare(headNanos, other.headNanos);
            return order != 0 ? order : Integer.compare(point, other.point);
        }
    }
}

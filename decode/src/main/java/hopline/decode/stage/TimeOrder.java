package hopline.decode.stage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Puts stages into the order of their times.
///
/// Records do not stand in time order in a file: real captures of several interfaces step back by a quarter of a
/// second. One interface's records nearly always do, so each point has a queue of its own, and the queues are
/// merged. A stage is held until one that is later by the window has been seen on every input. What comes later
/// still is handed on at once, and counted.
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

    private final Consumer<Stage> ordered;
    private final List<Stage> batch = new ArrayList<>(BATCH);
    private final int maxHeld;
    private final List<@Nullable Queue> byPoint = new ArrayList<>();
    private final PriorityQueue<Queue> byHead = new PriorityQueue<>();
    private @Nullable Queue earliest;
    private int held;
    private long released = Long.MIN_VALUE;
    private long outOfOrder;

    /// Hands the stages in order to `ordered`.
    public TimeOrder(Consumer<Stage> ordered) {
        this(ordered, MAX_HELD);
    }

    /// Holds at most `maxHeld` stages.
    public TimeOrder(Consumer<Stage> ordered, int maxHeld) {
        this.ordered = ordered;
        this.maxHeld = maxHeld;
    }

    /// How many stages came so late that their order could not be put right.
    public long outOfOrder() {
        return outOfOrder;
    }

    /// Takes a stage in the order of its file.
    public void add(Stage stage) {
        if (held >= maxHeld) {
            release();
        }
        if (stage.epochNanos < released) {
            outOfOrder++;
            stage.epochNanos = released; // its own time would be a lie about the order it is analysed in
        }
        Queue queue = queue(stage.point.id());
        boolean wasEmpty = queue.isEmpty();
        boolean newHead = queue.insert(stage);
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
        while (earliest != null && earliest.head().epochNanos < until) {
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
        for (int i = 0; i < batch.size(); i++) {
            ordered.accept(batch.get(i));
        }
        batch.clear();
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
        Stage stage = queue.poll();
        held--;
        released = Math.max(released, stage.epochNanos);
        Queue second = byHead.peek();
        if (queue.isEmpty()) {
            earliest = byHead.poll();
        } else if (second != null && second.compareTo(queue) < 0) {
            earliest = byHead.poll();
            byHead.add(queue);
        }
        batch.add(stage);
        if (batch.size() >= BATCH) {
            handOn();
        }
    }

    /// The stages of one point: those that came in order in a deque, those that came late in a heap, so that no
    /// order of input costs more than the logarithm of what is held.
    private static final class Queue implements Comparable<Queue> {

        private static final Comparator<Stage> EARLIEST =
                Comparator.comparingLong(Stage::epochNanos).thenComparingLong(Stage::record);

        private final int point;
        private final ArrayDeque<Stage> inOrder = new ArrayDeque<>();
        private final PriorityQueue<Stage> late = new PriorityQueue<>(EARLIEST);
        private @Nullable Stage head;

        Queue(int point) {
            this.point = point;
        }

        boolean isEmpty() {
            return head == null;
        }

        Stage head() {
            return Objects.requireNonNull(head);
        }

        /// True when `stage` is now the earliest.
        boolean insert(Stage stage) {
            Stage latest = inOrder.peekLast();
            if (latest == null || EARLIEST.compare(latest, stage) <= 0) {
                inOrder.addLast(stage);
            } else {
                late.add(stage);
            }
            if (head == null || EARLIEST.compare(stage, head) < 0) {
                head = stage;
                return true;
            }
            return false;
        }

        Stage poll() {
            Stage polled = head();
            if (polled == inOrder.peekFirst()) {
                inOrder.removeFirst();
            } else {
                late.remove();
            }
            head = next();
            return polled;
        }

        private @Nullable Stage next() {
            Stage first = inOrder.peekFirst();
            Stage other = late.peek();
            if (first == null || other == null) {
                return first == null ? other : first;
            }
            return EARLIEST.compare(first, other) <= 0 ? first : other;
        }

        @Override
        public int compareTo(Queue other) {
            int order = Long.compare(head().epochNanos, other.head().epochNanos);
            return order != 0 ? order : Integer.compare(point, other.point);
        }
    }
}

package hopline.capture.etl;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The events of a trace in the order of their time stamps, and of the file where these are equal.
///
/// A buffer is opened when its first event is due and left after its last, so that about as many are open as the
/// machine had processors, whatever the order of buffers in the file.
final class MergedEvents implements Closeable {

    /// A bound on memory for files that claim that all their buffers overlap; beyond it the order is not kept.
    static final int MAX_OPEN = 512;

    /// Cursors that decompress ahead, each of which takes a megabyte; others do when they are asked.
    private static final int MAX_AHEAD = 32;

    /// Threads that decompress, each for every second cursor.
    private static final int THREADS = 2;

    /// Compressed buffers begun before they are due, so that there is always something to decompress.
    private static final int MAX_BEGUN = 4;

    private final TraceFile file;
    private final List<BufferHeader> buffers;
    private final Deque<BufferCursor> begun = new ArrayDeque<>();
    private final List<ExecutorService> threads = new ArrayList<>();
    private int ahead;
    private final PriorityQueue<BufferCursor> open = new PriorityQueue<>(MergedEvents::compare);
    private final Deque<BufferCursor> spare = new ArrayDeque<>();
    private int nextBuffer;
    private @Nullable BufferCursor current;

    MergedEvents(TraceFile file) {
        this.file = file;
        this.buffers = file.buffers();
    }

    private static int compare(BufferCursor one, BufferCursor other) {
        int byTime = Long.compare(one.event().time(), other.event().time());
        return byTime != 0
                ? byTime
                : Long.compare(one.buffer().position(), other.buffer().position());
    }

    /// The next event, or null after the last; refilled by the next call.
    @Nullable TraceEvent next() throws IOException {
        if (current != null && current.next() && isStillFirst(current)) {
            return current.event();
        }
        enqueueCurrent();
        while (isNextDue()) {
            openNext();
        }
        current = open.poll();
        return current == null ? null : current.event();
    }

    /// Mostly a processor logs several events before another one does.
    private boolean isStillFirst(BufferCursor cursor) {
        BufferCursor second = open.peek();
        boolean due = nextBuffer < buffers.size()
                && buffers.get(nextBuffer).firstTime() <= cursor.event().time();
        return !due && (second == null || compare(cursor, second) <= 0);
    }

    private void enqueueCurrent() {
        if (current != null) {
            enqueue(current);
            current = null;
        }
    }

    /// Puts it where its event, to which it was just moved, belongs.
    private void enqueue(BufferCursor cursor) {
        if (!cursor.isEnded()) {
            open.add(cursor);
            return;
        }
        String problem = cursor.problem();
        if (problem != null) {
            file.note(cursor.buffer().position(), problem);
        }
        spare.push(cursor);
    }

    private boolean isNextDue() {
        if (nextBuffer == buffers.size() || open.size() >= MAX_OPEN) {
            return false;
        }
        BufferCursor earliest = open.peek();
        return earliest == null
                || buffers.get(nextBuffer).firstTime() <= earliest.event().time();
    }

    /// Ends the threads that decompress.
    @Override
    public void close() {
        threads.forEach(ExecutorService::shutdown);
    }

    private void openNext() throws IOException {
        begin(1);
        BufferCursor cursor = begun.remove();
        nextBuffer++;
        if (file.header().isCompressed()) {
            begin(MAX_BEGUN);
        }
        cursor.next();
        enqueue(cursor);
    }

    /// Opens buffers until so many wait for their time.
    private void begin(int count) throws IOException {
        while (begun.size() < count && nextBuffer + begun.size() < buffers.size()) {
            BufferCursor cursor = spare.isEmpty() ? newCursor() : spare.pop();
            cursor.open(buffers.get(nextBuffer + begun.size()));
            begun.add(cursor);
        }
    }

    private BufferCursor newCursor() {
        if (!file.header().isCompressed() || ahead == MAX_AHEAD) {
            return new BufferCursor(file);
        }
        if (threads.size() < THREADS) {
            threads.add(Executors.newSingleThreadExecutor(MergedEvents::newThread));
        }
        return new BufferCursor(file, threads.get(ahead++ % THREADS));
    }

    private static Thread newThread(Runnable tasks) {
        Thread thread = new Thread(tasks, "hopline-decompress");
        thread.setDaemon(true);
        return thread;
    }
}

package hopline.capture.etl;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
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

    /// Buffers that are decompressed ahead, each of which takes half a megabyte; others are when they are due.
    private static final int MAX_AHEAD = 32;

    private final TraceFile file;
    private @Nullable ExecutorService decompression;
    private int ahead;
    private final List<BufferHeader> buffers;
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

    private @Nullable DecodeAhead decodeAhead() {
        return !file.header().isCompressed() || ahead++ >= MAX_AHEAD ? null : new DecodeAhead(decompression());
    }

    private ExecutorService decompression() {
        if (decompression == null) {
            decompression = Executors.newSingleThreadExecutor(task -> {
                Thread thread = new Thread(task, "hopline-decompress");
                thread.setDaemon(true);
                return thread;
            });
        }
        return decompression;
    }

    /// Ends the thread that decompresses, if there is one.
    @Override
    public void close() {
        if (decompression != null) {
            decompression.shutdown();
        }
    }

    private void openNext() throws IOException {
        BufferCursor cursor = spare.isEmpty() ? new BufferCursor(file, decodeAhead()) : spare.pop();
        cursor.open(buffers.get(nextBuffer++));
        cursor.next();
        enqueue(cursor);
    }
}

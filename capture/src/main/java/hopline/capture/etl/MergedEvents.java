package hopline.capture.etl;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The events of a trace in the order of their time stamps, and of the file where these are equal.
///
/// A buffer is opened when its first event is due and left after its last, so that about as many are open as the
/// machine had processors, whatever the order of buffers in the file.
final class MergedEvents {

    /// A bound on memory for files that claim that all their buffers overlap; beyond it the order is not kept.
    static final int MAX_OPEN = 512;

    private final TraceFile file;
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
        advance();
        while (isNextDue()) {
            openNext();
        }
        current = open.poll();
        return current == null ? null : current.event();
    }

    private void advance() throws IOException {
        if (current != null) {
            enqueue(current);
            current = null;
        }
    }

    private void enqueue(BufferCursor cursor) throws IOException {
        if (cursor.next()) {
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

    private void openNext() throws IOException {
        BufferCursor cursor = spare.isEmpty() ? new BufferCursor(file) : spare.pop();
        cursor.open(buffers.get(nextBuffer++));
        enqueue(cursor);
    }
}

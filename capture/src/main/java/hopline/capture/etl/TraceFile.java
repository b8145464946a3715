package hopline.capture.etl;

import hopline.capture.MalformedCaptureException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The container: a run of buffers, each with the events of one processor, found by stepping from header to header.
///
/// Only headers are kept. The buffers are not in the order of time, in circular files not even those of one
/// processor; see [MergedEvents].
final class TraceFile implements Closeable {

    /// A bound on memory: 64 GiB of trace in buffers of 64 KiB.
    static final int MAX_BUFFERS = 1 << 20;

    /// Steps over unused or damaged space in search of the next buffer.
    private static final int MAX_STEPS = 1 << 20;

    private static final int SMALLEST_BUFFER = 512;
    private static final int LARGEST_BUFFER = 16 << 20;

    private final FileChannel channel;
    private final byte[] head = new byte[BufferHeader.LENGTH];
    private final List<BufferHeader> buffers = new ArrayList<>();
    private final LogfileHeader header;
    private final TraceClock clock;
    private final long end;
    private long lostBufferMarks;
    private long lostEventMarks;
    private @Nullable MalformedCaptureException problem;

    private TraceFile(FileChannel channel) throws IOException {
        this.channel = channel;
        this.end = channel.size();
        this.header = readHeader();
        this.clock = TraceClock.of(header);
    }

    /// Finds the buffers of the trace in `channel`, which closes with it, and at once when there is no trace in it.
    static TraceFile open(FileChannel channel) throws IOException {
        try {
            TraceFile file = new TraceFile(channel);
            file.scan();
            file.buffers.sort(Comparator.comparingLong(BufferHeader::firstTime)); // stable: file order where equal
            return file;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private LogfileHeader readHeader() throws IOException {
        byte[] first = new byte[BufferHeader.LENGTH + (64 << 10)];
        int length = read(0, first, 0, first.length);
        if (!BufferHeader.isFirst(first, 0, length)) {
            throw new MalformedCaptureException(0, "trace does not begin with its logfile header");
        }
        int size = Math.min(EventData.u16(first, BufferHeader.LENGTH + HeaderKind.SYSTEM64.sizeAt()), 64 << 10);
        byte[] event = new byte[Math.max(size, LogfileHeader.HEADER_LENGTH)];
        System.arraycopy(first, BufferHeader.LENGTH, event, 0, event.length);
        return LogfileHeader.parse(event, event.length);
    }

    private void scan() throws IOException {
        BufferCursor cursor = BufferCursor.ofFirstEvents(this);
        long position = 0;
        while (position < end) {
            int there = read(position, head, 0, BufferHeader.LENGTH);
            BufferHeader buffer = there < BufferHeader.LENGTH ? null : BufferHeader.parse(head, 0, position);
            if (buffer == null) {
                position = nextBuffer(position);
            } else if (!add(buffer, cursor)) {
                break;
            } else {
                position += buffer.size();
            }
        }
        if (position > end) {
            BufferHeader last = buffers.getLast();
            note(
                    last.position(),
                    "file ends inside a buffer: " + last.size() + " octets expected, " + (end - last.position())
                            + " found");
        }
        if (header.buffersExpected() > buffers.size()) {
            note(
                    end,
                    "file ends early: " + header.buffersExpected() + " buffers expected, " + buffers.size() + " found");
        }
    }

    private boolean add(BufferHeader buffer, BufferCursor cursor) throws IOException {
        if (buffers.size() == MAX_BUFFERS) {
            note(buffer.position(), "more than " + MAX_BUFFERS + " buffers");
            return false;
        }
        lostEventMarks += buffer.tellsOfLostEvents() ? 1 : 0;
        lostBufferMarks += buffer.tellsOfLostBuffers() ? 1 : 0;
        cursor.open(buffer);
        boolean holdsEvents = cursor.next();
        buffers.add(buffer.startingAt(holdsEvents ? cursor.event().time() : Long.MIN_VALUE));
        return true;
    }

    /// Where a session was not stopped in order, space without buffers follows, or lies between, in steps of the
    /// session's buffer size.
    private long nextBuffer(long from) throws IOException {
        int step = header.bufferSize();
        boolean empty = isEmpty();
        boolean regular = step >= SMALLEST_BUFFER && step <= LARGEST_BUFFER && !header.isCompressed();
        long position = from;
        for (int steps = 0; regular && steps < MAX_STEPS && position + step < end; steps++) {
            position += step;
            read(position, head, 0, BufferHeader.LENGTH);
            if (BufferHeader.parse(head, 0, position) != null) {
                note(
                        from,
                        (empty ? "empty space" : "damaged buffer") + " of " + (position - from)
                                + " octets before the next buffer");
                return position;
            }
            empty &= isEmpty();
        }
        if (!empty) {
            note(from, "buffer header is broken");
        }
        return end;
    }

    private boolean isEmpty() {
        return EventData.i32(head, 0) == 0 && EventData.i64(head, BufferHeader.LENGTH - 32) == 0;
    }

    /// Octets in the file, as they were when it was opened.
    long end() {
        return end;
    }

    /// Keeps the first thing that was wrong; reading goes on.
    void note(long position, String what) {
        if (problem == null) {
            problem = new MalformedCaptureException(position, what);
        }
    }

    /// What was wrong with the file, as far as it was read; null when nothing was.
    @Nullable MalformedCaptureException problem() {
        return problem;
    }

    LogfileHeader header() {
        return header;
    }

    TraceClock clock() {
        return clock;
    }

    /// Ordered by the time of their first events.
    List<BufferHeader> buffers() {
        return Collections.unmodifiableList(buffers);
    }

    /// Buffers whose flags say that buffers before them were lost.
    long lostBufferMarks() {
        return lostBufferMarks;
    }

    /// Buffers whose flags say that events before them were lost.
    long lostEventMarks() {
        return lostEventMarks;
    }

    /// Reads up to `length` octets; fewer only at the end of the file.
    int read(long position, byte[] into, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + length - buffer.remaining()) < 0) {
                break;
            }
        }
        return length - buffer.remaining();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

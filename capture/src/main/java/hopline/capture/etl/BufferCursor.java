package hopline.capture.etl;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// Walks over the events of one buffer, compressed or not, through a window that holds a part of it.
///
/// Each event is rounded up to 8 octets and none goes on in the next buffer. An event that breaks the rules ends the
/// buffer: nothing tells where the next would be.
final class BufferCursor {

    /// What fills the unused end of a buffer, as zeros do; before its end, either is damage.
    private static final int SLACK = -1;

    private static final int SMALLEST_HEADER = 8;
    private static final int STEP = 64 << 10;
    private static final int SMALL_STEP = 1 << 10;
    private static final int MAX_EVENT = 0xffff;

    private final TraceFile file;
    private final int step;
    private final TraceEvent event = new TraceEvent();
    private final @Nullable ExecutorService thread;
    private @Nullable XpressDecoder decoder;
    private @Nullable DecodeAhead ahead;
    private DecodeAhead.@Nullable Part part;
    private BufferHeader buffer = new BufferHeader(0, 0, 0, 0, 0, 0, 0);
    private byte[] window;
    private int at;
    private int filled;
    /// Octets of the event area that lie before the window's front.
    private int passed;
    private boolean ended;
    private @Nullable String problem;

    BufferCursor(TraceFile file) {
        this(file, null, STEP);
    }

    /// Decompresses on `thread`, when there is one.
    BufferCursor(TraceFile file, @Nullable ExecutorService thread) {
        this(file, thread, STEP);
    }

    private BufferCursor(TraceFile file, @Nullable ExecutorService thread, int step) {
        this.file = file;
        this.thread = thread;
        this.step = step;
        this.window = new byte[thread == null ? XpressDecoder.HISTORY + step : 0];
    }

    /// One for the first event of each buffer, which reads little more than that.
    static BufferCursor ofFirstEvents(TraceFile file) {
        return new BufferCursor(file, null, SMALL_STEP);
    }

    /// Starts before the first event of `next`.
    void open(BufferHeader next) throws IOException {
        buffer = next;
        at = 0;
        filled = 0;
        passed = 0;
        ended = false;
        problem = null;
        event.begin(next.processor());
        giveBackPart();
        if (next.isCompressed()) {
            startDecoding();
        }
    }

    private void startDecoding() throws IOException {
        decoder = decoder == null ? new XpressDecoder(file::read) : decoder;
        long position = buffer.position() + BufferHeader.LENGTH;
        int size = buffer.size() - BufferHeader.LENGTH;
        if (thread == null) {
            decoder.start(position, size);
            return;
        }
        ahead = ahead == null ? new DecodeAhead(decoder, thread) : ahead;
        ahead.start(position, size, buffer.used());
    }

    private void giveBackPart() {
        if (ahead != null && part != null) {
            window = new byte[0];
            ahead.giveBack(part);
            part = null;
        }
    }

    BufferHeader buffer() {
        return buffer;
    }

    /// What was wrong with the buffer, as far as it was read; null when nothing was.
    @Nullable String problem() {
        return problem;
    }

    /// The event [#next] found; refilled by the next call.
    TraceEvent event() {
        return event;
    }

    /// Moves to the next event; false after the last.
    boolean next() throws IOException {
        ended = !advance();
        return !ended;
    }

    /// True behind the last event.
    boolean isEnded() {
        return ended;
    }

    private boolean advance() throws IOException {
        at += -(at + passed) & 7;
        if (ended || !has(SMALLEST_HEADER)) {
            return false;
        }
        int first = EventData.i32(window, at);
        if (first == SLACK || first == 0) {
            return broken("holds " + (passed + at) + " octets of events, " + buffer.used() + " expected");
        }
        HeaderKind kind = HeaderKind.of(window, at);
        if (kind == null) {
            return broken("has an event of unknown kind 0x" + Integer.toHexString(first));
        }
        int size = EventData.u16(window, at + kind.sizeAt());
        if (size < kind.length()) {
            return broken("has an event of " + size + " octets, at least " + kind.length() + " expected");
        }
        if (!has(size)) {
            return broken("ends inside an event: " + size + " octets expected, " + (filled - at) + " found");
        }
        event.set(kind, window, at, size);
        at += size;
        return true;
    }

    private boolean broken(String what) {
        problem = problem == null ? "buffer " + what : problem;
        return false;
    }

    /// Brings `size` octets from `at` on into the window; false when the buffer or the file ends before.
    private boolean has(int size) throws IOException {
        if (filled - at < size) {
            fill(size);
        }
        return filled - at >= size;
    }

    private void fill(int size) throws IOException {
        if (ahead != null && buffer.isCompressed()) {
            takePart(ahead);
        } else {
            fillNow(size);
        }
    }

    private void takePart(DecodeAhead ahead) throws IOException {
        DecodeAhead.Part next = ahead.take();
        if (next == null) {
            return;
        }
        int left = filled - at;
        // an event may have begun further back than what the part repeats
        window = left > next.start() ? joined(left, next) : next.octets();
        int start = Math.max(left, next.start());
        passed += filled - start;
        filled = start + next.end() - next.start();
        at = start - left;
        if (next.isShort()) {
            noteShortage(next.isDamaged());
        }
        if (part != null) {
            ahead.giveBack(part);
        }
        part = next;
    }

    private byte[] joined(int left, DecodeAhead.Part next) {
        byte[] joined = Arrays.copyOf(Arrays.copyOfRange(window, at, at + left), left + next.end() - next.start());
        System.arraycopy(next.octets(), next.start(), joined, left, next.end() - next.start());
        return joined;
    }

    private void fillNow(int size) throws IOException {
        slide();
        if (at + size > window.length) {
            window = Arrays.copyOf(window, XpressDecoder.HISTORY + STEP + MAX_EVENT);
        }
        int limit = Math.min(Math.max(at + size, filled + step), Math.min(window.length, buffer.used() - passed));
        if (filled < limit) {
            filled = load(limit);
            if (filled < limit) {
                noteShortage(decoder != null && buffer.isCompressed() && decoder.isDamaged());
            }
        }
    }

    /// Moves what is needed to the window's front: what was not read yet, and what matches may refer to.
    private void slide() {
        int keep = buffer.isCompressed() ? XpressDecoder.HISTORY : 0;
        int from = Math.max(0, Math.min(at, filled) - keep);
        System.arraycopy(window, from, window, 0, filled - from);
        filled -= from;
        at -= from;
        passed += from;
    }

    private int load(int limit) throws IOException {
        if (decoder != null && buffer.isCompressed()) {
            return decoder.decode(window, filled, limit);
        }
        long position = buffer.position() + BufferHeader.LENGTH + passed + filled;
        return filled + file.read(position, window, filled, limit - filled);
    }

    private void noteShortage(boolean damaged) {
        if (problem == null) {
            problem = damaged
                    ? "buffer is compressed and damaged after " + (passed + filled) + " octets"
                    : "buffer holds " + (passed + filled) + " octets of events, " + buffer.used() + " expected";
        }
    }
}

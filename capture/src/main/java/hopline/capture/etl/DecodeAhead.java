package hopline.capture.etl;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Decompresses the next parts of a buffer on another thread, while the part before them is looked at.
///
/// Several parts are on their way at a time, so that the thread need not be woken for each. Bounded: it holds
/// [#MAX_PARTS] parts at most, and waits for one to be given back.
final class DecodeAhead {

    /// Octets of a part: so many that handing it over costs little, so few that it stays in the processor's cache.
    static final int LENGTH = 256 << 10;

    private static final int MAX_PARTS = 4;

    private final ExecutorService thread;
    private final Deque<Part> free = new ArrayDeque<>();
    private final Deque<Future<Part>> running = new ArrayDeque<>();
    private final XpressDecoder decoder;
    private int parts;
    private int rest;
    private @Nullable Part last;

    /// Some of a buffer's octets, in an array in which those before them precede them, so that matches find what
    /// they refer to, and an event that began there is whole.
    static final class Part {

        private final byte[] octets = new byte[XpressDecoder.HISTORY + LENGTH];
        private int start;
        private int end;
        private boolean complete;
        private boolean damaged;

        byte[] octets() {
            return octets;
        }

        /// Where the part begins, behind what is repeated.
        int start() {
            return start;
        }

        /// One past its last octet.
        int end() {
            return end;
        }

        /// Less was there than the buffer's header says.
        boolean isShort() {
            return !complete;
        }

        /// A match referred to what was never there.
        boolean isDamaged() {
            return damaged;
        }

        /// Decompresses what follows `before`; nothing, where that was short.
        private Part fill(XpressDecoder decoder, @Nullable Part before, int length) throws IOException {
            start = before == null ? 0 : XpressDecoder.HISTORY;
            end = start;
            complete = false;
            damaged = false;
            if (before == null || before.complete) {
                if (before != null) {
                    System.arraycopy(before.octets, before.end - start, octets, 0, start);
                }
                end = decoder.decode(octets, start, start + length);
                complete = end == start + length;
                damaged = decoder.isDamaged();
            }
            return this;
        }
    }

    /// Decompresses by `decoder` on `thread`, which does one task after another.
    DecodeAhead(XpressDecoder decoder, ExecutorService thread) {
        this.decoder = decoder;
        this.thread = thread;
    }

    /// Begins with another buffer: so many octets of the stream that begins at `position` of the file and is `size`
    /// octets long. All parts taken must have been given back.
    void start(long position, long size, int octets) throws IOException {
        for (Part part = take(); part != null; part = take()) {
            free.push(part); // of a buffer that was broken
        }
        decoder.start(position, size);
        rest = octets;
        last = null;
        decodeMore();
    }

    private void decodeMore() {
        while (rest > 0 && (!free.isEmpty() || parts < MAX_PARTS)) {
            Part part = free.isEmpty() ? newPart() : free.pop();
            Part before = last;
            int length = Math.min(rest, LENGTH);
            running.add(thread.submit(() -> part.fill(decoder, before, length)));
            last = part;
            rest -= length;
        }
    }

    private Part newPart() {
        parts++;
        return new Part();
    }

    /// Waits for the next part, which is good until it is given back; null after the last.
    @Nullable Part take() throws IOException {
        Future<Part> next = running.poll();
        if (next == null) {
            return null;
        }
        try {
            return next.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while decompressing");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    /// Takes back a part that is not looked at any more.
    void giveBack(Part part) {
        free.push(part);
        decodeMore();
    }
}

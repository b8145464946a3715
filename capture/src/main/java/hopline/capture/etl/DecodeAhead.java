package hopline.capture.etl;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Decompresses the next part of a buffer on another thread, while the part before it is looked at.
///
/// A part lies behind the [#HISTORY] octets that precede it, so that matches find what they refer to, and an event that
/// began there is whole.
final class DecodeAhead {

    static final int HISTORY = XpressDecoder.HISTORY;

    /// Octets of a part: so many that handing it over costs little.
    static final int PART = 256 << 10;

    private final ExecutorService thread;
    private byte[] spare = new byte[HISTORY + PART];
    private @Nullable Future<Integer> running;

    DecodeAhead(ExecutorService thread) {
        this.thread = thread;
    }

    boolean isRunning() {
        return running != null;
    }

    /// Begins to decompress up to `most` octets that follow the first `filled` ones of `window`, at least [#HISTORY],
    /// which must stay as they are until [#finish].
    void start(XpressDecoder decoder, byte[] window, int filled, int most) {
        byte[] part = spare;
        running = thread.submit(() -> {
            System.arraycopy(window, filled - HISTORY, part, 0, HISTORY);
            return decoder.decode(part, HISTORY, HISTORY + Math.min(most, PART));
        });
    }

    /// Waits for the part and returns where it ends; it begins at [#HISTORY].
    int finish() throws IOException {
        Future<Integer> part = running;
        running = null;
        try {
            return part == null ? HISTORY : part.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while decompressing");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    /// The part that was finished; `window` is filled next, when it is large enough.
    byte[] exchange(byte[] window) {
        byte[] part = spare;
        spare = window.length == part.length ? window : new byte[HISTORY + PART];
        return part;
    }
}

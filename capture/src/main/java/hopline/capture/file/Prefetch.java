package hopline.capture.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Reads pieces of a file, and decompresses them, on a thread of its own, while those before are looked at. Holds few
/// pieces: whoever is faster waits. Half of the processors may be taken by such threads.
final class Prefetch implements Closeable {

    /// Octets at the beginning of each piece that take what is left of the one before.
    static final int ROOM = 128 << 10;

    private static final int SIZE = 1 << 20;
    private static final int PIECES = 3;
    private static final Semaphore THREADS = new Semaphore(Runtime.getRuntime().availableProcessors() / 2);

    /// Octets from [#ROOM] to `end`, which is before that when nothing follows.
    static final class Piece {

        final byte[] octets = new byte[ROOM + SIZE];
        int end;

        @Nullable Throwable failure;
    }

    private final InputStream in;
    private final BlockingQueue<Piece> full = new ArrayBlockingQueue<>(PIECES);
    private final BlockingQueue<Piece> empty = new ArrayBlockingQueue<>(PIECES);
    private final Thread thread = new Thread(this::run, "hopline-prefetch");
    private boolean ended;
    private boolean closed;

    /// Begins to read `in`, which whoever gives it closes after this; null when no processor can be spared.
    static @Nullable Prefetch begin(InputStream in) {
        return THREADS.tryAcquire() ? new Prefetch(in) : null;
    }

    private Prefetch(InputStream in) {
        this.in = in;
        for (int i = 0; i < PIECES; i++) {
            empty.add(new Piece());
        }
        thread.setDaemon(true);
        thread.start();
    }

    /// The next piece, the caller's until it is given back; null at the end.
    ///
    /// @throws IOException when it could not be read, as reading said it
    @Nullable Piece next() throws IOException {
        if (ended) {
            return null;
        }
        Piece piece = take();
        ended = piece.end < ROOM;
        if (piece.failure != null) {
            rethrow(piece.failure);
        }
        return ended ? null : piece;
    }

    private Piece take() throws IOException {
        try {
            return full.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading");
        }
    }

    private static void rethrow(Throwable failure) throws IOException {
        switch (failure) {
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IOException(failure);
        }
    }

    void giveBack(Piece piece) {
        empty.add(piece);
    }

    private void run() {
        try {
            Piece piece;
            do {
                piece = empty.take();
                read(piece);
                full.put(piece);
            } while (piece.end >= ROOM);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void read(Piece piece) {
        piece.end = 0;
        try {
            piece.end = ROOM + in.read(piece.octets, ROOM, SIZE);
        } catch (Throwable e) { // told to whoever waits for the piece
            piece.failure = e;
        }
    }

    /// Waits until no more is read.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            end();
            THREADS.release();
        }
    }

    private void end() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

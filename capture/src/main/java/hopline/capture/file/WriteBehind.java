package hopline.capture.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Writes pieces on a thread of its own, so that the next is made meanwhile. Holds few pieces: whoever is faster waits.
final class WriteBehind {

    private static final int PIECES = 4;
    private static final int END = -1;

    private static final class Piece {

        final byte[] octets;
        final int length;

        Piece(byte[] octets, int length) {
            this.octets = octets;
            this.length = length;
        }
    }

    private final OutputStream out;
    private final BlockingQueue<Piece> full = new ArrayBlockingQueue<>(PIECES);
    private final BlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(PIECES);
    private final Thread thread = new Thread(this::run, "hopline-write");
    private volatile @Nullable Throwable failure;
    private boolean told;

    /// Begins to write to `out` pieces of at most `size` octets.
    WriteBehind(OutputStream out, int size) {
        this.out = out;
        for (int i = 1; i < PIECES; i++) {
            empty.add(new byte[size]);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /// Hands on the first `length` octets of `octets`, which are not the caller's any more, and gives an array instead.
    ///
    /// @throws IOException when an earlier piece could not be written
    byte[] exchange(byte[] octets, int length) throws IOException {
        requireWritten();
        try {
            full.put(new Piece(octets, length));
            return empty.take();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /// Waits until all is written.
    void finish() throws IOException {
        try {
            full.put(new Piece(new byte[0], END));
            thread.join();
        } catch (InterruptedException e) {
            throw interrupted();
        }
        requireWritten();
    }

    private void requireWritten() throws IOException {
        boolean again = told;
        Throwable earlier = failure;
        told = earlier != null;
        switch (earlier) {
            case null -> {}
            case RuntimeException e when !again -> throw e;
            case Error e when !again -> throw e;
            default -> throw new IOException(earlier.getMessage(), earlier); // anew: none can suppress itself
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while writing");
    }

    private void run() {
        try {
            for (Piece piece = full.take(); piece.length != END; piece = full.take()) {
                write(piece);
                empty.put(piece.octets);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Piece piece) {
        try {
            if (failure == null) {
                out.write(piece.octets, 0, piece.length);
            }
        } catch (Throwable e) { // told to whoever hands on the next piece
            failure = e;
        }
    }
}

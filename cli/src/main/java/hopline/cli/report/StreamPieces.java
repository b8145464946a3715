package hopline.cli.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;

/// Writes the objects of a [JsonStream] in pieces, some on other threads, and puts them together in their order:
/// what comes out is the same.
///
/// Bounded: when a few pieces wait, whoever adds writes the next one.
///
/// @param <T> what each object is made of; it must hold until [#end]
public final class StreamPieces<T> {

    /// Objects of a piece.
    private static final int SIZE = 64;

    private static final int MOST_WAITING = 4;

    /// Of an object, in octets.
    private static final int USUAL_LENGTH = 4_096;

    /// Objects as they are written, behind what only made the stream ready for them.
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    private record Piece(byte[] octets, int begin) {}

    /// Writes one object to the stream that it was made for, with what comes between objects.
    @FunctionalInterface
    public interface Writer<T> {
        void write(T object) throws IOException;
    }

    private final JsonStream stream;
    private final Function<JsonStream, Writer<T>> writers;
    private final Deque<CompletableFuture<Piece>> waiting = new ArrayDeque<>();
    private List<T> filling = new ArrayList<>(SIZE);
    private boolean begun;

    /// @param writers gives what writes to a stream; each is used by one thread
    public StreamPieces(JsonStream stream, Function<JsonStream, Writer<T>> writers) {
        this.stream = stream;
        this.writers = writers;
    }

    public void add(T object) throws IOException {
        if (!begun) { // by the stream itself, which so learns that it is not empty
            begun = true;
            writers.apply(stream).write(object);
            return;
        }
        filling.add(object);
        if (filling.size() == SIZE) {
            handOut();
        }
    }

    private void handOut() throws IOException {
        List<T> objects = filling;
        filling = new ArrayList<>(SIZE);
        while (!waiting.isEmpty() && waiting.getFirst().isDone()) {
            append(waiting.removeFirst());
        }
        Executor writer = waiting.size() < MOST_WAITING ? ForkJoinPool.commonPool() : Runnable::run;
        waiting.add(CompletableFuture.supplyAsync(() -> written(objects), writer));
    }

    private Piece written(List<T> objects) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(SIZE * USUAL_LENGTH);
        try {
            JsonStream piece = stream.piece(out);
            int begin = out.size();
            Writer<T> writer = writers.apply(piece);
            for (T object : objects) {
                writer.write(object);
            }
            piece.generator().flush();
            return new Piece(out.toByteArray(), begin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(CompletableFuture<Piece> future) throws IOException {
        try {
            Piece piece = future.join();
            stream.append(piece.octets(), piece.begin());
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case UncheckedIOException cause -> throw cause.getCause();
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    /// After the last object; the stream is whole as far as that.
    public void end() throws IOException {
        handOut();
        while (!waiting.isEmpty()) {
            append(waiting.removeFirst());
        }
    }
}

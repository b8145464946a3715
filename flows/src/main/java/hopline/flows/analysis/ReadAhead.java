package hopline.flows.analysis;

import hopline.decode.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Reads inputs side by side on a thread of its own, always from the one that is furthest behind in time: while it
/// decodes, another thread ties what was decoded before.
///
/// Bounded: when [#BATCHES] wait to be taken, it waits, too.
final class ReadAhead implements AutoCloseable {

    private static final int RECORDS_AT_A_TIME = 256;
    private static final int BATCH = 1024;
    private static final int BATCHES = 8;

    /// What was read between two looks at the clock.
    ///
    /// @param stages in the order they were read; none at the end
    /// @param readUntil all inputs are read as far as that time, nanoseconds since 1970
    /// @param failure what ended the reading before its time, or null
    record Batch(List<Stage> stages, long readUntil, @Nullable Throwable failure) {

        boolean isEnd() {
            return stages.isEmpty();
        }
    }

    private final List<InputReader> readers;
    private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(BATCHES);
    private final Thread thread = new Thread(this::run, "reader");

    private ReadAhead(List<InputReader> readers) {
        this.readers = readers;
    }

    /// Begins to read; until [#close] nobody else may touch `readers`.
    static ReadAhead of(List<InputReader> readers) {
        ReadAhead ahead = new ReadAhead(readers);
        ahead.thread.setDaemon(true);
        ahead.thread.start();
        return ahead;
    }

    /// What was read next; once an empty batch, at the end.
    ///
    /// @throws IllegalStateException when this thread is interrupted, or reading failed for a reason that is no fault
    ///     of an input
    Batch next() {
        try {
            Batch batch = batches.take();
            if (batch.failure() != null) {
                throw new IllegalStateException("reading failed", batch.failure());
            }
            return batch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading", e);
        }
    }

    private void run() {
        try {
            List<Stage> stages = new ArrayList<>(BATCH);
            for (InputReader reader = furthestBehind(); reader != null; reader = furthestBehind()) {
                read(reader, stages);
                if (stages.size() >= BATCH) {
                    batches.put(new Batch(stages, readUntil(), null));
                    stages = new ArrayList<>(BATCH);
                }
            }
            if (!stages.isEmpty()) {
                batches.put(new Batch(stages, readUntil(), null));
            }
            batches.put(new Batch(List.of(), Long.MAX_VALUE, null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed before the end
        } catch (RuntimeException | Error e) {
            batches.clear();
            batches.add(new Batch(List.of(), Long.MAX_VALUE, e));
        }
    }

    private static void read(InputReader reader, List<Stage> stages) {
        for (int i = 0; i < RECORDS_AT_A_TIME && !reader.isAtEnd(); i++) {
            Stage stage = reader.next();
            if (stage != null) {
                stages.add(stage);
            }
        }
    }

    private @Nullable InputReader furthestBehind() {
        InputReader behind = null;
        for (InputReader reader : readers) {
            if (!reader.isAtEnd() && (behind == null || reader.latestNanos() < behind.latestNanos())) {
                behind = reader;
            }
        }
        return behind;
    }

    private long readUntil() {
        long until = Long.MAX_VALUE;
        for (InputReader reader : readers) {
            if (!reader.isAtEnd()) {
                until = Math.min(until, reader.latestNanos());
            }
        }
        return until;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

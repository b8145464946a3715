package hopline.flows.analysis;

import hopline.capture.CapturePoint;
import hopline.capture.event.SystemEvent;
import hopline.decode.Dissector;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StagePool;
import hopline.flows.analysis.InputReader.Decoders;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Reads all inputs side by side, always from the one that is furthest behind in time, on a thread of its own: while
/// it decodes, another ties what was decoded before. What comes out does not depend on who is faster.
///
/// Bounded: when all of a few batches wait to be taken or given back, it waits, too.
final class ReadAhead implements AutoCloseable {

    private static final int BATCHES = 8;

    /// Batches that are given back together: each time the reading thread is woken, and that takes both longer than
    /// handing a batch over.
    private static final int GIVEN_BACK = BATCHES / 2;

    private static final int RECORDS_AT_A_TIME = 256;

    /// When there are more captures, such as the pieces of a long one, each is open only while it is read.
    private static final int OPEN_AT_ONCE = 32;

    /// How long whoever wants no more waits for a read that is under way: that of a pipe may take for ever.
    private static final long PATIENCE_MILLIS = 1_000;

    private final CapturePoints points;
    private final StagePool pool = new StagePool();
    private final List<InputReader> readers = new ArrayList<>();
    private final BlockingQueue<StageBatch> complete = new ArrayBlockingQueue<>(BATCHES);
    private final BlockingQueue<StageBatch> empty = new ArrayBlockingQueue<>(BATCHES);
    private final Thread thread = new Thread(this::run, "reading");
    private final List<StageBatch> spent = new ArrayList<>(GIVEN_BACK);
    private StageBatch filling = new StageBatch();
    private @Nullable StageBatch taken;
    private int pointsTold;

    /// All inputs are read as far as that time, with all that was read in the batch or before it.
    private long readUntil = Long.MIN_VALUE;

    private volatile boolean enough;

    /// Of `inputs`, which are opened with [#start].
    ReadAhead(List<CaptureInput> inputs, Clocks clocks, Dissector dissector, CapturePoints points) {
        this.points = points;
        Decoders decoders = new Decoders(dissector, pool);
        for (int i = 0; i < inputs.size(); i++) {
            readers.add(new InputReader(inputs.get(i), i, clocks.of(i), points, decoders, this::hear));
        }
        for (int i = 1; i < BATCHES; i++) {
            empty.add(new StageBatch());
        }
    }

    /// What was read of each input; to be asked when the last batch was taken.
    List<InputFacts> facts() {
        return readers.stream().map(InputReader::facts).toList();
    }

    private void hear(String node, SystemEvent event, long epochNanos) {
        if (enough) {
            return;
        }
        if (!filling.hasRoomForEvent()) {
            handOnEvents();
        }
        filling.add(node, event, epochNanos);
    }

    private void handOnEvents() {
        try {
            handOn();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading", e);
        }
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /// What was read next, good until the next call; null at the end.
    @Nullable StageBatch next() {
        try {
            giveBack();
            StageBatch batch = complete.take();
            rethrow(batch.failure());
            taken = batch.isEmpty() ? null : batch;
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading", e);
        }
    }

    private void giveBack() {
        if (taken != null) {
            spent.add(taken);
            taken = null;
        }
        if (spent.size() == GIVEN_BACK) {
            empty.addAll(spent);
            spent.clear();
        }
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException cause) {
            throw cause;
        }
        if (failure instanceof Error cause) {
            throw cause;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    private void run() {
        try {
            readers.forEach(readers.size() > OPEN_AT_ONCE ? InputReader::peek : InputReader::begin);
            for (InputReader reader = furthestBehind(); reader != null && !enough; reader = furthestBehind()) {
                readUntil = earliestRead();
                if (!filling.hasRoomFor(RECORDS_AT_A_TIME)) {
                    handOn();
                }
                read(reader);
            }
            readUntil = earliestRead();
            if (!filling.isEmpty()) {
                handOn();
            }
            complete.put(filling);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            filling.fail(e);
            complete.add(filling); // there is room: it is one of as many as there are
        }
    }

    private void read(InputReader reader) {
        for (int i = 0; i < RECORDS_AT_A_TIME && !reader.isAtEnd(); i++) {
            Stage stage = reader.next();
            if (stage != null) {
                filling.stages().add(stage);
                pool.giveBack(stage);
            }
        }
    }

    private void handOn() throws InterruptedException {
        List<CapturePoint> all = points.all();
        filling.complete(List.copyOf(all.subList(pointsTold, all.size())), readUntil);
        pointsTold = all.size();
        complete.put(filling);
        filling = empty.take();
        filling.clear();
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

    private long earliestRead() {
        long until = Long.MAX_VALUE;
        for (InputReader reader : readers) {
            if (!reader.isAtEnd()) {
                until = Math.min(until, reader.latestNanos());
            }
        }
        return until;
    }

    /// Ends the reading, and closes the inputs.
    @Override
    public void close() {
        enough = true;
        try {
            for (long waited = 0; thread.isAlive() && waited < PATIENCE_MILLIS; waited++) {
                StageBatch batch = complete.poll();
                if (batch != null) {
                    empty.offer(batch);
                }
                thread.join(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            readers.forEach(InputReader::close);
        }
    }
}

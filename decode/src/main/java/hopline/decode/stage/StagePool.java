package hopline.decode.stage;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Stages that are done with, for use again.
///
/// Nearly every stage lives for a few seconds of capture time, which is just long enough to be promoted to the old
/// generation and die there; using it again keeps the collector idle. [StageReader] takes from here what
/// [Journeys] gives back. One thread may take while another gives back; they exchange stages by the chunk.
public final class StagePool {

    private static final int CHUNK = 512;

    private final int chunk;
    private final Queue<@Nullable Stage[]> chunks = new ConcurrentLinkedQueue<>();
    private @Nullable Stage[] taking = {};
    private int left;
    private @Nullable Stage[] giving;
    private int given;

    /// Empty: stages are made as needed.
    public StagePool() {
        this(CHUNK);
    }

    /// Exchanges `chunk` stages at a time, at least 1.
    StagePool(int chunk) {
        this.chunk = chunk;
        this.giving = new Stage[chunk];
    }

    Stage take() {
        if (left == 0) {
            @Nullable Stage[] next = chunks.poll();
            if (next == null) {
                return new Stage();
            }
            taking = next;
            left = chunk;
        }
        Stage stage = taking[--left];
        return stage == null ? new Stage() : stage;
    }

    /// Takes back all stages of a journey that nobody keeps.
    void giveBack(Journey journey) {
        Stage stage = journey.first();
        while (stage != null) {
            Stage next = stage.next;
            giveBack(stage);
            stage = next;
        }
    }

    /// Takes back a stage that is of no journey.
    public void giveBack(Stage stage) {
        stage.clear();
        giving[given++] = stage;
        if (given == chunk) {
            chunks.add(giving);
            giving = new Stage[chunk];
            given = 0;
        }
    }
}

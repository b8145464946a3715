package hopline.decode.stage;

import java.util.ArrayList;
import java.util.List;

/// Stages that are done with, for use again.
///
/// Nearly every stage lives for a few seconds of capture time, which is just long enough to be promoted to the old
/// generation and die there; using it again keeps the collector idle. [StageReader] takes from here what
/// [Journeys] gives back. Single-threaded.
public final class StagePool {

    private final List<Stage> free = new ArrayList<>();

    /// Empty: stages are made as needed.
    public StagePool() {}

    Stage take() {
        return free.isEmpty() ? new Stage() : free.removeLast();
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
        free.add(stage);
    }
}

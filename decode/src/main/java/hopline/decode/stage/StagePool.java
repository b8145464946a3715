package hopline.decode.stage;

import java.util.ArrayList;
import java.util.List;

/// Stages and journeys that are done with, for use again.
///
/// A stage is filled for every record as it is read, and again for every journey as it is handed on; most are done with
/// at once. Single-threaded.
public final class StagePool {

    private final List<Stage> free = new ArrayList<>();
    private final List<Journey> ended = new ArrayList<>();

    /// Empty: stages are made as needed.
    public StagePool() {}

    /// A stage that may still say what it said before.
    Stage take() {
        return free.isEmpty() ? new Stage() : free.removeLast();
    }

    /// A journey that begins with `stage`.
    Journey begin(Stage stage) {
        if (ended.isEmpty()) {
            return new Journey(stage);
        }
        Journey journey = ended.removeLast();
        journey.begin(stage);
        return journey;
    }

    /// Takes back a journey that nobody keeps, with all its stages.
    void giveBack(Journey journey) {
        ended.add(journey);
        for (Stage stage = journey.first(); stage != null; stage = stage.next) {
            free.add(stage);
        }
    }

    /// Takes back a stage that is of no journey.
    public void giveBack(Stage stage) {
        free.add(stage);
    }
}

package hopline.decode.stage;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Stages and journeys that are done with, for use again.
///
/// A stage is filled for every record as it is read, and again for every journey as it is handed on; most are done with
/// at once. Single-threaded.
public final class StagePool {

    /// The first of the free stages; each leads to the next one.
    private @Nullable Stage free;

    /// An `ArrayList` by name, as in a few places on the way of every record: see bench/README.md.
    private final ArrayList<Journey> ended = new ArrayList<>();

    /// Empty: stages are made as needed.
    public StagePool() {}

    /// A stage that may still say what it said before.
    Stage take() {
        Stage stage = free;
        if (stage == null) {
            return new Stage();
        }
        free = stage.next;
        return stage;
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
        journey.last().next = free;
        free = journey.first();
        ended.add(journey);
    }

    /// Takes back a stage that is of no journey.
    public void giveBack(Stage stage) {
        stage.next = free;
        free = stage;
    }
}

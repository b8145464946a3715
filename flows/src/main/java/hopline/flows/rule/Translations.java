package hopline.flows.rule;

import hopline.decode.Endpoint;
import hopline.decode.stage.Stage;
import hopline.flows.path.Passage;
import java.util.List;
import java.util.Optional;

/// The address translations a passage shows.
final class Translations {

    private Translations() {}

    /// A translation and the first stage that bears its result.
    record Translated(Endpoint from, Endpoint to, Stage stage) {}

    /// The first destination translation on the way.
    static Optional<Translated> ofDestination(Passage passage) {
        List<Stage> stages = passage.path().stages();
        Stage before = stages.getFirst();
        for (int i = 1; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            if (!stage.sameDestination(before)) {
                return Optional.of(new Translated(before.destination(), stage.destination(), stage));
            }
            before = stage;
        }
        return Optional.empty();
    }

    /// The first source translation on the way.
    static Optional<Translated> ofSource(Passage passage) {
        List<Stage> stages = passage.path().stages();
        Stage before = stages.getFirst();
        for (int i = 1; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            if (!stage.sameSource(before)) {
                return Optional.of(new Translated(before.source(), stage.source(), stage));
            }
            before = stage;
        }
        return Optional.empty();
    }
}

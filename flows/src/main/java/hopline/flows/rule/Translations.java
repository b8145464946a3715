package hopline.flows.rule;

import hopline.decode.Endpoint;
import hopline.decode.stage.Stage;
import hopline.flows.path.Passage;
import java.util.Optional;

/// The address translations a passage shows.
final class Translations {

    private Translations() {}

    /// A translation and the first stage that bears its result.
    record Translated(Endpoint from, Endpoint to, Stage stage) {}

    /// The first destination translation on the way.
    static Optional<Translated> ofDestination(Passage passage) {
        Stage before = passage.path().first();
        for (Stage stage : passage.path().stages()) {
            if (!stage.sameDestination(before)) {
                return Optional.of(new Translated(before.destination(), stage.destination(), stage));
            }
            before = stage;
        }
        return Optional.empty();
    }

    /// The first source translation on the way.
    static Optional<Translated> ofSource(Passage passage) {
        Stage before = passage.path().first();
        for (Stage stage : passage.path().stages()) {
            if (!stage.sameSource(before)) {
                return Optional.of(new Translated(before.source(), stage.source(), stage));
            }
            before = stage;
        }
        return Optional.empty();
    }
}

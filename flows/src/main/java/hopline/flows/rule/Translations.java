package hopline.flows.rule;

import hopline.decode.Endpoint;
import hopline.decode.stage.Rewrite.DestinationNat;
import hopline.decode.stage.Rewrite.SourceNat;
import hopline.decode.stage.Stage;
import hopline.flows.path.Hop;
import hopline.flows.path.Passage;
import java.util.Optional;

/// The address translations a passage shows.
final class Translations {

    private Translations() {}

    /// A translation and the first stage that bears its result.
    record Translated(Endpoint from, Endpoint to, Stage stage) {}

    /// The first destination translation on the way.
    static Optional<Translated> ofDestination(Passage passage) {
        return passage.path().hops().stream()
                .flatMap(hop -> ofDestination(hop).stream())
                .findFirst();
    }

    private static Optional<Translated> ofDestination(Hop hop) {
        return hop.rewrites().stream()
                .filter(DestinationNat.class::isInstance)
                .map(DestinationNat.class::cast)
                .map(nat -> new Translated(nat.from(), nat.to(), hop.stage()))
                .findFirst();
    }

    /// The first source translation on the way.
    static Optional<Translated> ofSource(Passage passage) {
        return passage.path().hops().stream()
                .flatMap(hop -> ofSource(hop).stream())
                .findFirst();
    }

    private static Optional<Translated> ofSource(Hop hop) {
        return hop.rewrites().stream()
                .filter(SourceNat.class::isInstance)
                .map(SourceNat.class::cast)
                .map(nat -> new Translated(nat.from(), nat.to(), hop.stage()))
                .findFirst();
    }
}

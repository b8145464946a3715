package hopline.flows.expect;

import hopline.flows.path.Passage;
import java.util.List;
import java.util.Optional;

/// What was captured of one passage, held against what the state of the nodes says must happen.
///
/// @param expectation every way the packet may go, by what is programmed
/// @param walk the way that agrees with the capture longest
/// @param hops for each captured stage the step that explains it; empty where none does
/// @param ruling the whole in a word
/// @param difference where capture and state part; empty when they do not
public record Judgement(
        Passage passage,
        Expectation expectation,
        Walk walk,
        List<Optional<Step>> hops,
        Ruling ruling,
        Optional<Difference> difference) {

    public Judgement {
        hops = List.copyOf(hops);
    }

    /// What the state makes of a passage.
    public enum Ruling {
        /// Each stage is as the state demands.
        CONFIRMED,
        /// Some stage is not.
        CONTRADICTED,
        /// The state that was read does not tell.
        UNEXPLAINED;

        /// As in the analysis's JSON.
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// The first stage at which capture and state part.
    ///
    /// @param stage the index of the captured stage that differs; the number of stages when the packet goes
    ///     no further, though the state leads it on
    /// @param expected the first step that was not seen; empty when the state ends the packet before
    /// @param outcome how the state says that it ends
    public record Difference(int stage, Optional<Step> expected, Outcome outcome) {}

    /// The same, where the capture does not show enough to contradict.
    Judgement unexplained() {
        return new Judgement(passage, expectation, walk, hops, Ruling.UNEXPLAINED, Optional.empty());
    }

    /// The step that explains stage `index`, or the last that changed the packet before it.
    public Optional<Step> explaining(int index) {
        return index < hops.size() ? hops.get(index) : Optional.empty();
    }
}

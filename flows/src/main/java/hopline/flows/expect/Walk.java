package hopline.flows.expect;

import java.util.List;

/// One way a packet may go.
public final class Walk {

    private final List<String> choices;
    private final List<Step> steps;
    private final Outcome outcome;
    private final List<Doubt> doubts;
    private final List<Translation> translations;

    Walk(List<String> choices, List<Step> steps, Outcome outcome, List<Doubt> doubts, List<Translation> translations) {
        this.choices = List.copyOf(choices);
        this.steps = List.copyOf(steps);
        this.outcome = outcome;
        this.doubts = List.copyOf(doubts);
        this.translations = List.copyOf(translations);
    }

    /// What had to be chosen on the way where the state leaves it open, such as a backend.
    public List<String> choices() {
        return choices;
    }

    /// The layers in order.
    public List<Step> steps() {
        return steps;
    }

    /// How it ends.
    public Outcome outcome() {
        return outcome;
    }

    /// What the state does not tell.
    public List<Doubt> doubts() {
        return doubts;
    }

    /// What nodes remember for the answers.
    List<Translation> translations() {
        return translations;
    }

    /// The headers at its end.
    public Headers last() {
        return steps.getLast().after();
    }
}

package hopline.capture.event;

/// What was done to a part of the system.
public enum Action {
    CREATED("created"),
    REMOVED("removed"),
    CHANGED("changed"),
    FAILED("failed"),
    /// Only told of.
    TOLD("");

    private final String word;

    Action(String word) {
        this.word = word;
    }

    /// Past tense; empty for [#TOLD].
    public String word() {
        return word;
    }
}

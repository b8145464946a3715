package hopline.capture.event;

/// By what an event of a trace was read.
public enum EventLayout {
    /// The trace carries the layout with it: it comes first.
    CARRIED("the trace's own layout"),
    /// The layout as it is published, built from documents and not yet seen in a real trace.
    PUBLISHED("published layout"),
    /// No layout is known: the event is kept as it is, and counted.
    UNKNOWN("no known layout");

    private final String label;

    EventLayout(String label) {
        this.label = label;
    }

    /// For people.
    public String label() {
        return label;
    }
}

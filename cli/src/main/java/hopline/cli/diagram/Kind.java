package hopline.cli.diagram;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a diagram shows of a flow.
public enum Kind {
    /// The nodes and points that its packets pass, with every rewrite.
    PATH,
    /// Packet by packet over the capture points.
    SEQUENCE,
    /// The same along the time.
    TIMELINE;

    /// As it is typed.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The kind of that name.
    public static Optional<Kind> of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }

    /// The names of all.
    public static List<String> labels() {
        return Arrays.stream(values()).map(Kind::label).toList();
    }

    /// Whether packets are needed beside the flow itself.
    public boolean needsPackets() {
        return this != PATH;
    }
}

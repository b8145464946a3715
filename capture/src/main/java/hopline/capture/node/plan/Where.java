package hopline.capture.node.plan;

import java.util.List;

/// Where on the node packets are captured.
///
/// @param kind how the places are chosen
/// @param names of interfaces, components or the pod, as `kind` wants it; empty otherwise
public record Where(Kind kind, List<String> names) {

    /// How places are chosen.
    public enum Kind {
        /// Every interface or component.
        ALL,
        /// What leads out of the node.
        NICS,
        /// The interface of one pod, and all that is no pod's.
        POD,
        /// Those that are named.
        INTERFACES
    }

    public Where {
        names = List.copyOf(names);
    }

    /// Everywhere.
    public static Where everywhere() {
        return new Where(Kind.ALL, List.of());
    }

    /// `all`, `nics`, `pod:NAMESPACE/NAME`, or names of interfaces with commas between them.
    static Where of(String text) throws PlanException {
        if (text.isBlank()) {
            throw new PlanException("where is all, nics, pod:NAMESPACE/NAME or names of interfaces, not blank");
        }
        if (text.startsWith("pod:")) {
            return new Where(Kind.POD, List.of(text.substring("pod:".length())));
        }
        return switch (text) {
            case "all" -> everywhere();
            case "nics" -> new Where(Kind.NICS, List.of());
            default -> new Where(Kind.INTERFACES, List.of(text.split("\\s*,\\s*")));
        };
    }

    /// As plans say it.
    public String text() {
        return switch (kind) {
            case ALL -> "all";
            case NICS -> "nics";
            case POD -> "pod:" + names.getFirst();
            case INTERFACES -> String.join(",", names);
        };
    }
}

package hopline.flows.event;

import hopline.capture.event.Action;
import hopline.capture.event.Matter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// How often what was created, removed and changed: policies that come and go by the hundred are one line.
public final class Churn {

    /// A bound on memory: kinds are told by what a trace's events are called.
    private static final int MAX_KINDS = 1_000;

    /// What makes operations one line.
    private record Kind(String node, String provider, String kind) implements Comparable<Kind> {

        @Override
        public int compareTo(Kind other) {
            int order = node.compareTo(other.node);
            order = order != 0 ? order : provider.compareTo(other.provider);
            return order != 0 ? order : kind.compareTo(other.kind);
        }
    }

    /// One line.
    ///
    /// @param kind what was changed, such as `load balancer`
    /// @param times how often it was created, removed and so on
    public record Line(String node, String provider, String kind, Map<Action, Long> times) {

        /// How many operations in all.
        public long total() {
            return times.values().stream().mapToLong(Long::longValue).sum();
        }

        /// For people: `layer: 12 created, 12 removed`.
        public String text() {
            List<String> parts = new ArrayList<>();
            times.forEach((action, count) -> parts.add(
                    String.format(Locale.ROOT, "%,d %s", count, action.word().isEmpty() ? "told" : action.word())));
            return kind + ": " + String.join(", ", parts);
        }
    }

    private final Map<Kind, Map<Action, Long>> times = new TreeMap<>();

    /// Nothing yet.
    public Churn() {}

    /// Counts an operation of `node`.
    public void add(String node, String provider, Matter.Operation operation) {
        add(new Kind(node, provider, operation.kind()), operation.action());
    }

    /// Counts the begin or end of a translated connection.
    public void add(String node, String provider, Matter.Session session) {
        add(new Kind(node, provider, "translated connection"), session.begins() ? Action.CREATED : Action.REMOVED);
    }

    private void add(Kind kind, Action action) {
        if (times.containsKey(kind) || times.size() < MAX_KINDS) {
            times.computeIfAbsent(kind, k -> new EnumMap<>(Action.class)).merge(action, 1L, Long::sum);
        }
    }

    /// By node, provider and kind.
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        times.forEach((kind, counts) ->
                lines.add(new Line(kind.node(), kind.provider(), kind.kind(), new EnumMap<>(counts))));
        return lines;
    }
}

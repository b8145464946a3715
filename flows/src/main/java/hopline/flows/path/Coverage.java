package hopline.flows.path;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which nodes were captured, and when.
///
/// @param spans when, corrected, by node: in the order of time, with no capture in between
public record Coverage(Map<String, List<Span>> spans) {

    /// Between the pieces of one capture nothing may have come for so long; a longer silence is none of theirs.
    private static final long SILENCE_NANOS = 60_000_000_000L;

    /// A capture of several interfaces opens and closes them one after the other.
    private static final long MARGIN_NANOS = 500_000_000;

    /// A short capture is not all margin.
    private static final long MARGIN_SHARE = 20;

    /// The last packets of a capture, however short it is, are still on their way when it ends.
    private static final long LEAST_MARGIN_NANOS = 5_000_000;

    /// A stretch of time, nanoseconds since 1970.
    ///
    /// @param firstNanos of a node's first record
    /// @param lastNanos of a node's last record
    public record Span(long firstNanos, long lastNanos) {

        public Span union(Span other) {
            return new Span(Math.min(firstNanos, other.firstNanos), Math.max(lastNanos, other.lastNanos));
        }

        private boolean covers(long fromNanos, long untilNanos) {
            long margin = Math.clamp((lastNanos - firstNanos) / MARGIN_SHARE, LEAST_MARGIN_NANOS, MARGIN_NANOS);
            return untilNanos >= firstNanos + margin && fromNanos <= lastNanos - margin;
        }
    }

    public Coverage {
        Map<String, List<Span>> stretches = new HashMap<>();
        spans.forEach((node, parts) -> stretches.put(node, stretches(parts)));
        spans = Map.copyOf(stretches);
    }

    private static List<Span> stretches(List<Span> parts) {
        List<Span> stretches = new ArrayList<>();
        for (Span part : parts.stream()
                .sorted(Comparator.comparingLong(Span::firstNanos))
                .toList()) {
            Span last = stretches.isEmpty() ? null : stretches.getLast();
            if (last != null && part.firstNanos() - last.lastNanos() <= SILENCE_NANOS) {
                stretches.set(stretches.size() - 1, last.union(part));
            } else {
                stretches.add(part);
            }
        }
        return List.copyOf(stretches);
    }

    public Set<String> nodes() {
        return spans.keySet();
    }

    /// Whether packets that passed `node` between those times would be in its capture, some of them at least.
    public boolean covers(String node, long fromNanos, long untilNanos) {
        for (Span span : of(node)) {
            if (span.covers(fromNanos, untilNanos)) {
                return true;
            }
        }
        return false;
    }

    private List<Span> of(String node) {
        return spans.getOrDefault(node, List.of());
    }

    /// The middle of all captures, nanoseconds since 1970; 0 when there are none.
    public long middleNanos() {
        return spans.values().stream()
                .flatMap(List::stream)
                .reduce(Span::union)
                .map(span -> span.firstNanos() / 2 + span.lastNanos() / 2)
                .orElse(0L);
    }

    /// How long the capture of `node` went on after that time, in nanoseconds; 0 when it did not, or began anew.
    public long remainingNanos(String node, long epochNanos) {
        List<Span> stretches = of(node);
        for (int i = 0; i < stretches.size(); i++) {
            Span span = stretches.get(i);
            if (epochNanos <= span.lastNanos()) {
                boolean isBetween = i > 0 && epochNanos < span.firstNanos();
                return isBetween ? 0 : span.lastNanos() - epochNanos;
            }
        }
        return 0;
    }
}

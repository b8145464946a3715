package hopline.flows.path;

import java.util.Map;
import java.util.Set;

/// Which nodes were captured, and when.
///
/// @param spans first and last time, corrected, by node; nanoseconds since 1970
public record Coverage(Map<String, Span> spans) {

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
    }

    public Coverage {
        spans = Map.copyOf(spans);
    }

    public Set<String> nodes() {
        return spans.keySet();
    }

    /// Whether packets that passed `node` between those times would be in its capture, some of them at least.
    public boolean covers(String node, long fromNanos, long untilNanos) {
        Span span = spans.get(node);
        if (span == null) {
            return false;
        }
        long share = (span.lastNanos() - span.firstNanos()) / MARGIN_SHARE;
        long margin = Math.clamp(share, LEAST_MARGIN_NANOS, MARGIN_NANOS);
        return untilNanos >= span.firstNanos() + margin && fromNanos <= span.lastNanos() - margin;
    }

    /// The middle of all captures, nanoseconds since 1970; 0 when there are none.
    public long middleNanos() {
        return spans.values().stream()
                .reduce(Span::union)
                .map(span -> span.firstNanos() / 2 + span.lastNanos() / 2)
                .orElse(0L);
    }

    /// How long the capture of `node` went on after that time, in nanoseconds; 0 when it did not.
    public long remainingNanos(String node, long epochNanos) {
        Span span = spans.get(node);
        return span == null ? 0 : Math.max(0, span.lastNanos() - epochNanos);
    }
}

package hopline.cli.evidence;

import hopline.capture.CapturePoint;
import hopline.decode.stage.Stage;
import java.util.HashMap;
import java.util.Map;

/// How many records each capture point saw, and how many it saw dropped, in equal spans of time.
public final class TimeCounts {

    /// Spans that the time of a capture is divided into.
    public static final int SPANS = 120;

    private final long firstNanos;
    private final long spanNanos;
    private final Map<Integer, long[]> records = new HashMap<>();
    private final Map<Integer, long[]> drops = new HashMap<>();

    /// For stages from `firstNanos` to `lastNanos`; others count in the first or last span.
    public TimeCounts(long firstNanos, long lastNanos) {
        this.firstNanos = firstNanos;
        this.spanNanos = Math.max(1, (lastNanos - firstNanos) / SPANS + 1);
    }

    /// Counts one record.
    public void add(Stage stage) {
        int span = (int) Math.clamp((stage.epochNanos() - firstNanos) / spanNanos, 0L, SPANS - 1L);
        of(records, stage.point())[span]++;
        if (stage.drop() != null) {
            of(drops, stage.point())[span]++;
        }
    }

    private static long[] of(Map<Integer, long[]> counts, CapturePoint point) {
        return counts.computeIfAbsent(point.id(), id -> new long[SPANS]);
    }

    /// Records at `point` by span.
    public long[] records(CapturePoint point) {
        return records.getOrDefault(point.id(), new long[SPANS]);
    }

    /// Drops at `point` by span.
    public long[] drops(CapturePoint point) {
        return drops.getOrDefault(point.id(), new long[SPANS]);
    }

    /// When a span begins, nanoseconds since 1970.
    public long startNanos(int span) {
        return firstNanos + span * spanNanos;
    }

    /// How long each span is, in nanoseconds.
    public long spanNanos() {
        return spanNanos;
    }
}

package hopline.flows.analysis;

import hopline.capture.CapturePoint;
import hopline.decode.stage.Stage;
import hopline.flows.path.Coverage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From when until when records of each capture point were read, by corrected clocks.
final class CapturedSpans {

    private static final class Span {

        private final CapturePoint point;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        Span(CapturePoint point) {
            this.point = point;
        }
    }

    private final List<@Nullable Span> byPoint = new ArrayList<>();

    void note(Stage stage) {
        Span span = span(stage.point());
        span.first = Math.min(span.first, stage.epochNanos());
        span.last = Math.max(span.last, stage.epochNanos());
    }

    private Span span(CapturePoint point) {
        while (byPoint.size() <= point.id()) {
            byPoint.add(null);
        }
        Span span = byPoint.get(point.id());
        if (span == null) {
            span = new Span(point);
            byPoint.set(point.id(), span);
        }
        return span;
    }

    /// When each node was captured, as far as was read.
    Coverage coverage() {
        Map<String, Coverage.Span> spans = new HashMap<>();
        for (Span span : byPoint) {
            if (span != null) {
                spans.merge(span.point.node(), new Coverage.Span(span.first, span.last), Coverage.Span::union);
            }
        }
        return new Coverage(spans);
    }
}

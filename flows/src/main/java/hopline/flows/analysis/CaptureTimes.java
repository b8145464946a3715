package hopline.flows.analysis;

import hopline.capture.CapturePoint;
import hopline.flows.path.Coverage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The first and the last time at each capture point, by its number.
final class CaptureTimes {

    private long[] first = {};
    private long[] last = {};

    void note(CapturePoint at, long epochNanos) {
        int point = at.id();
        if (point >= first.length) {
            grow(point + 1);
        }
        first[point] = Math.min(first[point], epochNanos);
        last[point] = Math.max(last[point], epochNanos);
    }

    private void grow(int points) {
        int before = first.length;
        first = Arrays.copyOf(first, Math.max(2 * before, points));
        last = Arrays.copyOf(last, first.length);
        Arrays.fill(first, before, first.length, Long.MAX_VALUE);
        Arrays.fill(last, before, last.length, Long.MIN_VALUE);
    }

    /// When each node was captured, as far as was noted.
    ///
    /// @param points in the order of their numbers
    Coverage coverage(List<CapturePoint> points) {
        Map<String, Coverage.Span> spans = new HashMap<>();
        for (int i = 0; i < Math.min(first.length, points.size()); i++) {
            if (first[i] <= last[i]) {
                spans.merge(points.get(i).node(), new Coverage.Span(first[i], last[i]), Coverage.Span::union);
            }
        }
        return new Coverage(spans);
    }
}

package hopline.flows.path;

import hopline.capture.CapturePoint;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;

/// How often each of a few points was counted. There are two for each address, and mostly one point in each.
final class PointCounts {

    private CapturePoint[] points = {};
    private long[] times = {};

    void add(CapturePoint point, long weight) {
        if (points.length == 0) {
            points = new CapturePoint[] {point};
            times = new long[] {weight};
            return;
        }
        int at = find(point);
        if (at < 0) {
            at = points.length;
            points = Arrays.copyOf(points, at + 1);
            times = Arrays.copyOf(times, at + 1);
            points[at] = point;
        }
        times[at] += weight;
    }

    private int find(CapturePoint point) {
        for (int i = 0; i < points.length; i++) {
            if (points[i].id() == point.id()) {
                return i;
            }
        }
        return -1;
    }

    boolean isEmpty() {
        return points.length == 0;
    }

    /// The point counted most often of those `wanted`; of two equal the first that was counted.
    Optional<CapturePoint> most(Predicate<CapturePoint> wanted) {
        int most = -1;
        for (int i = 0; i < points.length; i++) {
            if (wanted.test(points[i]) && (most < 0 || times[i] > times[most])) {
                most = i;
            }
        }
        return most < 0 ? Optional.empty() : Optional.of(points[most]);
    }

    long of(CapturePoint point) {
        int at = find(point);
        return at < 0 ? 0 : times[at];
    }

    long total() {
        return Arrays.stream(times).sum();
    }

    void addAll(PointCounts other) {
        other.forEach(this::add);
    }

    void forEach(ObjLongConsumer<CapturePoint> visitor) {
        for (int i = 0; i < points.length; i++) {
            visitor.accept(points[i], times[i]);
        }
    }
}

package hopline.flows.path;

import hopline.capture.CapturePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;

/// How often each of a few points was counted.
final class PointCounts {

    private record Count(CapturePoint point, long times) {}

    private final List<Count> counts = new ArrayList<>(1);

    void add(CapturePoint point, long times) {
        for (int i = 0; i < counts.size(); i++) {
            Count count = counts.get(i);
            if (count.point().id() == point.id()) {
                counts.set(i, new Count(point, count.times() + times));
                return;
            }
        }
        counts.add(new Count(point, times));
    }

    /// The point counted most often of those `wanted`; of two equal the first that was counted.
    Optional<CapturePoint> most(Predicate<CapturePoint> wanted) {
        Count most = null;
        for (Count count : counts) {
            if (wanted.test(count.point()) && (most == null || count.times() > most.times())) {
                most = count;
            }
        }
        return Optional.ofNullable(most).map(Count::point);
    }

    long of(CapturePoint point) {
        return counts.stream()
                .filter(count -> count.point().id() == point.id())
                .mapToLong(Count::times)
                .sum();
    }

    long total() {
        return counts.stream().mapToLong(Count::times).sum();
    }

    void addAll(PointCounts other) {
        other.counts.forEach(count -> add(count.point(), count.times()));
    }

    void forEach(ObjLongConsumer<CapturePoint> visitor) {
        counts.forEach(count -> visitor.accept(count.point(), count.times()));
    }
}

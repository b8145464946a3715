package hopline.flows.analysis;

import hopline.capture.CapturePoint;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// All points of an analysis: the same node and name are one point, whatever files saw it. One thread finds them,
/// any may list them.
final class CapturePoints {

    private record Place(String node, String name) {}

    private final Map<Place, CapturePoint> byPlace = new HashMap<>();
    private final List<CapturePoint> points = new CopyOnWriteArrayList<>();

    CapturePoint of(String node, String name) {
        return byPlace.computeIfAbsent(new Place(node, name), place -> {
            CapturePoint point = new CapturePoint(points.size(), node, name);
            points.add(point);
            return point;
        });
    }

    List<CapturePoint> all() {
        return Collections.unmodifiableList(points);
    }
}

package hopline.flows.analysis;

import hopline.capture.CapturePoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All points of an analysis: the same node and name are one point, whatever files saw it.
final class CapturePoints {

    private record Place(String node, String name) {}

    private final Map<Place, CapturePoint> byPlace = new HashMap<>();
    private final List<CapturePoint> points = new ArrayList<>();

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

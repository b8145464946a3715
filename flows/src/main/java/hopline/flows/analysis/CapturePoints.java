package hopline.flows.analysis;

import hopline.capture.CapturePoint;
import hopline.capture.SwitchPlace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All points of an analysis: the same node and name are one point, whatever files saw it.
final class CapturePoints {

    private final Map<String, Map<String, CapturePoint>> byNode = new HashMap<>();
    private final List<CapturePoint> points = new ArrayList<>();

    CapturePoint of(String node, String name) {
        return of(node, name, SwitchPlace.NONE);
    }

    /// The same; `at` is where it stands at a virtual switch.
    CapturePoint of(String node, String name, Optional<SwitchPlace> at) {
        return byNode.computeIfAbsent(node, any -> new HashMap<>()).computeIfAbsent(name, any -> {
            CapturePoint point = new CapturePoint(points.size(), node, name, at);
            points.add(point);
            return point;
        });
    }

    List<CapturePoint> all() {
        return Collections.unmodifiableList(points);
    }
}

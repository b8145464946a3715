package hopline.flows.analysis;

import hopline.capture.CapturePoint;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The points of a capture on all interfaces at once: Linux's second cooked header tells each record's
/// interface, by the kernel's number, not by name. Single-threaded.
final class CookedPoints {

    /// Interfaces that are told apart: numbers may be anything in a broken file.
    static final int MAX_INTERFACES = 4_096;

    private record Place(int point, int interfaceIndex) {}

    private final CapturePoints points;
    private final Consumer<CapturePoint> made;
    private final Map<Place, CapturePoint> byPlace = new HashMap<>();
    private Place lastPlace = new Place(-1, 0);
    private CapturePoint last = new CapturePoint(-1, "", "");

    /// Tells `made` of each new point.
    CookedPoints(CapturePoints points, Consumer<CapturePoint> made) {
        this.points = points;
        this.made = made;
    }

    /// The point that `interfaceIndex` is on the node of `all`, where all were captured; `all` itself beyond
    /// [#MAX_INTERFACES].
    CapturePoint of(CapturePoint all, int interfaceIndex) {
        if (lastPlace.point() != all.id() || lastPlace.interfaceIndex() != interfaceIndex) {
            lastPlace = new Place(all.id(), interfaceIndex);
            CapturePoint known = byPlace.get(lastPlace);
            last = known != null ? known : make(all, interfaceIndex);
        }
        return last;
    }

    /// What an interface is called of which only the number is known.
    static String name(int interfaceIndex) {
        return "interface " + Integer.toUnsignedString(interfaceIndex);
    }

    private CapturePoint make(CapturePoint all, int interfaceIndex) {
        if (byPlace.size() == MAX_INTERFACES) {
            return all;
        }
        CapturePoint point = points.of(all.node(), name(interfaceIndex));
        byPlace.put(lastPlace, point);
        made.accept(point);
        return point;
    }
}

package hopline.flows.path;

import hopline.capture.CapturePoint;
import hopline.capture.SwitchPlace;
import hopline.capture.SwitchPlace.Part;
import hopline.decode.stage.Stage;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The way through a node's virtual switch: container port, filtering platform, external port, adapter.
///
/// Known from what the points are, so that it holds for the first packet already, before others taught the way.
/// Only points that pass packets on are expected: a part that logs nothing but drops is passed unseen.
final class SwitchPath {

    private static final Set<Part> TOWARDS_WIRE = Set.of(Part.ADAPTER, Part.EXTERNAL_PORT);

    private final Topology topology;

    SwitchPath(Topology topology) {
        this.topology = topology;
    }

    /// Where a packet goes on from the stage, when it is on its way through a virtual switch and not at its end.
    Optional<CapturePoint> next(Stage stage) {
        Optional<SwitchPlace> here = stage.point().place();
        Optional<Boolean> outward = stage.isOutward();
        if (here.isEmpty() || outward.isEmpty()) {
            return Optional.empty();
        }
        Part part = here.get().part();
        Comparator<CapturePoint> order = Comparator.comparing(SwitchPath::part);
        Stream<CapturePoint> ahead = points(stage.point().node(), here.get())
                .filter(point -> topology.isTransit(point) || TOWARDS_WIRE.contains(part(point)));
        return outward.get()
                ? ahead.filter(isNoPort().and(point -> part(point).compareTo(part) > 0))
                        .min(order)
                : ahead.filter(isNoPort().and(point -> part(point).compareTo(part) < 0))
                        .max(order);
    }

    /// Which of the many ports a packet goes to is another question.
    private static Predicate<CapturePoint> isNoPort() {
        return point -> part(point).compareTo(Part.HOST_PORT) > 0;
    }

    /// The outermost points of the node's virtual switches that were captured.
    static Stream<CapturePoint> uplinks(Topology topology, String node) {
        Predicate<CapturePoint> isHere =
                point -> point.node().equals(node) && point.place().isPresent() && TOWARDS_WIRE.contains(part(point));
        Optional<Part> outermost =
                topology.points().filter(isHere).map(SwitchPath::part).max(Comparator.naturalOrder());
        return topology.points().filter(isHere).filter(point -> part(point) == outermost.orElseThrow());
    }

    private Stream<CapturePoint> points(String node, SwitchPlace here) {
        return topology.points()
                .filter(point -> point.node().equals(node))
                .filter(point -> point.place().filter(here::isOfSameSwitch).isPresent());
    }

    private static Part part(CapturePoint point) {
        return point.place().orElseThrow().part();
    }
}

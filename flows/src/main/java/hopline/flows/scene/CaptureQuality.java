package hopline.flows.scene;

import hopline.capture.CapturePoint;
import hopline.decode.stage.ClockEstimate;
import java.util.List;
import java.util.Optional;

/// How complete and how well timed one input is.
///
/// @param file its name
/// @param node the node it was made on
/// @param points where it was made; empty when nothing could be read
/// @param records how many were read
/// @param lostRecords how many the capturing system says it lost
/// @param losesEvents whether these are events of a trace, packets or not
/// @param problem where the file breaks
/// @param clock how its clock runs against the reference node's
/// @param isReference its clock is the reference
public record CaptureQuality(
        String file,
        String node,
        List<CapturePoint> points,
        long records,
        long lostRecords,
        boolean losesEvents,
        Optional<String> problem,
        ClockEstimate clock,
        boolean isReference,
        long firstNanos,
        long lastNanos) {

    public CaptureQuality {
        points = List.copyOf(points);
    }
}

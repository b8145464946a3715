package hopline.flows.rule;

import hopline.capture.CapturePoint;
import hopline.flows.SegmentTrack;
import hopline.flows.TcpConnection;
import hopline.flows.path.Passage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How many segments were sent again, added up over connections by the place where the first copies were lost.
public final class ResentSegments {

    private record Tally(long segments, long resent) {

        private Tally plus(Tally other) {
            return new Tally(segments + other.segments, resent + other.resent);
        }
    }

    private final Map<Integer, Tally> byPoint = new HashMap<>();

    /// None yet.
    public ResentSegments() {}

    /// Adds what one connection resent.
    public void add(FlowCase flow) {
        worst(flow).ifPresent(track -> byPoint.merge(
                place(flow, track).id(), new Tally(track.segments(), track.retransmissions()), Tally::plus));
    }

    /// Resent segments at a place, over all connections.
    long resent(CapturePoint place) {
        return byPoint.getOrDefault(place.id(), new Tally(0, 0)).resent();
    }

    /// Segments of the connections that resent some there.
    long segments(CapturePoint place) {
        return byPoint.getOrDefault(place.id(), new Tally(0, 0)).segments();
    }

    /// The point and direction that saw most segments twice; of several the one nearest to the sender.
    static Optional<SegmentTrack> worst(FlowCase flow) {
        TcpConnection tcp = flow.flow().tcp();
        if (tcp == null || tcp.retransmissions() == 0 || !tcp.isEstablished()) {
            return Optional.empty();
        }
        Optional<SegmentTrack> most = tcp.tracks().stream().max(Comparator.comparingInt(SegmentTrack::retransmissions));
        return most.flatMap(track -> tcp.tracks().stream()
                .filter(other -> other.isForward() == track.isForward()
                        && other.retransmissions() == track.retransmissions())
                .min(Comparator.comparingInt(other -> position(flow, other))));
    }

    private static int position(FlowCase flow, SegmentTrack track) {
        Optional<Passage> main = track.isForward() ? flow.mainForward() : flow.mainReverse();
        int position = main.map(passage -> passage.path().stages().stream()
                        .map(stage -> stage.point().id())
                        .toList()
                        .indexOf(track.point().id()))
                .orElse(-1);
        return position < 0 ? Integer.MAX_VALUE : position;
    }

    /// Where the first copies were seen last; where none is missing, the point that saw the second copies.
    static CapturePoint place(FlowCase flow, SegmentTrack track) {
        return flow.passages(track.isForward()).stream()
                .filter(Passage::isLost)
                .max(Comparator.comparingLong(passage -> passage.route().packets()))
                .map(passage -> passage.last().point())
                .orElse(track.point());
    }
}

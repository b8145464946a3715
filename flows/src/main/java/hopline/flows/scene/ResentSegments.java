package hopline.flows.scene;

import hopline.capture.CapturePoint;
import hopline.flows.Flow;
import hopline.flows.SegmentTrack;
import hopline.flows.TcpConnection;
import hopline.flows.path.Passage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How many segments were sent again, added up over connections by the place where the first copies were lost.
public final class ResentSegments {

    /// By [CapturePoint#id].
    private long[] segments = {};

    /// By [CapturePoint#id].
    private final Map<Integer, Long> resent = new HashMap<>();

    /// None yet.
    public ResentSegments() {}

    /// Segments, and how many of them were sent again.
    public record Share(long resent, long segments) {

        /// What `track` counted.
        public static Share of(SegmentTrack track) {
            return new Share(track.retransmissions(), track.segments());
        }

        /// Both together.
        public Share plus(Share other) {
            return new Share(resent + other.resent, segments + other.segments);
        }

        @Override
        public String toString() {
            String percent = String.format(Locale.ROOT, "%.1f", 100.0 * resent / Math.max(1, segments));
            return resent + " of " + segments + " segments (" + percent + " %) sent again";
        }
    }

    /// Counts the segments of one flow, if it is a connection, at every point it passed.
    public void count(Flow flow) {
        if (flow.tcp() != null) {
            for (SegmentTrack track : flow.tcp().tracks()) {
                count(track.point().id(), track.segments());
            }
        }
    }

    private void count(int point, int more) {
        if (point >= segments.length) {
            segments = Arrays.copyOf(segments, 2 * point + 1);
        }
        segments[point] += more;
    }

    /// Adds what one connection resent.
    public void add(FlowCase flow) {
        worst(flow)
                .ifPresent(track -> resent.merge(place(flow, track).id(), (long) track.retransmissions(), Long::sum));
    }

    /// Of all segments that a place sees, both directions, those that are lost there.
    public Share at(CapturePoint place) {
        long seen = place.id() < segments.length ? segments[place.id()] : 0;
        return new Share(resent.getOrDefault(place.id(), 0L), seen);
    }

    /// The point and direction that saw most segments twice; of several the one nearest to the sender.
    public static Optional<SegmentTrack> worst(FlowCase flow) {
        TcpConnection tcp = flow.flow().tcp();
        if (tcp == null || tcp.retransmissions() == 0 || !tcp.isEstablished()) {
            return Optional.empty();
        }
        Optional<SegmentTrack> most =
                tcp.tracks().stream().max((a, b) -> Integer.compare(a.retransmissions(), b.retransmissions()));
        return most.flatMap(track -> tcp.tracks().stream()
                .filter(other ->
                        other.isForward() == track.isForward() && other.retransmissions() == track.retransmissions())
                .min((a, b) -> Integer.compare(position(flow, a), position(flow, b))));
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
    public static CapturePoint place(FlowCase flow, SegmentTrack track) {
        return flow.passages(track.isForward()).stream()
                .filter(Passage::isLost)
                .max((a, b) -> Long.compare(a.route().packets(), b.route().packets()))
                .map(passage -> passage.last().point())
                .orElse(track.point());
    }
}

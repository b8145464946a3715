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

    private static final Share NONE = new Share(0, 0);

    /// By [CapturePoint#id].
    private long[] segments = {};

    /// Of the connections that lose segments at a place, in the direction in which they do.
    private final Map<Integer, Share> losing = new HashMap<>();

    /// Of those among them that each lose many.
    private final Map<Integer, Share> losingMany = new HashMap<>();

    /// None yet.
    public ResentSegments() {}

    /// Segments, and how many of them were sent again.
    public record Share(long resent, long segments) {

        /// So many sent again are worth a word.
        public static final int MIN_RESENT = 5;
        private static final double MIN_SHARE = 0.02;

        /// What `track` counted.
        public static Share of(SegmentTrack track) {
            return new Share(track.retransmissions(), track.segments());
        }

        /// More than any network's share.
        public boolean isMany() {
            return resent >= MIN_RESENT && resent >= segments * MIN_SHARE;
        }

        private Share plus(Share other) {
            return new Share(resent + other.resent, segments + other.segments);
        }

        @Override
        public String toString() {
            String percent = String.format(Locale.ROOT, "%.1f", 100.0 * resent / Math.max(1, segments));
            return resent + " of " + segments + " segments (" + percent + " %)";
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
        worst(flow).ifPresent(track -> {
            Share share = Share.of(track);
            int place = place(flow, track).id();
            losing.merge(place, share, Share::plus);
            if (share.isMany()) {
                losingMany.merge(place, share, Share::plus);
            }
        });
    }

    /// Of all segments that a place sees, both directions, it is many that are lost there.
    public boolean isLossy(CapturePoint place) {
        long seen = place.id() < segments.length ? segments[place.id()] : 0;
        return new Share(losing.getOrDefault(place.id(), NONE).resent(), seen).isMany();
    }

    /// What the connections that lose too much at a place send: all that lose some where the place loses many.
    public Share concerned(CapturePoint place) {
        return (isLossy(place) ? losing : losingMany).getOrDefault(place.id(), NONE);
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

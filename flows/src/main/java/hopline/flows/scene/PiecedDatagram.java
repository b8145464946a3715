package hopline.flows.scene;

import hopline.capture.CapturePoint;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One datagram that came in pieces, as each capture point saw it.
///
/// A node that puts the pieces together to look at the whole cuts it anew, so pieces are compared by the octets they
/// hold, not by number. Two uplinks may carry some each: then the node has seen it whole, and neither uplink has.
public final class PiecedDatagram {

    /// Pieces remembered at one point; the largest datagram has 45 of the usual size.
    private static final int MAX_PIECES = 256;

    private static final int LEAST_HEADER = 20;
    private static final int IPV6_HEADERS = 48;

    /// The octets from `offset` to `end`, counted from the end of the IP header.
    private record Piece(int offset, int end, boolean last) {}

    /// The pieces seen at one place.
    private static final class Pile {

        private final List<Piece> pieces = new ArrayList<>(2);

        private void add(Piece piece) {
            if (pieces.size() < MAX_PIECES) {
                pieces.add(piece);
            }
        }

        private boolean isWhole() {
            return firstMissing() < 0;
        }

        /// The first octet that no piece holds, or -1.
        private int firstMissing() {
            List<Piece> sorted = pieces.stream()
                    .sorted((a, b) -> Integer.compare(a.offset(), b.offset()))
                    .toList();
            int reached = 0;
            boolean ended = false;
            for (Piece piece : sorted) {
                if (piece.offset() > reached) {
                    return reached;
                }
                reached = Math.max(reached, piece.end());
                ended |= piece.last();
            }
            return ended ? -1 : reached;
        }
    }

    private final Map<CapturePoint, Pile> byPoint = new LinkedHashMap<>();
    private final Map<String, Pile> byNode = new LinkedHashMap<>();
    private @Nullable Journey longest;
    private int longestPiece;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    PiecedDatagram() {}

    void add(Journey journey) {
        if (longest == null || journey.size() > longest.size()) {
            longest = journey;
            journey.keep();
        }
        firstNanos = Math.min(firstNanos, journey.first().epochNanos());
        for (Stage stage = journey.first(); stage != null; stage = stage.next()) {
            Piece piece = piece(stage);
            longestPiece = Math.max(longestPiece, stage.isFragment() ? stage.length() : 0);
            byPoint.computeIfAbsent(stage.point(), point -> new Pile()).add(piece);
            byNode.computeIfAbsent(stage.point().node(), node -> new Pile()).add(piece);
            lastNanos = Math.max(lastNanos, stage.epochNanos());
        }
    }

    /// Of the first piece the payload's length leaves out the transport's header; with options or extension headers it
    /// seems longer than it is, which hides a gap but makes none.
    private static Piece piece(Stage stage) {
        int headers = stage.sourceAddress().isIpv4() ? LEAST_HEADER : IPV6_HEADERS;
        int length = stage.isLaterFragment() ? stage.payloadLength() : stage.length() - headers;
        boolean whole = !stage.isFragment();
        return new Piece(
                stage.fragmentOffset(),
                stage.fragmentOffset() + Math.max(length, 0),
                whole || !stage.hasMoreFragments());
    }

    /// Of its piece that was seen at most points.
    public Journey longest() {
        if (longest == null) {
            throw new IllegalStateException("a datagram without pieces");
        }
        return longest;
    }

    /// The length of its longest piece, in octets of the IP packet.
    int longestPiece() {
        return longestPiece;
    }

    /// When a piece of it was first seen, nanoseconds since 1970.
    public long firstNanos() {
        return firstNanos;
    }

    /// When a piece of it was last seen, nanoseconds since 1970.
    public long lastNanos() {
        return lastNanos;
    }

    /// The points that saw a piece of it, in the order in which they did.
    List<CapturePoint> points() {
        return List.copyOf(byPoint.keySet());
    }

    boolean isWholeEverywhere() {
        return byPoint.values().stream().allMatch(Pile::isWhole);
    }

    /// All of its octets were seen at `point`.
    public boolean isWholeAt(CapturePoint point) {
        return byPoint.getOrDefault(point, new Pile()).isWhole();
    }

    /// All of its octets were seen on `node`, at one point or another.
    public boolean isWholeOn(String node) {
        return byNode.getOrDefault(node, new Pile()).isWhole();
    }

    /// The first octet that was missing at `point`, counted from the end of the IP header; -1 when none was.
    public int firstMissing(CapturePoint point) {
        return byPoint.getOrDefault(point, new Pile()).firstMissing();
    }
}

package hopline.flows.scene;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Datagrams that came in pieces, and at which points all pieces were seen.
///
/// Bounded: at most `MAX_OPEN` datagrams are followed at a time, `MAX_PAIRS` pairs of hosts are told apart, and of
/// each pair at most `MAX_KEPT` datagrams that lack a piece are kept, and `MAX_POINTS` points.
public final class Fragments {

    private static final int MAX_OPEN = 2_048;
    private static final int MAX_PAIRS = 10_000;
    private static final int MAX_KEPT = 4;
    private static final int MAX_POINTS = 64;

    /// Identifiers come round again; what has the same after that time is another datagram.
    private static final long LIFETIME_NANOS = 30_000_000_000L;

    /// What the pieces of one datagram share.
    private record Id(int protocol, Address source, Address destination, int identification) {}

    /// Who sends to whom.
    private record Pair(int protocol, Address source, Address destination) {}

    /// What was seen between two hosts.
    public static final class Exchange {

        private final List<PiecedDatagram> lacking = new ArrayList<>(1);
        private final Set<CapturePoint> wholeAt = new HashSet<>(4);
        private long lackingCount;
        private long whole;
        private int longestPiece;

        private Exchange() {}

        private void add(PiecedDatagram datagram) {
            longestPiece = Math.max(longestPiece, datagram.longestPiece());
            for (CapturePoint point : datagram.points()) {
                if (wholeAt.size() < MAX_POINTS && datagram.isWholeAt(point)) {
                    wholeAt.add(point);
                }
            }
            if (datagram.isWholeEverywhere()) {
                whole++;
                return;
            }
            lackingCount++;
            if (lacking.size() < MAX_KEPT) {
                lacking.add(datagram);
            }
        }

        /// The first datagrams that lack a piece somewhere.
        public List<PiecedDatagram> lacking() {
            return Collections.unmodifiableList(lacking);
        }

        /// How many datagrams lack a piece somewhere.
        public long lackingCount() {
            return lackingCount;
        }

        /// How many datagrams were whole wherever they were seen.
        public long whole() {
            return whole;
        }
    }

    private static final Exchange NONE = new Exchange();

    private final Map<Id, PiecedDatagram> open = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Id, PiecedDatagram> eldest) {
            if (size() > MAX_OPEN) {
                close(eldest.getKey(), eldest.getValue());
                return true;
            }
            return false;
        }
    };
    private final Map<Pair, Exchange> exchanges = new HashMap<>();
    private final Set<CapturePoint> firstSeen = new HashSet<>();
    private final Set<CapturePoint> laterSeen = new HashSet<>();

    /// None yet.
    public Fragments() {}

    /// Learns from one packet, which is a fragment.
    public void add(Journey journey) {
        Stage first = journey.first();
        Id id = new Id(first.protocol(), first.sourceAddress(), first.destinationAddress(), first.identification());
        PiecedDatagram known = open.get(id);
        if (known != null && first.epochNanos() - known.lastNanos() > LIFETIME_NANOS) {
            open.remove(id);
            close(id, known);
            known = null;
        }
        if (known == null) {
            known = new PiecedDatagram();
            open.put(id, known);
        }
        known.add(journey);
        for (Stage stage = first; stage != null; stage = stage.next()) {
            if (stage.isFragment()) {
                (stage.isLaterFragment() ? laterSeen : firstSeen).add(stage.point());
            }
        }
    }

    /// Closes all datagrams that are still open.
    public void finish() {
        open.forEach(this::close);
        open.clear();
    }

    private void close(Id id, PiecedDatagram datagram) {
        Exchange exchange = exchange(pair(id));
        if (exchange != null) {
            exchange.add(datagram);
        }
    }

    private @Nullable Exchange exchange(Pair pair) {
        if (exchanges.size() >= MAX_PAIRS) {
            return exchanges.get(pair);
        }
        return exchanges.computeIfAbsent(pair, p -> new Exchange());
    }

    /// Whether nothing came in pieces.
    public boolean isEmpty() {
        return exchanges.isEmpty();
    }

    /// What came in pieces from one host to the other.
    public Exchange between(int protocol, Address source, Address destination) {
        return exchanges.getOrDefault(new Pair(protocol, source, destination), NONE);
    }

    /// Whether a datagram as long as `octets` goes on in pieces from where `stage` shows it whole, and passes
    /// `next` so. A node that looks at whole datagrams puts pieces together, and cuts what it sends on anew.
    public boolean goesOnInPieces(Stage stage, int octets, CapturePoint next) {
        if (stage.isFragment() || (exchanges.isEmpty() && open.isEmpty())) {
            return false;
        }
        Pair pair = new Pair(stage.protocol(), stage.sourceAddress(), stage.destinationAddress());
        Exchange closed = exchanges.getOrDefault(pair, NONE);
        return (octets > closed.longestPiece && closed.wholeAt.contains(next))
                || open.entrySet().stream()
                        .filter(entry -> pair(entry.getKey()).equals(pair))
                        .anyMatch(entry -> octets > entry.getValue().longestPiece()
                                && entry.getValue().isWholeAt(next));
    }

    private static Pair pair(Id id) {
        return new Pair(id.protocol(), id.source(), id.destination());
    }

    /// Visits what was seen between each two hosts.
    void forEach(Consumer<Exchange> visitor) {
        exchanges.values().forEach(visitor);
    }

    /// Whether first and later fragments were ever seen there: a capture filter on ports lets only first ones pass.
    public boolean showsAllKinds(CapturePoint point) {
        return firstSeen.contains(point) && laterSeen.contains(point);
    }
}

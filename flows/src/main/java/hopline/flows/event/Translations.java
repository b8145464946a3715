package hopline.flows.event;

import hopline.capture.event.Matter;
import java.util.HashMap;
import java.util.Map;

/// The translations that a node's WinNat told of, each with its way back. Bounded; what is beyond is refused.
final class Translations {

    static final int MAX_TRANSLATIONS = 60_000;

    private record Change(String node, EventTuple from, EventTuple to) {}

    private record Life(long firstNanos, long lastNanos) {

        private Life and(Life other) {
            return new Life(Math.min(firstNanos, other.firstNanos), Math.max(lastNanos, other.lastNanos));
        }
    }

    private final Map<Change, Life> lives = new HashMap<>();
    private final int most;

    Translations() {
        this(MAX_TRANSLATIONS);
    }

    Translations(int most) {
        this.most = most;
    }

    /// Takes one in; false when there is no room for it. Of one that ends without having begun the trace came too late
    /// for its beginning.
    boolean add(String node, Matter.Session session, long epochNanos) {
        EventTuple inside = EventTuple.of(session.inside()).orElse(null);
        EventTuple outside = EventTuple.of(session.outside()).orElse(null);
        if (inside == null || outside == null) {
            return true; // addresses that are none join nothing
        }
        Change change = new Change(node, inside, outside);
        Life known = lives.get(change);
        if (known == null && lives.size() >= 2 * most) {
            return false;
        }
        Life told = session.begins() ? new Life(epochNanos, Long.MAX_VALUE) : ended(known, epochNanos);
        Life life = known == null || !session.begins() ? told : told.and(known);
        lives.put(change, life);
        lives.put(new Change(node, outside.reversed(), inside.reversed()), life);
        return true;
    }

    private static Life ended(@org.jspecify.annotations.Nullable Life known, long epochNanos) {
        return new Life(known == null ? Long.MIN_VALUE : known.firstNanos, epochNanos);
    }

    /// Whether `from` became `to` by one of them that lived at `epochNanos`, give or take `slack`.
    boolean made(String node, EventTuple from, EventTuple to, long epochNanos, long slack) {
        Life life = lives.get(new Change(node, from, to));
        return life != null && life.firstNanos <= epochNanos + slack && epochNanos - slack <= life.lastNanos;
    }
}

package hopline.decode.stage;

import hopline.capture.EventFacts;
import hopline.capture.Fact;
import hopline.capture.RecordNotes;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What the system's own tracing says of one appearance of a packet.
///
/// Windows up to Server 2022 gives all appearances of a packet one group and counts them; since Windows 11 24H2 and
/// Server 2025 each appearance has a group of its own and is counted as 0, so that groups tie nothing.
///
/// @param group the packet's group, or the identifier that a capture gives it
/// @param number which packet of its group, from 1; 0 when not told
/// @param appearance counts within the group from 1; 0 where the system does not count, -1 when not told
/// @param edge which side of its component logged it; 0 when not told
/// @param direction which way it went, seen from that component
/// @param drop that it was dropped here; null when it was not
record Sighting(
        boolean grouped,
        long group,
        int number,
        int appearance,
        int edge,
        RecordNotes.Direction direction,
        @Nullable Drop drop) {

    private static final int UNTOLD = -1;

    /// What `notes` say, or null when they say nothing that matters here.
    static @Nullable Sighting of(RecordNotes notes) {
        EventFacts facts = notes.facts();
        if (facts == null) {
            OptionalLong id = notes.packetId();
            return id.isEmpty() ? null : new Sighting(true, id.getAsLong(), 0, UNTOLD, 0, notes.direction(), null);
        }
        Drop drop = Drop.of(facts);
        boolean grouped = facts.has(Fact.GROUP);
        return !grouped && drop == null && notes.direction() == RecordNotes.Direction.UNKNOWN
                ? null
                : new Sighting(
                        grouped,
                        facts.number(Fact.GROUP, 0),
                        (int) facts.number(Fact.NUMBER, 0),
                        (int) facts.number(Fact.APPEARANCE, UNTOLD),
                        (int) facts.number(Fact.EDGE, 0),
                        notes.direction(),
                        drop);
    }

    /// The group covers the packet's whole path.
    boolean isCounted() {
        return grouped && appearance > 0;
    }

    /// The group may be that of appearances which are counted: a drop need not be counted itself.
    boolean mayBelong() {
        return grouped && (appearance != 0 || drop != null);
    }

    /// The capture gives the packet an identifier, and does not say how far to trust it.
    boolean isIdentifiedOnly() {
        return appearance == UNTOLD;
    }

    /// Says that the two are different packets: both have groups that cover a packet's path, and not the same.
    boolean excludes(Sighting other) {
        return isCounted() && other.isCounted() && !isSamePacket(other);
    }

    private boolean isSamePacket(Sighting other) {
        return group == other.group && number == other.number;
    }

    /// Negative when `a` was logged before `b` as far as the system tells by counting them, else 0.
    static int compareCounts(Sighting a, Sighting b) {
        return a.isCounted() && b.isCounted() && a.isSamePacket(b) ? Integer.compare(a.appearance, b.appearance) : 0;
    }

    /// Negative when `a`, logged by the same component as `b`, is where the packet came in. The edges of a component
    /// are numbered from its upper side to its lower one, which is nearer to the wire.
    static int compareEdges(Sighting a, Sighting b) {
        if (a.edge == 0 || b.edge == 0 || a.direction != b.direction) {
            return 0;
        }
        return a.direction == RecordNotes.Direction.OUTBOUND
                ? Integer.compare(a.edge, b.edge)
                : Integer.compare(b.edge, a.edge);
    }
}

package hopline.flows.path;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the captures show of where one address lives.
final class Place {

    /// What a point can be to an address.
    enum Mark {
        /// Its packets are first seen there.
        RESIDENT(0),
        /// The same, and it spoke to somebody, not to all: a flooded frame comes to many points.
        SPEAKER(1),
        /// Packets to it came there from other points and went no further.
        RECEIVER(2),
        /// Packets to it were seen at other points both before and after.
        PASSING(3);

        /// Its number among the [#MARKS].
        final int number;

        Mark(int number) {
            this.number = number;
        }
    }

    /// How many marks there are.
    static final int MARKS = 4;

    private record Step(int from, PointCounts next) {}

    final long high;
    final long low;

    /// Where its packets are first seen.
    final PointCounts homes = new PointCounts();

    /// Where its packets are first seen on each node.
    final PointCounts entries = new PointCounts();

    private long marks;
    private @Nullable BitSet furtherMarks;
    private @Nullable List<Step> steps;

    Place(long high, long low) {
        this.high = high;
        this.low = low;
    }

    Address address() {
        return new Address(high, low);
    }

    /// Sets a mark; true when it is new.
    boolean mark(Mark mark, CapturePoint point) {
        if (is(mark, point)) {
            return false;
        }
        int bit = bit(mark, point);
        if (bit < Long.SIZE) {
            marks |= 1L << bit;
        } else {
            if (furtherMarks == null) {
                furtherMarks = new BitSet();
            }
            furtherMarks.set(bit);
        }
        return true;
    }

    boolean is(Mark mark, CapturePoint point) {
        int bit = bit(mark, point);
        return bit < Long.SIZE ? (marks >>> bit & 1) != 0 : furtherMarks != null && furtherMarks.get(bit);
    }

    private static int bit(Mark mark, CapturePoint point) {
        return point.id() * MARKS + mark.number;
    }

    /// Where packets to this address were seen next after `from`; null when none was seen there yet.
    @Nullable PointCounts next(CapturePoint from) {
        for (int i = 0; steps != null && i < steps.size(); i++) {
            if (steps.get(i).from() == from.id()) {
                return steps.get(i).next();
            }
        }
        return null;
    }

    /// The same, made when there is none.
    PointCounts addNext(CapturePoint from) {
        if (steps == null) {
            steps = new ArrayList<>(1);
        }
        PointCounts counts = new PointCounts();
        steps.add(new Step(from.id(), counts));
        return counts;
    }

    Optional<CapturePoint> mostNext(CapturePoint from) {
        PointCounts counts = next(from);
        return counts == null ? Optional.empty() : counts.most(other -> other.id() != from.id());
    }
}

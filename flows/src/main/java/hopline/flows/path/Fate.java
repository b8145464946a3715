package hopline.flows.path;

import hopline.capture.CapturePoint;
import hopline.decode.stage.Drop;
import java.util.Optional;

/// How a path ended, as far as the captures show.
public sealed interface Fate {

    /// It reached the point where its destination lives.
    record Delivered() implements Fate {}

    /// It went on, by the way such packets go, to where nothing was captured.
    record Left() implements Fate {}

    /// It was last seen where its destination's packets begin, which shows both ends of conversations or is an uplink:
    /// whether it arrived, nobody can tell.
    record Passed() implements Fate {}

    /// A point that is neither end's showed it by chance, and would not show what follows: a bridge shows of two hosts
    /// behind it only what it floods before it knows where they are.
    record Overheard() implements Fate {}

    /// A receiver merged it with others into a larger packet, which went on.
    record Merged() implements Fate {}

    /// It went on in pieces, which are packets of their own.
    record Divided() implements Fate {}

    /// It was last seen where it should not have ended.
    ///
    /// @param nextExpected where it should have been seen next, when that can be inferred
    /// @param betweenNodes it left one node and did not reach the next
    record Lost(CapturePoint lastSeen, Optional<CapturePoint> nextExpected, boolean betweenNodes) implements Fate {}

    /// The system says that it dropped it.
    ///
    /// @param at where
    record Dropped(CapturePoint at, Drop drop) implements Fate {}

    /// What is known of the network does not tell.
    record Unknown() implements Fate {}

    /// It did not arrive, as far as can be seen or as the system says.
    default boolean isLost() {
        return this instanceof Lost || this instanceof Dropped;
    }

    /// It arrived, or went on as it should.
    default boolean isFine() {
        return !isLost() && !(this instanceof Unknown);
    }
}

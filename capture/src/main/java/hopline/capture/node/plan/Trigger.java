package hopline.capture.node.plan;

import java.time.Duration;

/// When a capture stops by itself, beside its bounds.
///
/// @param untilDrop stop shortly after the system counts a dropped packet
/// @param before how much of what precedes that is kept; zero for all within the bounds
public record Trigger(boolean untilDrop, Duration before) {

    /// None.
    public static final Trigger NONE = new Trigger(false, Duration.ZERO);
}

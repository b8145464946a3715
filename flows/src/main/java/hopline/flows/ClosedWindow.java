package hopline.flows;

import hopline.decode.header.TcpHeader;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The times in which one end of a TCP connection advertised a window of 0 octets: it would take no more data.
///
/// A sender that has more waits, and knocks: it sends what does not go beyond what is acknowledged (RFC 9293 §3.8.6.1).
/// Only that tells that anybody waits.
public final class ClosedWindow {

    private boolean closed;
    private long sinceNanos;
    private int knocks;
    private long longestNanos;
    private int longestKnocks;
    private int times;
    private @Nullable Journey example;

    ClosedWindow() {}

    /// Whether that end takes no more, by what it says here.
    static boolean isClosing(Stage segment) {
        return segment.window() == 0 && segment.hasFlag(TcpHeader.ACK) && !segment.hasFlag(TcpHeader.SYN);
    }

    /// What that end says with each segment. Segments that end or refuse a connection mean nothing by their window.
    void advertised(Journey journey, Stage segment) {
        if (segment.window() != 0 || !segment.hasFlag(TcpHeader.ACK)) {
            closed = false;
        } else if (!closed && isClosing(segment)) {
            closed = true;
            sinceNanos = segment.epochNanos();
            knocks = 0;
            times++;
            if (example == null) {
                example = journey;
                journey.keep();
            }
        }
    }

    /// The other end asks whether the window is still closed.
    void knocked(Stage segment) {
        if (closed) {
            knocks++;
            long nanos = segment.epochNanos() - sinceNanos;
            if (nanos > longestNanos) {
                longestNanos = nanos;
                longestKnocks = knocks;
            }
        }
    }

    void add(ClosedWindow other) {
        times += other.times;
        example = example == null ? other.example : example;
        if (other.longestNanos > longestNanos) {
            longestNanos = other.longestNanos;
            longestKnocks = other.longestKnocks;
        }
    }

    /// How often it closed.
    public int times() {
        return times;
    }

    /// The longest time from its closing to the last knock at it, in nanoseconds; 0 when nobody ever waited.
    public long longestNanos() {
        return longestNanos;
    }

    /// How often the other end knocked in that time.
    public int knocks() {
        return longestKnocks;
    }

    /// Of the first segment that closed it, or null when none did.
    public @Nullable Journey example() {
        return example;
    }
}

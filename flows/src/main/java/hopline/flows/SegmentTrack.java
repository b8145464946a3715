package hopline.flows;

import hopline.capture.CapturePoint;
import hopline.decode.header.TcpHeader;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The segments of one direction of a connection as one capture point saw them, in one form.
///
/// A point may see each packet twice: a bridge before and after translation, a router in and out. Those are two
/// tracks, so that the second form is not taken for a resend.
public final class SegmentTrack {

    /// Below this distance in time a late segment was overtaken, above it was resent, when nothing better tells.
    private static final long REORDERING_NANOS = 3_000_000;

    /// A host with one counter for all it sends skips some numbers in each connection.
    private static final int MAX_STEP = 1024;

    private final boolean forward;
    private final CapturePoint point;
    private final long form;
    private boolean started;
    private boolean irregular;
    private int sequenceEnd;
    private long latestNanos;
    private int latestIdentification;
    private int latestTimestamp;
    private int segments;
    private int retransmissions;
    private @Nullable Stage firstRetransmission;

    /// Follows what looks like `example`.
    SegmentTrack(Stage example, boolean forward) {
        this.point = example.point();
        this.form = form(example);
        this.forward = forward;
    }

    /// Whether a stage tells anything: it takes up sequence numbers, and its header was captured whole.
    static boolean counts(Stage stage) {
        boolean takesSequence =
                stage.payloadLength() > 0 || stage.hasFlag(TcpHeader.SYN) || stage.hasFlag(TcpHeader.FIN);
        return takesSequence && !stage.hasFlag(TcpHeader.RST) && stage.isTransportWhole();
    }

    /// Equal for stages at one point in one form: tuple, time to live, VLAN and tunnel.
    static long form(Stage stage) {
        return Route.form(stage) * 31 + ((stage.timeToLive() << 16) | (stage.vlan() & 0xffff));
    }

    boolean follows(long otherForm, boolean isForward) {
        return form == otherForm && forward == isForward;
    }

    void add(Journey journey, Stage stage) {
        segments++;
        if (!started || stage.sequenceEnd() - sequenceEnd > 0) {
            irregular |= started && !isNumberedNext(stage);
            started = true;
            sequenceEnd = stage.sequenceEnd();
            latestNanos = stage.epochNanos();
            latestIdentification = stage.identification();
            latestTimestamp = (int) (stage.timestamps() >>> 32);
        } else if (!isKeepAlive(stage) && !isOvertaken(stage)) {
            retransmissions++;
            if (firstRetransmission == null) {
                firstRetransmission = stage;
                journey.keep();
            }
        }
    }

    private boolean isKeepAlive(Stage stage) {
        return stage.payloadLength() <= 1
                && stage.sequence() == sequenceEnd - 1
                && !stage.hasFlag(TcpHeader.SYN)
                && !stage.hasFlag(TcpHeader.FIN);
    }

    /// Most hosts count their IPv4 packets up, from the one after an unnumbered SYN on; some number them at random,
    /// which tells no order.
    private boolean isNumberedNext(Stage stage) {
        int step = (stage.identification() - latestIdentification) & 0xffff;
        return latestIdentification == 0 || (step >= 1 && step <= MAX_STEP);
    }

    /// Sent before the segment that got ahead of it: hosts number their IPv4 packets and stamp their segments.
    private boolean isOvertaken(Stage stage) {
        int timestamp = (int) (stage.timestamps() >>> 32);
        if (stage.timestamps() != 0 && timestamp != latestTimestamp) {
            return timestamp - latestTimestamp < 0;
        }
        if (!irregular && stage.identification() != 0 && stage.identification() != latestIdentification) {
            return (short) (stage.identification() - latestIdentification) < 0;
        }
        return stage.epochNanos() - latestNanos < REORDERING_NANOS;
    }

    public CapturePoint point() {
        return point;
    }

    /// True for what the initiator sent.
    public boolean isForward() {
        return forward;
    }

    /// Segments that take up sequence numbers: payload, SYN or FIN.
    public int segments() {
        return segments;
    }

    /// How many of them had been sent before.
    public int retransmissions() {
        return retransmissions;
    }

    /// The first of those, or null.
    public @Nullable Stage firstRetransmission() {
        return firstRetransmission;
    }
}

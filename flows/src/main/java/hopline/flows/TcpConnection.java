package hopline.flows;

import hopline.decode.header.TcpHeader;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one TCP connection did: how it opened, what each side sent and acknowledged, how it ended.
///
/// Sequence numbers are followed once per packet for the connection, and once per capture point and direction in
/// [SegmentTrack]s, never across the copies of one packet.
public final class TcpConnection {

    /// Points and directions followed; a path longer than that is followed in part.
    private static final int MAX_TRACKS = 64;

    private static final long UNKNOWN = -1;

    private final Side initiator = new Side();
    private final Side responder = new Side();

    /// An `ArrayList` by name: see bench/README.md.
    private final ArrayList<SegmentTrack> tracks = new ArrayList<>(2);
    private long synNanos = UNKNOWN;
    private long establishedNanos = UNKNOWN;
    private @Nullable Journey resetting;
    private boolean resetByInitiator;

    /// The initiator was the last to send new data.
    private boolean lastDataForward;

    TcpConnection() {}

    /// What one end sent.
    public static final class Side {

        private int syns;

        /// Of its SYN, if there was one.
        private int initialSequence;

        private long payload;
        private boolean sequenceKnown;
        private int sequenceEnd;
        private boolean acknowledgmentKnown;
        private boolean acknowledgesMore;
        private int acknowledged;
        private boolean finished;
        private boolean takenLeave;
        private @Nullable ClosedWindow closedWindow;

        Side() {}

        /// How often its SYN (or SYN-ACK) was sent.
        public int syns() {
            return syns;
        }

        /// Payload octets, resent ones counted again.
        public long payload() {
            return payload;
        }

        /// It sent a FIN.
        public boolean isFinished() {
            return finished;
        }

        /// It sent a FIN, or said by TLS that it sends no more.
        private boolean isClosing() {
            return finished || takenLeave;
        }

        /// How long it would take no more data, or null when its window never closed.
        public @Nullable ClosedWindow closedWindow() {
            return closedWindow;
        }

        private void advertise(Journey journey, Stage segment) {
            if (closedWindow == null && ClosedWindow.isClosing(segment)) {
                closedWindow = new ClosedWindow();
            }
            if (closedWindow != null) {
                closedWindow.advertised(journey, segment);
            }
        }

        /// Takes what it sent next, and tells whether that brought new data.
        private boolean add(Stage stage) {
            if (stage.hasFlag(TcpHeader.SYN)) {
                syns++;
                initialSequence = stage.sequence();
            }
            finished |= stage.hasFlag(TcpHeader.FIN);
            takenLeave |= stage.isTlsFarewell();
            payload += stage.payloadLength();
            if (stage.hasFlag(TcpHeader.RST) || !stage.isTransportWhole()) {
                return false;
            }
            acknowledge(stage);
            boolean advances = !sequenceKnown || stage.sequenceEnd() - sequenceEnd > 0;
            if (advances) {
                sequenceEnd = stage.sequenceEnd();
                sequenceKnown = true;
            }
            return advances && stage.payloadLength() > 0;
        }

        private void acknowledge(Stage stage) {
            boolean newer = !acknowledgmentKnown || stage.acknowledgment() - acknowledged > 0;
            if (stage.hasFlag(TcpHeader.ACK) && newer) {
                acknowledgesMore |= acknowledgmentKnown;
                acknowledged = stage.acknowledgment();
                acknowledgmentKnown = true;
            }
        }

        private boolean hasUnacknowledged(Side peer) {
            return sequenceKnown && payload > 0 && (!peer.acknowledgmentKnown || sequenceEnd - peer.acknowledged > 0);
        }

        private void add(Side other) {
            if (other.sequenceKnown && (!sequenceKnown || other.sequenceEnd - sequenceEnd > 0)) {
                sequenceEnd = other.sequenceEnd;
                sequenceKnown = true;
            }
            acknowledgesMore |= other.acknowledgesMore
                    || (acknowledgmentKnown && other.acknowledgmentKnown && acknowledged != other.acknowledged);
            if (other.acknowledgmentKnown && (!acknowledgmentKnown || other.acknowledged - acknowledged > 0)) {
                acknowledged = other.acknowledged;
                acknowledgmentKnown = true;
            }
            initialSequence = syns == 0 ? other.initialSequence : initialSequence;
            syns += other.syns;
            payload += other.payload;
            finished |= other.finished;
            takenLeave |= other.takenLeave;
            if (closedWindow == null) {
                closedWindow = other.closedWindow;
            } else if (other.closedWindow != null) {
                closedWindow.add(other.closedWindow);
            }
        }
    }

    /// How a connection was cut off.
    ///
    /// @param byInitiator who sent it, by its addresses
    /// @param journey the first reset's
    /// @param moment how far the connection was
    public record Reset(boolean byInitiator, Journey journey, Moment moment) {

        /// It refuses the connection: nothing but SYNs came before.
        public boolean answersSyn() {
            return moment == Moment.REFUSING;
        }
    }

    /// How far a connection was when it was reset, as far as the capture proves it.
    public enum Moment {
        /// Nothing but SYNs came before.
        REFUSING,

        /// It was opened, and neither side had sent payload.
        BEFORE_DATA,

        /// Payload was on its way.
        IN_TRANSFER,

        /// The responder had acknowledged what it got last, and sent nothing in return.
        BEFORE_ANSWER,

        /// All data was acknowledged, the last of it the responder's, which then broke off: between two exchanges,
        /// or in one.
        AFTER_DATA,

        /// One side said that it sends no more, or the initiator had all it asked for: a way to close.
        AT_END,

        /// No payload was captured, nor how it was opened.
        BEGINNING_MISSING,

        /// Nothing that the other side sent was captured.
        DIRECTION_MISSING
    }

    void add(Journey journey, boolean isForward) {
        Stage first = journey.first();
        Stage segment = journey.clearest();
        Side sender = isForward ? initiator : responder;
        if (segment.hasFlag(TcpHeader.RST) && resetting == null) {
            resetting = journey;
            resetByInitiator = isForward;
            sender.acknowledge(segment);
            journey.keep();
        }
        noteHandshake(segment, first.epochNanos(), isForward);
        if (sender.add(segment)) {
            lastDataForward = isForward;
        }
        noteWindow(journey, segment, isForward);
        for (Stage stage = first; stage != null; stage = stage.next()) {
            track(journey, stage, isForward);
        }
    }

    long fetch() {
        return initiator.payload
                ^ responder.payload
                ^ (tracks.isEmpty() ? 0 : tracks.getFirst().segments());
    }

    private void noteWindow(Journey journey, Stage segment, boolean isForward) {
        Side sender = isForward ? initiator : responder;
        Side receiver = isForward ? responder : initiator;
        if (segment.isTransportWhole() && !segment.hasFlag(TcpHeader.RST)) {
            sender.advertise(journey, segment);
            if (receiver.closedWindow != null
                    && receiver.acknowledgmentKnown
                    && isKnock(segment, segment.sequence() - receiver.acknowledged)) {
                receiver.closedWindow.knocked(segment);
            }
        }
    }

    /// An octet that is acknowledged already, or the next one in the face of a closed window.
    private static boolean isKnock(Stage segment, int beyondAcknowledged) {
        return !segment.hasFlag(TcpHeader.SYN)
                && (beyondAcknowledged < 0 || (beyondAcknowledged == 0 && segment.payloadLength() > 0));
    }

    private void noteHandshake(Stage segment, long epochNanos, boolean isForward) {
        if (isForward && segment.isSyn() && synNanos == UNKNOWN) {
            synNanos = epochNanos;
        } else if (isForward
                && establishedNanos == UNKNOWN
                && responder.syns > 0
                && segment.hasFlag(TcpHeader.ACK)
                && !segment.hasFlag(TcpHeader.RST)) {
            establishedNanos = epochNanos;
        }
    }

    private void track(Journey journey, Stage stage, boolean isForward) {
        if (!SegmentTrack.counts(stage)) {
            return;
        }
        long form = SegmentTrack.form(stage);
        for (int i = 0; i < tracks.size(); i++) {
            SegmentTrack track = tracks.get(i);
            if (track.follows(form, isForward)) {
                track.add(journey, stage);
                return;
            }
        }
        if (tracks.size() < MAX_TRACKS) {
            SegmentTrack track = new SegmentTrack(stage, isForward);
            tracks.add(track);
            track.add(journey, stage);
        }
    }

    void add(TcpConnection other, boolean sameDirection) {
        if (!hasData()) {
            lastDataForward = other.lastDataForward == sameDirection;
        }
        initiator.add(sameDirection ? other.initiator : other.responder);
        responder.add(sameDirection ? other.responder : other.initiator);
        if (resetting == null) {
            resetting = other.resetting;
            resetByInitiator = other.resetByInitiator == sameDirection;
        }
        synNanos = synNanos == UNKNOWN && sameDirection ? other.synNanos : synNanos;
        if (sameDirection) {
            tracks.addAll(other.tracks);
        }
    }

    /// A SYN with another initial sequence number than this connection's: the ports are used anew.
    boolean isReused(Stage stage) {
        return stage.isSyn() && (initiator.syns > 0 ? initiator.initialSequence != stage.sequence() : isClosed());
    }

    /// Both opened, and with different initial sequence numbers.
    boolean isOtherThan(TcpConnection other) {
        return initiator.syns > 0
                && other.initiator.syns > 0
                && initiator.initialSequence != other.initiator.initialSequence;
    }

    /// What the initiator sent.
    public Side initiator() {
        return initiator;
    }

    /// What the responder sent.
    public Side responder() {
        return responder;
    }

    /// Its first reset, judged by all that was seen of the connection, or null.
    public @Nullable Reset reset() {
        return resetting == null ? null : new Reset(resetByInitiator, resetting, moment());
    }

    private Moment moment() {
        boolean onlySyns = initiator.syns > 0 && responder.syns == 0 && !hasData();
        if (!resetByInitiator && onlySyns) {
            return Moment.REFUSING;
        }
        if (initiator.isClosing() || responder.isClosing()) {
            return Moment.AT_END;
        }
        Side peer = resetByInitiator ? responder : initiator;
        if (!peer.sequenceKnown) {
            boolean isHeard = resetByInitiator ? initiator.sequenceKnown : responder.sequenceKnown;
            return isHeard ? Moment.DIRECTION_MISSING : Moment.BEGINNING_MISSING;
        }
        return hasData() ? momentOfData() : isOpened() ? Moment.BEFORE_DATA : Moment.BEGINNING_MISSING;
    }

    /// When all is acknowledged, an initiator that resets has what it wanted; a responder breaks off.
    private Moment momentOfData() {
        if (initiator.hasUnacknowledged(responder) || responder.hasUnacknowledged(initiator)) {
            return Moment.IN_TRANSFER;
        }
        return resetByInitiator ? Moment.AT_END : lastDataForward ? Moment.BEFORE_ANSWER : Moment.AFTER_DATA;
    }

    private boolean isOpened() {
        return initiator.syns > 0 || responder.syns > 0;
    }

    private boolean hasData() {
        return initiator.payload > 0 || responder.payload > 0;
    }

    /// Reset, or finished by both sides.
    public boolean isClosed() {
        return resetting != null || (initiator.finished && responder.finished);
    }

    /// SYN, SYN-ACK and an acknowledgment were seen.
    public boolean isEstablished() {
        return establishedNanos != UNKNOWN;
    }

    /// The initiator acknowledges what it got, after its SYN or more and more of it: there was an answer, though none
    /// need have been captured.
    public boolean isAnswerAcknowledged() {
        return initiator.acknowledgmentKnown && (initiator.syns > 0 || initiator.acknowledgesMore);
    }

    /// From the first SYN to the acknowledgment that completes the handshake, both where the initiator's packets
    /// were first seen, in nanoseconds; -1 when either is missing.
    public long handshakeNanos() {
        return synNanos == UNKNOWN || establishedNanos == UNKNOWN ? UNKNOWN : establishedNanos - synNanos;
    }

    /// Whether some of what that side sent was never acknowledged, though it was sent again.
    public boolean isStalled(boolean isForward) {
        Side sender = isForward ? initiator : responder;
        return sender.hasUnacknowledged(isForward ? responder : initiator) && isAnyResent(isForward);
    }

    private boolean isAnyResent(boolean isForward) {
        for (SegmentTrack track : tracks) {
            if (track.isForward() == isForward && track.retransmissions() > 0) {
                return true;
            }
        }
        return false;
    }

    /// Segments as each capture point saw them.
    public List<SegmentTrack> tracks() {
        return Collections.unmodifiableList(tracks);
    }

    /// Resent segments at the point that saw most of them.
    public int retransmissions() {
        int most = 0;
        for (SegmentTrack track : tracks) {
            most = Math.max(most, track.retransmissions());
        }
        return most;
    }
}

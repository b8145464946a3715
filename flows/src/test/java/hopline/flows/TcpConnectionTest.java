package hopline.flows;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.TcpConnection.Moment;
import hopline.flows.site.Conversation;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.Comparator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpConnectionTest {

    private Site site;
    private Conversation conversation;

    @BeforeEach
    void begin() {
        site = new Site(Style.OVERLAY);
        conversation = site.connect("shop/cart", "shop/stock", "shop/stock-1");
    }

    private TcpConnection connection() {
        return site.flows().getFirst().tcp();
    }

    /// At each point the most of its tracks counts.
    private int retransmissions() {
        return connection().tracks().stream()
                .max(Comparator.comparingInt(SegmentTrack::retransmissions))
                .orElseThrow()
                .retransmissions();
    }

    @Test
    void aWholeConnection() {
        conversation.whole();

        assertThat(connection().isEstablished()).isTrue();
        assertThat(connection().isClosed()).isTrue();
        assertThat(connection().reset()).isNull();
        assertThat(connection().initiator().payload()).isEqualTo(200);
        assertThat(connection().responder().payload()).isEqualTo(1000);
        assertThat(connection().retransmissions()).isZero();
    }

    /// From the SYN to the acknowledgment that completes the handshake, at the initiator's end.
    @Test
    void measuresTheHandshakeWhereTheInitiatorIs() {
        conversation.syn().pause(0.25).synAck();
        conversation.pause(0.5).ack();

        assertThat(connection().handshakeNanos()).isEqualTo(752_000_000);
    }

    @Test
    void withoutAllOfTheHandshakeThereIsNoTime() {
        conversation.syn();

        assertThat(connection().handshakeNanos()).isEqualTo(-1);
        assertThat(connection().isEstablished()).isFalse();
    }

    /// Every copy of the segment, at each of eight points, is one retransmission at that point.
    @Test
    void countsWhatIsSentAgainOncePerPoint() {
        conversation.open().send(100).pause(0.3).resend().pause(0.6).resend();

        assertThat(connection().tracks())
                .filteredOn(SegmentTrack::isForward)
                .hasSize(8)
                .allSatisfy(track -> {
                    assertThat(track.retransmissions()).isEqualTo(2);
                    assertThat(track.segments()).isEqualTo(4);
                    assertThat(track.firstRetransmission()).isNotNull();
                });
        assertThat(connection().retransmissions()).isEqualTo(2);
    }

    @Test
    void aSynSentAgainIsARetransmission() {
        conversation.syn().pause(1).syn();

        assertThat(retransmissions()).isEqualTo(1);
    }

    /// An older timestamp tells that it was sent before the one that overtook it.
    @Test
    void anOvertakenSegmentIsNoRetransmission() {
        conversation.open().send(100);
        conversation.overtaken(100, 60);

        assertThat(retransmissions()).isZero();
    }

    @Test
    void aKeepAliveIsNoRetransmission() {
        conversation.open().send(10).acked().pause(30).keepAlive().acked();

        assertThat(retransmissions()).isZero();
    }

    @Test
    void unacknowledgedAfterAResendItIsStalled() {
        conversation.open().send(100).acked().send(1448).pause(0.3).resend();

        assertThat(connection().isStalled(true)).isTrue();
        assertThat(connection().isStalled(false)).isFalse();
    }

    @Test
    void acknowledgedItGoesOn() {
        conversation.open().send(1448).pause(0.3).resend().acked();

        assertThat(connection().isStalled(true)).isFalse();
    }

    @Test
    void aResetAnswersTheSyn() {
        conversation.syn().isReset();

        assertThat(connection().reset()).satisfies(reset -> {
            assertThat(reset.answersSyn()).isTrue();
            assertThat(reset.byInitiator()).isFalse();
        });
    }

    @Test
    void aResetBeforeData() {
        conversation.open().reset();

        assertThat(connection().reset()).satisfies(reset -> {
            assertThat(reset.moment()).isEqualTo(Moment.BEFORE_DATA);
            assertThat(reset.byInitiator()).isTrue();
        });
    }

    @Test
    void aResetInMidTransfer() {
        conversation.open().send(10).receive(100).isReset();

        assertThat(moment()).isEqualTo(Moment.IN_TRANSFER);
    }

    @Test
    void aResetBeforeAnAnswer() {
        conversation
                .open()
                .send(9)
                .acked()
                .receive(50)
                .ack()
                .send(10)
                .acked()
                .keepAlive()
                .acked()
                .isReset();

        assertThat(moment()).isEqualTo(Moment.BEFORE_ANSWER);
    }

    /// A keep-alive asks for nothing.
    @Test
    void aResetAfterData() {
        conversation
                .open()
                .send(9)
                .acked()
                .receive(50)
                .ack()
                .keepAlive()
                .acked()
                .isReset();

        assertThat(moment()).isEqualTo(Moment.AFTER_DATA);
    }

    /// It acknowledges all there was: the client has what it wanted.
    @Test
    void aResetThatEndsAFinishedExchange() {
        conversation.open().send(10).receive(100).reset();

        assertThat(moment()).isEqualTo(Moment.AT_END);
    }

    @Test
    void aResetAfterTheEnd() {
        conversation.whole().isReset();

        assertThat(moment()).isEqualTo(Moment.AT_END);
    }

    @Test
    void aResetAfterAnEndWithoutData() {
        conversation.open().close().isReset();

        assertThat(moment()).isEqualTo(Moment.AT_END);
    }

    @Test
    void aResetOfWhatWasOpenBeforeTheCapture() {
        conversation.ack().acked().isReset();

        assertThat(moment()).isEqualTo(Moment.BEGINNING_MISSING);
    }

    @Test
    void aResetAlone() {
        conversation.isReset();

        assertThat(moment()).isEqualTo(Moment.BEGINNING_MISSING);
    }

    @Test
    void aResetOfWhichOneDirectionWasCaptured() {
        conversation.receive(100).isReset();

        assertThat(moment()).isEqualTo(Moment.DIRECTION_MISSING);
    }

    private Moment moment() {
        return connection().reset().moment();
    }
}

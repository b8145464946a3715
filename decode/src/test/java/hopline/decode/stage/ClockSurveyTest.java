package hopline.decode.stage;

import static hopline.decode.Packets.dnsQuery;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Packets;
import hopline.decode.header.TcpHeader;
import hopline.decode.stage.ClockEstimate.Era;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockSurveyTest {

    private static final int A = 0;
    private static final int B = 1;
    private static final long SECOND_MICROS = 1_000_000;

    private static final Sketch FORWARD =
            Sketch.tcp("10.0.0.1:4000", "10.0.0.2:80").data(10);
    private static final Sketch REVERSE =
            Sketch.tcp("10.0.0.2:80", "10.0.0.1:4000").data(20);

    private final Scene scene = new Scene();
    private final ClockSurvey survey = new ClockSurvey();

    private boolean stamp(int clock, String point, long micros, Sketch packet) {
        return survey.add(clock, scene.see(point, micros, packet));
    }

    /// Packets of both directions on clocks of which the second is `aheadMicros` ahead.
    private void exchange(int firstSequence, int count, long aheadMicros) {
        for (int i = firstSequence; i < firstSequence + count; i++) {
            long now = i * 1_000L;
            stamp(A, "a/eth0", now, FORWARD.sequence(i));
            stamp(B, "b/eth0", now + 120 + aheadMicros, FORWARD.sequence(i));
            stamp(B, "b/eth0", now + 300 + aheadMicros, REVERSE.sequence(i));
            stamp(A, "a/eth0", now + 380, REVERSE.sequence(i));
        }
    }

    private ClockEstimate estimate(int reference, int other) {
        return survey.estimate(clock -> clock == reference, clock -> clock == other);
    }

    @Test
    void findsAnOffsetOfThreeSeconds() {
        exchange(1, 20, 3 * SECOND_MICROS);

        ClockEstimate estimate = estimate(A, B);

        Era era = estimate.eras().getFirst();
        assertThat(estimate.pairs()).isEqualTo(40);
        assertThat(era.offsetNanos()).isEqualTo(3_000_020_000L);
        assertThat(era.uncertaintyNanos()).isEqualTo(100_001);
        assertThat(Math.abs(era.offsetNanos() - 3_000_000_000L)).isLessThanOrEqualTo(era.uncertaintyNanos());
    }

    @Test
    void theOtherWayRoundTheSignChanges() {
        exchange(1, 20, 3 * SECOND_MICROS);

        assertThat(estimate(B, A).eras().getFirst().offsetNanos()).isEqualTo(-3_000_020_000L);
    }

    @Test
    void findsWhereAClockWasSet() {
        exchange(1, 20, 0);
        exchange(21, 20, 3 * SECOND_MICROS);

        assertThat(estimate(A, B).eras()).hasSize(2);
    }

    @Test
    void clocksThatShareNoPacketAreNotCompared() {
        stamp(A, "a/eth0", 0, FORWARD);
        stamp(B, "b/eth0", 0, FORWARD.from("10.0.0.9:1"));

        assertThat(estimate(A, B).pairs()).isZero();
    }

    /// A packet on its way through a node is stamped several times: it came before the first and left after the last.
    @Test
    void aNodesOwnDelayDoesNotWidenTheBounds() {
        stamp(A, "a/v-client", 0, FORWARD.ttl(64));
        stamp(A, "a/eth0", 5_000, FORWARD.ttl(63));
        stamp(B, "b/eth0", 5_100, FORWARD.ttl(63));
        stamp(B, "b/v-web", 9_000, FORWARD.ttl(62));

        Era era = estimate(A, B).eras().getFirst();

        assertThat(era.offsetNanos()).isEqualTo(100_000);
    }

    @Test
    void aPacketThatPassedOnePointTwiceIsNoMeasure() {
        Sketch unnumbered = FORWARD.identification(0);
        stamp(A, "a/eth0", 0, unnumbered);
        stamp(A, "a/eth0", 900, unnumbered);
        stamp(B, "b/eth0", 120, unnumbered);

        assertThat(estimate(A, B).pairs()).isZero();
    }

    /// An interface that was captured twice, or a mirror that sends all twice.
    @Test
    void aPacketThatWasRecordedTwiceIsOne() {
        Sketch numbered = FORWARD.identification(7);
        Sketch unnumbered = FORWARD.sequence(9).identification(0);
        stamp(A, "a/eth0", 0, numbered);
        stamp(A, "a/eth0", 900, numbered);
        stamp(A, "a/eth0", 1_000, unnumbered);
        stamp(A, "a/eth0", 1_002, unnumbered);
        stamp(B, "b/eth0", 120, numbered);
        stamp(B, "b/eth0", 1_121, unnumbered);

        assertThat(estimate(A, B).pairs()).isEqualTo(2);
    }

    @Test
    void keepsTheFirstSightingOfAClockOnly() {
        assertThat(stamp(A, "a/eth0", 0, FORWARD)).isTrue();
        assertThat(stamp(A, "a/v", 1, FORWARD.ttl(63))).isFalse();
        assertThat(stamp(B, "b/eth0", 2, FORWARD)).isTrue();
    }

    @Test
    void leavesOutWhatProvesLittle() {
        assertThat(stamp(A, "a/eth0", 0, Sketch.udp("10.0.0.1:1", "10.0.0.2:2", Packets.octets(20))))
                .isFalse();
        assertThat(stamp(A, "a/eth0", 0, Sketch.udp("10.0.0.1:1", "10.0.0.2:53", dnsQuery(1, "a", 1))))
                .isFalse();
        assertThat(stamp(A, "a/eth0", 0, Sketch.whoHas("10.0.0.2", "10.0.0.1"))).isFalse();
        assertThat(stamp(A, "a/eth0", 0, FORWARD.flags(TcpHeader.SYN))).isTrue();
    }

    /// Far more packets than are remembered; both clocks forget the same ones.
    @Test
    void remembersABoundedNumberOfPackets() {
        Stage template = scene.see("a/eth0", 0, FORWARD);
        for (int clock : new int[] {A, B}) {
            for (int i = 0; i < 3 * ClockSurvey.MAX_PACKETS; i++) {
                survey.add(clock, copy(template, i, clock * 50));
            }
        }

        assertThat(estimate(A, B).pairs()).isBetween(ClockSurvey.MAX_PACKETS / 4, ClockSurvey.MAX_PACKETS);
    }

    private static Stage copy(Stage template, int sequence, long micros) {
        Stage stage = new Stage();
        stage.point = template.point;
        stage.record = sequence + 1;
        stage.epochNanos = micros * 1_000;
        stage.protocol = template.protocol;
        stage.timeToLive = 64;
        stage.sourceLow = 1;
        stage.destinationLow = 2;
        stage.sequence = sequence;
        stage.payloadLength = 10;
        return stage;
    }

    /// A node's captures are of one clock: what one of them shows of a packet and what another does is one sighting.
    @Test
    void theClocksOfOneNodeTellTogether() {
        int pieceOfB = 2;
        for (int i = 1; i <= 20; i++) {
            long now = i * 1_000L;
            int clock = i <= 10 ? B : pieceOfB;
            stamp(A, "a/eth0", now, FORWARD.sequence(i));
            stamp(clock, "b/eth0", now + 120, FORWARD.sequence(i));
            stamp(clock, "b/eth0", now + 300, REVERSE.sequence(i));
            stamp(A, "a/eth0", now + 380, REVERSE.sequence(i));
        }

        assertThat(estimate(A, B).pairs()).isEqualTo(20);
        assertThat(survey.estimate(clock -> clock == A, clock -> clock != A).pairs())
                .isEqualTo(40);
        assertThat(survey.shared(List.of(0, 1, 1), 2)).isDeepEqualTo(new int[][] {{0, 40}, {40, 0}});
        assertThat(survey.shared(List.of(0, 1, 2), 3)).isDeepEqualTo(new int[][] {{0, 20, 20}, {20, 0, 0}, {20, 0, 0}});
    }

    /// Seen twice at one place, by two captures or by one, it may be two packets.
    @Test
    void whatTwoCapturesOfANodeSawAtOnePlaceIsAmbiguous() {
        Sketch unnumbered = FORWARD.identification(0);
        stamp(A, "a/eth0", 1_000, unnumbered);
        stamp(B, "b/eth0", 1_120, unnumbered);
        stamp(2, "b/eth0", 9_120, unnumbered);

        assertThat(estimate(A, B).pairs()).isEqualTo(1);
        assertThat(survey.estimate(clock -> clock == A, clock -> clock != A).pairs())
                .isZero();
    }
}

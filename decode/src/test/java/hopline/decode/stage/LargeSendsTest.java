package hopline.decode.stage;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CapturePoint;
import hopline.decode.IpProtocol;
import org.junit.jupiter.api.Test;

class LargeSendsTest {

    private final StageRows rows = new StageRows();
    private final LargeSends sends = new LargeSends(rows);

    private static Stage segment(int sequence, int payloadLength) {
        Stage stage = new Stage();
        stage.point = new CapturePoint(0, "a", "eth0");
        stage.protocol = IpProtocol.TCP;
        stage.sequence = sequence;
        stage.acknowledgment = 77;
        stage.payloadLength = payloadLength;
        return stage;
    }

    private int begin(int sequence, int payloadLength) {
        int journey = rows.store(segment(sequence, payloadLength));
        sends.begin(journey);
        return journey;
    }

    @Test
    void findsALargeSendByAnyOfItsBytes() {
        int large = begin(100_000, 200_000);

        assertThat(sends.find(segment(100_000, 1_448))).isEqualTo(large);
        assertThat(sends.find(segment(200_000, 1_448))).isEqualTo(large);
        assertThat(sends.find(segment(299_999, 1))).isEqualTo(large);
        assertThat(sends.find(segment(300_000, 1_448))).isEqualTo(StageRows.NONE);
        assertThat(sends.find(segment(98_552, 1_448))).isEqualTo(StageRows.NONE);
    }

    @Test
    void findsItAcrossTheEndOfTheSequenceNumbers() {
        int large = begin(-30_000, 60_000);

        assertThat(sends.find(segment(-1_000, 500))).isEqualTo(large);
        assertThat(sends.find(segment(29_000, 500))).isEqualTo(large);
    }

    @Test
    void theNewestComesFirst() {
        begin(1_000, 5_000);
        int resent = begin(1_000, 4_000);

        assertThat(sends.find(segment(2_000, 1_448))).isEqualTo(resent);
    }

    @Test
    void forgetsAJourneyThatEnded() {
        int first = begin(1_000, 70_000);
        int second = begin(1_000, 60_000);
        sends.end(first);

        assertThat(sends.find(segment(2_000, 1_448))).isEqualTo(second);

        sends.end(second);

        assertThat(sends.find(segment(2_000, 1_448))).isEqualTo(StageRows.NONE);
        assertThat(sends.find(segment(66_000, 1_448))).as("in its second block").isEqualTo(StageRows.NONE);
    }

    @Test
    void remembersOnlyWhatAWireCannotHold() {
        begin(1_000, 1_460);
        assertThat(sends.find(segment(1_100, 500))).isEqualTo(StageRows.NONE);

        int large = begin(1_000, 1_461);
        assertThat(sends.find(segment(1_100, 500))).isEqualTo(large);
    }

    /// No system makes a send of this size: a length that lies must not fill the table.
    @Test
    void doesNotBelieveALengthThatNoSystemSends() {
        begin(0, 4 << 20);
        begin(0, Integer.MAX_VALUE);

        assertThat(sends.find(segment(1_000_000, 1_448))).isEqualTo(StageRows.NONE);
    }

    @Test
    void believesTheLargestThatSystemsSend() {
        int large = begin(0, 512 << 10);

        assertThat(sends.find(segment(500_000, 1_448))).isEqualTo(large);
    }

    @Test
    void manySendsOfTheSameBytesAreBounded() {
        for (int i = 0; i < 1_000; i++) {
            begin(1_000, 2_000 + i);
        }
        int beyondTheBound = begin(1_000, 9_000);

        assertThat(sends.find(segment(1_500, 100))).isNotIn(StageRows.NONE, beyondTheBound);

        sends.end(beyondTheBound);

        assertThat(sends.find(segment(1_500, 100))).isNotEqualTo(StageRows.NONE);
    }
}

package hopline.decode.stage;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.IpProtocol;
import org.junit.jupiter.api.Test;

class LargeSendsTest {

    private final LargeSends sends = new LargeSends();

    private static Stage segment(int sequence, int payloadLength) {
        Stage stage = new Stage();
        stage.protocol = IpProtocol.TCP;
        stage.sequence = sequence;
        stage.acknowledgment = 77;
        stage.payloadLength = payloadLength;
        return stage;
    }

    private Journey begin(int sequence, int payloadLength) {
        Journey journey = new Journey(segment(sequence, payloadLength), 0);
        sends.begin(journey);
        return journey;
    }

    @Test
    void findsALargeSendByAnyOfItsBytes() {
        Journey large = begin(100_000, 200_000);

        assertThat(sends.find(segment(100_000, 1_448))).isSameAs(large);
        assertThat(sends.find(segment(200_000, 1_448))).isSameAs(large);
        assertThat(sends.find(segment(299_999, 1))).isSameAs(large);
        assertThat(sends.find(segment(300_000, 1_448))).isNull();
        assertThat(sends.find(segment(98_552, 1_448))).isNull();
    }

    @Test
    void findsItAcrossTheEndOfTheSequenceNumbers() {
        Journey large = begin(-30_000, 60_000);

        assertThat(sends.find(segment(-1_000, 500))).isSameAs(large);
        assertThat(sends.find(segment(29_000, 500))).isSameAs(large);
    }

    @Test
    void theNewestComesFirst() {
        begin(1_000, 5_000);
        Journey resent = begin(1_000, 4_000);

        assertThat(sends.find(segment(2_000, 1_448))).isSameAs(resent);
    }

    @Test
    void forgetsAJourneyThatEnded() {
        Journey first = begin(1_000, 70_000);
        Journey second = begin(1_000, 60_000);
        sends.end(first);

        assertThat(sends.find(segment(2_000, 1_448))).isSameAs(second);

        sends.end(second);

        assertThat(sends.find(segment(2_000, 1_448))).isNull();
        assertThat(sends.find(segment(66_000, 1_448))).as("in its second block").isNull();
    }

    @Test
    void remembersOnlyWhatAWireCannotHold() {
        begin(1_000, 1_460);
        assertThat(sends.find(segment(1_100, 500))).isNull();

        Journey large = begin(1_000, 1_461);
        assertThat(sends.find(segment(1_100, 500))).isSameAs(large);
    }

    /// No system makes a send of this size: a length that lies must not fill the table.
    @Test
    void doesNotBelieveALengthThatNoSystemSends() {
        begin(0, 4 << 20);
        begin(0, Integer.MAX_VALUE);

        assertThat(sends.find(segment(1_000_000, 1_448))).isNull();
    }

    @Test
    void believesTheLargestThatSystemsSend() {
        Journey large = begin(0, 512 << 10);

        assertThat(sends.find(segment(500_000, 1_448))).isSameAs(large);
    }

    @Test
    void manySendsOfTheSameBytesAreBounded() {
        for (int i = 0; i < 1_000; i++) {
            begin(1_000, 2_000 + i);
        }
        Journey beyondTheBound = begin(1_000, 9_000);

        assertThat(sends.find(segment(1_500, 100))).isNotNull().isNotSameAs(beyondTheBound);

        sends.end(beyondTheBound);

        assertThat(sends.find(segment(1_500, 100))).isNotNull();
    }
}

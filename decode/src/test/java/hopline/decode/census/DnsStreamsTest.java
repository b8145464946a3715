package hopline.decode.census;

import static hopline.decode.census.Frames.dns;
import static hopline.decode.census.Frames.hex;
import static hopline.decode.census.Frames.join;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsStreamsTest {

    private static final long STREAM = 42;
    private static final byte[] ANSWER = join(hex("0013"), dns("8180"));
    private static final byte[] NO_SUCH_NAME = join(hex("0013"), dns("8183"));

    private final DnsStreams streams = new DnsStreams();
    private final List<Integer> codes = new ArrayList<>();

    private boolean add(int sequence, byte[] payload) {
        return streams.add(STREAM, sequence, Octets.wrap(payload), codes::add);
    }

    @Test
    void aSegmentMayHoldSeveralMessages() {
        assertThat(add(100, join(ANSWER, NO_SUCH_NAME))).isTrue();
        assertThat(codes).containsExactly(0, 3);
    }

    /// Wherever a message is split, even between the octets of its length, it counts in the segment that ends it.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 14, 20})
    void aMessageCountsInTheSegmentThatEndsIt(int split) {
        assertThat(add(100, Arrays.copyOf(ANSWER, split))).isFalse();
        assertThat(add(100 + split, Arrays.copyOfRange(ANSWER, split, ANSWER.length)))
                .isTrue();
    }

    @Test
    void aSegmentThatIsSentAgainDoesNotCountAgain() {
        add(100, ANSWER);

        assertThat(add(100, ANSWER)).isFalse();
        assertThat(codes).hasSize(1);
    }

    @Test
    void afterALostSegmentTheNextIsTakenToBeginWithAMessage() {
        add(100, Arrays.copyOf(ANSWER, 10));

        assertThat(add(500, ANSWER)).isTrue();
    }

    @Test
    void anotherConnectionOnTheSamePortsBeginsAnew() {
        add(5000, ANSWER);
        streams.open(STREAM);

        assertThat(add(100, ANSWER)).isTrue();
    }
}

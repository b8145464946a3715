package hopline.decode.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is alike but for a few bits, wherever they are, lands in different places of a table: else long chains are
/// gone through for each packet of a transfer.
class MixTest {

    private static final int WORDS = 4_096;
    private static final int SLOTS = 1 << 16;

    /// Random words would fill 3,970 of so many places; four or five in one are not felt.
    private static final int ENOUGH = WORDS / 5;

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 1_024, 1_448, 1 << 15, 1 << 16, 1 << 20})
    void segmentsOfOneTransfer(int payload) {
        Set<Long> slots = new HashSet<>();
        for (int i = 0; i < WORDS; i++) {
            slots.add(Content.tcpKey(i * payload, 77) & SLOTS - 1);
        }

        assertThat(slots).hasSizeGreaterThan(ENOUGH);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 16, 24, 32, 40, 48, 52})
    void wordsThatDifferInAFewBits(int shift) {
        Set<Long> first = new HashSet<>();
        Set<Long> second = new HashSet<>();
        for (long i = 0; i < WORDS; i++) {
            first.add(Mix.of(i << shift, 7) & SLOTS - 1);
            second.add(Mix.of(7, i << shift) & SLOTS - 1);
        }

        assertThat(first).hasSizeGreaterThan(ENOUGH);
        assertThat(second).hasSizeGreaterThan(ENOUGH);
    }
}

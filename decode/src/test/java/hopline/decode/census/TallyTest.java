package hopline.decode.census;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally(2);

    @Test
    void countsEachNumber() {
        tally.add(0);
        tally.add(7);
        tally.add(7);
        tally.add(0);

        assertThat(tally.counts()).hasToString("{0=2, 7=2}");
        assertThat(tally.isFull()).isFalse();
    }

    @Test
    void leavesOutWhatIsTooMuch() {
        tally.add(3);
        tally.add(2);
        tally.add(1);
        tally.add(1);
        tally.add(2);

        assertThat(tally.counts()).hasToString("{2=2, 3=1}");
        assertThat(tally.isFull()).isTrue();
    }
}

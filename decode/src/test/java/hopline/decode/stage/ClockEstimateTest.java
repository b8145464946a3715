package hopline.decode.stage;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.stage.ClockEstimate.Era;
import hopline.decode.stage.ClockEstimate.Sample;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClockEstimateTest {

    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private static final int UNKNOWN = 0;

    /// A packet from the first clock's node to the second's, `delay` later on a clock that is `offset` ahead.
    private static Sample there(long record, long conversation, long offset, long delay) {
        return sample(record, conversation, true, UNKNOWN, offset + delay);
    }

    private static Sample back(long record, long conversation, long offset, long delay) {
        return sample(record, conversation, false, UNKNOWN, offset - delay);
    }

    private static Sample sample(long record, long conversation, boolean upward, int away, long difference) {
        return new Sample(record, record * MILLI, conversation, upward, away, difference, difference);
    }

    /// Both ways, again and again, on a clock that is `offset` ahead.
    private static List<Sample> steady(long firstRecord, int count, long offset) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long delay = (100 + i % 7 * 10) * MICRO;
            samples.add(
                    i % 2 == 0 ? there(firstRecord + i, 1, offset, delay) : back(firstRecord + i, 1, offset, delay));
        }
        return samples;
    }

    private static Era onlyEra(ClockEstimate estimate) {
        assertThat(estimate.eras()).hasSize(1);
        return estimate.eras().getFirst();
    }

    @Test
    void theOffsetLiesBetweenWhatTheTwoDirectionsAllow() {
        Era era = onlyEra(ClockEstimate.of(List.of(
                there(1, 1, 3 * SECOND, 200 * MICRO),
                there(2, 1, 3 * SECOND, 90 * MICRO),
                back(3, 1, 3 * SECOND, 50 * MICRO),
                back(4, 1, 3 * SECOND, 900 * MICRO))));

        assertThat(era.offsetNanos()).isEqualTo(3 * SECOND + 20 * MICRO);
        assertThat(era.uncertaintyNanos()).isEqualTo(70 * MICRO + 1);
        assertThat(era.consistent()).isTrue();
        assertThat(era.pairs()).isEqualTo(4);
    }

    @Test
    void conversationsNarrowEachOther() {
        Era era = onlyEra(ClockEstimate.of(List.of(
                there(1, 1, -SECOND, 50 * MICRO),
                back(2, 1, -SECOND, 5 * MILLI),
                there(3, 2, -SECOND, 5 * MILLI),
                back(4, 2, -SECOND, 50 * MICRO))));

        assertThat(era.offsetNanos()).isEqualTo(-SECOND);
        assertThat(era.uncertaintyNanos()).isEqualTo(50 * MICRO + 1);
    }

    @Test
    void timeToLiveTellsTheDirectionWhereOneIsSeen() {
        Era there = onlyEra(ClockEstimate.of(
                List.of(sample(1, 1, true, 1, SECOND + 300 * MICRO), sample(2, 1, true, 1, SECOND + 100 * MICRO))));
        Era back = onlyEra(ClockEstimate.of(
                List.of(sample(1, 1, true, -1, SECOND - 300 * MICRO), sample(2, 1, true, -1, SECOND - 100 * MICRO))));

        assertThat(there.offsetNanos()).as("the quickest packet bounds it").isEqualTo(SECOND + 100 * MICRO);
        assertThat(back.offsetNanos()).isEqualTo(SECOND - 100 * MICRO);
        assertThat(there.uncertaintyNanos()).isEqualTo(MILLI);
    }

    @Test
    void withoutADirectionTheMiddleStandsForIt() {
        Era era = onlyEra(ClockEstimate.of(List.of(
                sample(1, 1, true, UNKNOWN, SECOND),
                sample(2, 1, true, UNKNOWN, SECOND + 100 * MICRO),
                sample(3, 1, true, UNKNOWN, SECOND + 900 * MICRO))));

        assertThat(era.offsetNanos()).isEqualTo(SECOND + 100 * MICRO);
        assertThat(era.uncertaintyNanos()).isEqualTo(MILLI);
    }

    @Test
    void oneOddConversationIsOutvoted() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            samples.add(there(2 * i + 1, i, SECOND, 100 * MICRO));
            samples.add(back(2 * i + 2, i, SECOND, 100 * MICRO));
        }
        samples.add(there(100, 99, SECOND + 50 * MILLI, 100 * MICRO));
        samples.add(back(101, 99, SECOND + 50 * MILLI, 100 * MICRO));

        Era era = onlyEra(ClockEstimate.of(samples));

        assertThat(era.offsetNanos()).isEqualTo(SECOND);
        assertThat(era.consistent()).isTrue();
    }

    @Test
    void aClockThatDriftsContradictsItself() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            samples.add(there(2 * i + 1, i, i * 5 * MILLI, 100 * MICRO));
            samples.add(back(2 * i + 2, i, i * 5 * MILLI, 100 * MICRO));
        }

        assertThat(onlyEra(ClockEstimate.of(samples)).consistent()).isFalse();
    }

    @Test
    void contradictionsTooSmallToMatterAreNone() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            samples.add(there(2 * i + 1, i, i * 40 * MICRO, 10 * MICRO));
            samples.add(back(2 * i + 2, i, i * 40 * MICRO, 10 * MICRO));
        }

        assertThat(onlyEra(ClockEstimate.of(samples)).consistent()).isTrue();
    }

    @Test
    void aClockThatWasSetHasTwoEras() {
        List<Sample> samples = new ArrayList<>(steady(1, 20, 0));
        samples.addAll(steady(31, 20, 3 * SECOND));

        ClockEstimate estimate = ClockEstimate.of(samples);

        assertThat(estimate.eras()).hasSize(2);
        Era before = estimate.eras().get(0);
        Era after = estimate.eras().get(1);
        assertThat(Math.abs(before.offsetNanos())).isLessThanOrEqualTo(before.uncertaintyNanos());
        assertThat(Math.abs(after.offsetNanos() - 3 * SECOND)).isLessThanOrEqualTo(after.uncertaintyNanos());
        assertThat(after.afterRecord()).isEqualTo(20);
        assertThat(after.byRecord()).isEqualTo(31);
        assertThat(estimate.pairs()).isEqualTo(40);
        assertThat(estimate.mainEra()).get().extracting(Era::pairs).isEqualTo(20);
    }

    @Test
    void eachRecordHasTheOffsetOfItsEra() {
        List<Sample> samples = new ArrayList<>(steady(1, 20, 0));
        samples.addAll(steady(31, 20, 3 * SECOND));
        ClockEstimate estimate = ClockEstimate.of(samples);
        long before = estimate.eras().get(0).offsetNanos();
        long after = estimate.eras().get(1).offsetNanos();

        assertThat(estimate.offsetNanos(1, 0)).isEqualTo(before);
        assertThat(estimate.offsetNanos(20, 20 * MILLI)).isEqualTo(before);
        assertThat(estimate.offsetNanos(31, 31 * MILLI)).isEqualTo(after);
        assertThat(estimate.offsetNanos(99, 99 * MILLI)).isEqualTo(after);
        assertThat(estimate.offsetNanos(25, 21 * MILLI))
                .as("in between, stamped early")
                .isEqualTo(before);
        assertThat(estimate.offsetNanos(25, 30 * MILLI))
                .as("in between, stamped late")
                .isEqualTo(after);
    }

    @Test
    void recordsBeforeTheFirstPacketHaveItsOffsetToo() {
        ClockEstimate estimate = ClockEstimate.of(steady(5, 20, SECOND));

        assertThat(estimate.offsetNanos(1, MILLI))
                .isEqualTo(estimate.offsetNanos(99, 99 * MILLI))
                .isNotZero();
    }

    @Test
    void aClockSetBackIsFollowedToo() {
        List<Sample> samples = new ArrayList<>();
        steady(1, 20, 3 * SECOND).forEach(s -> samples.add(at(s, s.nanos() + 3 * SECOND)));
        samples.addAll(steady(31, 20, 0));
        ClockEstimate estimate = ClockEstimate.of(samples);

        assertThat(estimate.eras()).hasSize(2);
        assertThat(estimate.offsetNanos(25, 3 * SECOND + 25 * MILLI)).isGreaterThan(2 * SECOND);
        assertThat(estimate.offsetNanos(25, 25 * MILLI)).isLessThan(SECOND);
    }

    private static Sample at(Sample sample, long nanos) {
        return new Sample(
                sample.record(),
                nanos,
                sample.conversation(),
                sample.upward(),
                sample.away(),
                sample.earliest(),
                sample.latest());
    }

    @Test
    void aSinglePacketOutOfLineIsNoStep() {
        List<Sample> samples = new ArrayList<>(steady(1, 20, 0));
        samples.add(there(21, 9, 3 * SECOND, 100 * MICRO));
        samples.addAll(steady(22, 20, 0));

        ClockEstimate estimate = ClockEstimate.of(samples);

        assertThat(onlyEra(estimate).pairs()).as("and left out").isEqualTo(40);
        assertThat(estimate.pairs()).isEqualTo(41);
    }

    @Test
    void samplesMayComeInAnyOrder() {
        List<Sample> samples = new ArrayList<>(steady(31, 20, 3 * SECOND));
        samples.addAll(steady(1, 20, 0));

        assertThat(ClockEstimate.of(samples).eras()).extracting(Era::byRecord).containsExactly(1L, 31L);
    }

    @Test
    void nothingIsKnownWithoutPackets() {
        ClockEstimate estimate = ClockEstimate.of(List.of());

        assertThat(estimate.eras()).isEmpty();
        assertThat(estimate.mainEra()).isEmpty();
        assertThat(estimate.offsetNanos(5, 5)).isZero();
    }

    @Test
    void oneClockIsItsOwnMeasure() {
        ClockEstimate same = ClockEstimate.same();

        assertThat(same.offsetNanos(5, 5)).isZero();
        assertThat(onlyEra(same).uncertaintyNanos()).isZero();
    }

    /// Whatever the delays of the two directions are, the true offset is not further away than stated.
    @Property(tries = 500)
    void theTrueOffsetLiesWithinTheUncertainty(
            @ForAll @LongRange(min = -4_000_000_000_000_000L, max = 4_000_000_000_000_000L) long offset,
            @ForAll @Size(min = 2, max = 40) List<@IntRange(max = 50_000) Integer> delayMicros,
            @ForAll @IntRange(min = 1, max = 4) int conversations) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < delayMicros.size(); i++) {
            long conversation = i / 2 % conversations;
            long delay = delayMicros.get(i) * MICRO;
            samples.add(
                    i % 2 == 0 ? there(i + 1, conversation, offset, delay) : back(i + 1, conversation, offset, delay));
        }

        Era era = onlyEra(ClockEstimate.of(samples));

        assertThat(Math.abs(era.offsetNanos() - offset)).isLessThanOrEqualTo(era.uncertaintyNanos());
        assertThat(era.consistent()).isTrue();
    }
}

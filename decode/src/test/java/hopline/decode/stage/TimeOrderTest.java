package hopline.decode.stage;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CapturePoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimeOrderTest {

    private static final long SECOND = 1_000_000_000;

    private final List<Stage> released = new ArrayList<>();
    private final TimeOrder order = order(released, TimeOrder.MAX_HELD);

    private static TimeOrder order(List<Stage> released, int maxHeld) {
        StageRows rows = new StageRows();
        return new TimeOrder(rows, (row, epochNanos, key) -> released.add(loaded(rows, row)), maxHeld);
    }

    private static Stage loaded(StageRows rows, int row) {
        Stage stage = new Stage();
        rows.load(row, stage);
        rows.free(row);
        return stage;
    }

    private static Stage stage(int point, long record, long nanos) {
        Stage stage = new Stage();
        stage.point = new CapturePoint(point, "a", "eth" + point);
        stage.record = record;
        stage.epochNanos = nanos;
        return stage;
    }

    private List<Long> records() {
        return records(released);
    }

    private static List<Long> records(List<Stage> stages) {
        return stages.stream().map(Stage::record).toList();
    }

    @Test
    void mergesPointsByTime() {
        Scene.add(order, stage(0, 1, 10));
        Scene.add(order, stage(0, 2, 40));
        Scene.add(order, stage(1, 3, 20));
        Scene.add(order, stage(1, 4, 30));
        Scene.add(order, stage(2, 5, 5));
        order.finish();

        assertThat(records()).containsExactly(5L, 1L, 3L, 4L, 2L);
    }

    @Test
    void putsWhatComesLateInItsPlace() {
        Scene.add(order, stage(0, 1, 500));
        Scene.add(order, stage(0, 2, 250));
        Scene.add(order, stage(0, 3, 300));
        Scene.add(order, stage(0, 4, 600));
        Scene.add(order, stage(0, 5, 100));
        order.finish();

        assertThat(records()).containsExactly(5L, 2L, 3L, 1L, 4L);
        assertThat(order.outOfOrder()).isZero();
    }

    @Test
    void equalTimesKeepThePointsApart() {
        Scene.add(order, stage(1, 1, 7));
        Scene.add(order, stage(0, 2, 7));
        Scene.add(order, stage(1, 3, 7));
        Scene.add(order, stage(0, 4, 7));
        order.finish();

        assertThat(records()).containsExactly(2L, 4L, 1L, 3L);
    }

    /// Two files of one point, as a capture that started a new file leaves: both number their records from 1.
    @Test
    void equalTimesInTwoFilesOfOnePointLoseNothing() {
        Scene.add(order, stage(0, 900, 7));
        Scene.add(order, stage(0, 1, 7));
        Scene.add(order, stage(0, 901, 7));
        Scene.add(order, stage(0, 2, 8));
        order.finish();

        assertThat(records()).containsExactlyInAnyOrder(900L, 1L, 901L, 2L);
        assertThat(records()).endsWith(2L);
    }

    @Test
    void holdsAStageUntilTheWindowHasPassed() {
        Scene.add(order, stage(0, 1, 1));
        order.advance(2 * SECOND + 1);
        assertThat(released).as("the window's end still belongs to it").isEmpty();

        order.advance(2 * SECOND + 2);
        assertThat(records()).containsExactly(1L);
    }

    @Test
    void whatComesTooLateIsHandedOnWithTheTimeItIsAnalysedAt() {
        Scene.add(order, stage(0, 1, SECOND));
        order.advance(10 * SECOND);
        Scene.add(order, stage(0, 2, SECOND - 1));
        order.finish();

        assertThat(order.outOfOrder()).isEqualTo(1);
        assertThat(records()).containsExactly(1L, 2L);
        assertThat(released.getLast().epochNanos()).isEqualTo(SECOND);
    }

    @Test
    void letsTheEarliestGoWhenItHoldsTooMany() {
        TimeOrder small = order(released, 3);
        for (int i = 1; i <= 5; i++) {
            Scene.add(small, stage(0, i, 100 - i));
        }

        small.handOn();
        assertThat(released).as("held no more than three").hasSize(2);
        small.finish();
        assertThat(records()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
        assertThat(released).extracting(Stage::epochNanos).isSorted();
        assertThat(small.outOfOrder()).isEqualTo(2);
    }

    @Test
    void survivesTimesAtTheEndsOfTheirRange() {
        Scene.add(order, stage(0, 1, Long.MAX_VALUE));
        Scene.add(order, stage(0, 2, Long.MIN_VALUE));
        order.advance(Long.MIN_VALUE);
        order.advance(Long.MAX_VALUE);
        order.finish();

        assertThat(records()).containsExactly(2L, 1L);
    }

    /// Points whose records step back by less than the window, read while time goes on.
    @Property(tries = 500)
    void sortsAllThatComesWithinTheWindow(
            @ForAll @Size(max = 60) List<@IntRange(max = 3) Integer> points,
            @ForAll @Size(min = 60, max = 60) List<@IntRange(max = 1_999) Integer> backMillis,
            @ForAll @Size(min = 60, max = 60) List<@IntRange(max = 700) Integer> stepMillis) {
        List<Stage> stages = new ArrayList<>();
        List<Stage> sorted = new ArrayList<>();
        TimeOrder order = order(sorted, TimeOrder.MAX_HELD);
        long clock = 0;
        for (int i = 0; i < points.size(); i++) {
            clock += stepMillis.get(i) * 1_000_000L;
            Stage stage = stage(points.get(i), i + 1, clock - backMillis.get(i) * 1_000_000L);
            stages.add(stage);
            Scene.add(order, stage);
            order.advance(clock);
        }
        order.finish();

        assertThat(order.outOfOrder()).isZero();
        assertThat(sorted).extracting(Stage::record).containsExactlyInAnyOrderElementsOf(records(stages));
        assertThat(sorted)
                .isSortedAccordingTo(Comparator.comparingLong(Stage::epochNanos)
                        .thenComparingInt(stage -> stage.point().id())
                        .thenComparingLong(Stage::record));
    }

    /// Whatever comes in whatever order, from files that number alike: nothing is lost, and time never runs back.
    @Property(tries = 500)
    void losesNothingWhateverTheOrder(
            @ForAll @Size(max = 40) List<@IntRange(max = 5) Integer> times,
            @ForAll @Size(min = 40, max = 40) List<@IntRange(max = 1) Integer> points,
            @ForAll @Size(min = 40, max = 40) List<@IntRange(max = 3) Integer> records,
            @ForAll @IntRange(min = 1, max = 50) int maxHeld) {
        List<Stage> sorted = new ArrayList<>();
        TimeOrder small = order(sorted, maxHeld);
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            Stage stage = stage(points.get(i), records.get(i), times.get(i) * SECOND);
            stages.add(stage);
            Scene.add(small, stage);
            small.advance(stage.epochNanos());
        }
        small.finish();

        assertThat(sorted).extracting(Stage::record).containsExactlyInAnyOrderElementsOf(records(stages));
        assertThat(sorted).extracting(Stage::epochNanos).isSorted();
    }

    /// Times that run backwards fit no run: the heap beside the runs takes them.
    @Test
    void sortsWhatRunsBackwards() {
        for (int i = 0; i < 5_000; i++) {
            Scene.add(order, stage(i % 3, i, 10_000 - i));
        }
        order.finish();

        assertThat(released).hasSize(5_000).extracting(Stage::epochNanos).isSorted();
        assertThat(order.outOfOrder()).isZero();
    }
}

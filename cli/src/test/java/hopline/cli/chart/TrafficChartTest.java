package hopline.cli.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hopline.cli.evidence.TimeCounts;
import org.jfree.data.xy.XYSeries;
import org.junit.jupiter.api.Test;

class TrafficChartTest {

    private static final long LAST_NANOS = 12_000_000_000L;

    @Test
    void whatFallsInTheLastSpanIsAsWideAsEveryOtherStep() {
        TimeCounts counts = new TimeCounts(0, LAST_NANOS);
        long[] seen = new long[TimeCounts.SPANS];
        seen[TimeCounts.SPANS - 1] = 7;

        XYSeries steps = TrafficChart.steps(seen, counts, new TimeAxis(0, LAST_NANOS));

        int end = steps.getItemCount() - 1;
        assertThat(steps.getY(end - 1)).isEqualTo(7.0);
        assertThat(steps.getY(end)).isEqualTo(7.0);
        assertThat(steps.getX(end).doubleValue() - steps.getX(end - 1).doubleValue())
                .isEqualTo(counts.spanNanos() / 1e9, within(1e-9));
    }
}

package hopline.flows.path;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.path.Coverage.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    /// A capture of 100 seconds from second 100 on: half a second at either end is margin.
    @ParameterizedTest
    @CsvSource({
        "120000, 120001, true",
        "100600, 100600, true",
        "100100, 100400, false",
        "100100, 100600, true",
        "199400, 199400, true",
        "199600, 199900, false",
        "250000, 260000, false",
        "10000, 20000, false",
        "10000, 300000, true",
    })
    void saysWhetherPacketsWouldHaveBeenSeen(long from, long until, boolean covered) {
        Coverage coverage = new Coverage(Map.of("east", List.of(new Span(100_000 * MILLI, 200_000 * MILLI))));

        assertThat(coverage.covers("east", from * MILLI, until * MILLI)).isEqualTo(covered);
        assertThat(coverage.covers("west", from * MILLI, until * MILLI)).isFalse();
    }

    @Test
    void ofAMomentaryCaptureAllIsMargin() {
        Coverage coverage = new Coverage(Map.of("east", List.of(new Span(100 * MILLI, 104 * MILLI))));

        assertThat(coverage.covers("east", 102 * MILLI, 102 * MILLI)).isFalse();
    }

    @Test
    void knowsHowLongACaptureWentOn() {
        Coverage coverage =
                new Coverage(Map.of("east", List.of(new Span(100, 200)), "west", List.of(new Span(300, 500))));

        assertThat(coverage.remainingNanos("east", 150)).isEqualTo(50);
        assertThat(coverage.remainingNanos("east", 250)).isZero();
        assertThat(coverage.remainingNanos("north", 0)).isZero();
        assertThat(coverage.middleNanos()).isEqualTo(300);
        assertThat(new Coverage(Map.of()).middleNanos()).isZero();
    }

    /// Two captures of one node, made at different times, given in any order.
    @Test
    void whatLiesBetweenCapturesIsNotCovered() {
        Coverage coverage = new Coverage(Map.of(
                "east",
                List.of(
                        new Span(7_200 * SECOND, 7_300 * SECOND),
                        new Span(0, 100 * SECOND),
                        new Span(150 * SECOND, 200 * SECOND))));

        assertThat(coverage.spans().get("east"))
                .containsExactly(new Span(0, 200 * SECOND), new Span(7_200 * SECOND, 7_300 * SECOND));
        assertThat(coverage.covers("east", 120 * SECOND, 130 * SECOND)).isTrue();
        assertThat(coverage.covers("east", 300 * SECOND, 400 * SECOND)).isFalse();
        assertThat(coverage.covers("east", 7_250 * SECOND, 7_250 * SECOND)).isTrue();
        assertThat(coverage.remainingNanos("east", 90 * SECOND)).isEqualTo(110 * SECOND);
        assertThat(coverage.remainingNanos("east", 300 * SECOND)).isZero();
        assertThat(coverage.remainingNanos("east", 7_250 * SECOND)).isEqualTo(50 * SECOND);
    }
}

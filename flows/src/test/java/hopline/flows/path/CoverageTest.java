package hopline.flows.path;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.path.Coverage.Span;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageTest {

    private static final long MILLI = 1_000_000;

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
        Coverage coverage = new Coverage(Map.of("east", new Span(100_000 * MILLI, 200_000 * MILLI)));

        assertThat(coverage.covers("east", from * MILLI, until * MILLI)).isEqualTo(covered);
        assertThat(coverage.covers("west", from * MILLI, until * MILLI)).isFalse();
    }

    @Test
    void ofAMomentaryCaptureAllIsMargin() {
        Coverage coverage = new Coverage(Map.of("east", new Span(100 * MILLI, 104 * MILLI)));

        assertThat(coverage.covers("east", 102 * MILLI, 102 * MILLI)).isFalse();
    }

    @Test
    void knowsHowLongACaptureWentOn() {
        Coverage coverage = new Coverage(Map.of("east", new Span(100, 200), "west", new Span(300, 500)));

        assertThat(coverage.remainingNanos("east", 150)).isEqualTo(50);
        assertThat(coverage.remainingNanos("east", 250)).isZero();
        assertThat(coverage.remainingNanos("north", 0)).isZero();
        assertThat(coverage.middleNanos()).isEqualTo(300);
        assertThat(new Coverage(Map.of()).middleNanos()).isZero();
    }
}

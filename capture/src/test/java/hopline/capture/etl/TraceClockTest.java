package hopline.capture.etl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TraceClockTest {

    record Case(String what, int clockType, long frequency, long startTicks, long ticks, String time) {

        @Override
        public String toString() {
            return what;
        }
    }

    /// The sessions begin at midnight; the event comes at `ticks`.
    static final List<Case> TIMES = List.of(
            new Case("ticks of 100 ns", 1, 10_000_000, 5000, 5001, "2026-01-01T00:00:00.000000100Z"),
            new Case("before the first event", 1, 10_000_000, 5000, 4999, "2025-12-31T23:59:59.999999900Z"),
            new Case("one tick of 3.1 MHz is cut, not rounded", 1, 3_117_529, 0, 1, "2026-01-01T00:00:00.000000300Z"),
            new Case("a week of 3.1 MHz", 1, 3_117_529, 0, 3_117_529L * 604_800, "2026-01-08T00:00:00Z"),
            new Case("a year of 10 MHz", 1, 10_000_000, 0, 10_000_000L * 86_400 * 365, "2027-01-01T00:00:00Z"),
            new Case("a frequency of 0 cannot be: 100 ns", 1, 0, 0, 10_000_000, "2026-01-01T00:00:01Z"),
            new Case("system time", 2, 10_000_000, 77, TraceBytes.START + 12, "2026-01-01T00:00:00.000001200Z"),
            new Case("2,500 cycles are a microsecond", 3, 10_000_000, 100, 2600, "2026-01-01T00:00:00.000001Z"));

    @ParameterizedTest
    @FieldSource("TIMES")
    void countsFromTheFirstEvent(Case expected) {
        TraceBytes trace = TraceBytes.of()
                .clock(expected.clockType(), expected.frequency(), expected.startTicks())
                .buffer(0, PktMonEvents.frame(1, 1, "00").at(expected.ticks()));

        TraceReading reading = TraceReading.of(trace);

        assertThat(reading.nanos()).hasSize(1);
        assertThat(Instant.EPOCH.plusNanos(reading.nanos().getFirst())).isEqualTo(Instant.parse(expected.time()));
    }
}

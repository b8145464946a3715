package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hopline.flows.site.Recording;
import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockUnreliableTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void noPacketTiesTheClocks() {
        Site site = new Site(Style.OVERLAY);
        site.connect("shop/cart", "shop/till:7000").whole();
        site.connect("shop/stock-1", "shop/stock-2:7000").whole();
        site.lists().cluster();

        assertThat(site.analyze().said())
                .filteredOn(said -> said.rule().equals("clock-unreliable"))
                .containsExactly(new Said(
                        "note", "clock-unreliable", "west cbr0", "packets seen on both nodes", "none", List.of()));
    }

    @Test
    void aClockIsSetWhileCapturing() {
        Site site = Site.busy(Style.OVERLAY).pause(3);
        long moment = site.now();
        site.healthyTraffic().changeRecordings(recordings -> recordings.stream()
                .map(recording -> recording.node().equals("west") && recording.nanos() >= moment
                        ? recording.later(20 * SECOND)
                        : recording)
                .toList());

        Report report = site.analyze();

        assertThat(report.said())
                .extracting(Said::rule, Said::severity, Said::actual)
                .containsExactly(tuple("clock-unreliable", "note", "2 offsets"));
        assertThat(report.finding("clock-unreliable").lead().place().node()).isEqualTo("west");
    }

    @Test
    void aClockDrifts() {
        Site site = Site.busy(Style.OVERLAY);
        for (int i = 0; i < 20; i++) {
            site.pause(1).healthyTraffic();
        }
        long start = site.recordings().getFirst().nanos();
        site.changeRecordings(recordings -> recordings.stream()
                .map(recording -> recording.node().equals("north") ? drifting(recording, start) : recording)
                .toList());

        assertThat(site.analyze().said())
                .extracting(Said::rule, Said::expected)
                .containsExactly(tuple("clock-unreliable", "one offset for the whole capture"));
    }

    /// Five milliseconds a second.
    private static Recording drifting(Recording recording, long start) {
        return recording.later((recording.nanos() - start) / 200);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-3600, -0.4, 0.002, 86_400})
    void aConstantOffsetIsTakenOut(double seconds) {
        Site site = Site.busy(Style.OVERLAY).clock("west", seconds);

        Report report = site.later();

        assertThat(report.said()).isEmpty();
        assertThat(report.analysis().clocks())
                .filteredOn(clock -> clock.node().equals("west"))
                .singleElement()
                .satisfies(clock -> assertThat(Math.abs(clock.offsetNanos() - (long) (seconds * SECOND)))
                        .isLessThanOrEqualTo(clock.uncertaintyNanos()));
    }
}

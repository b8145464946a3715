package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Report;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Traffic as it should be, in every kind of network, is no reason to worry anybody.
class HealthyTrafficTest {

    @ParameterizedTest
    @EnumSource(Style.class)
    void nothingIsFound(Style style) {
        Report report =
                new Site(style).healthyTraffic().pause(3).healthyTraffic().analyze();

        assertThat(report.said()).isEmpty();
        assertThat(report.analysis().flows())
                .allSatisfy(flow -> assertThat(flow.verdict()).isEqualTo(Verdict.DELIVERED));
        assertThat(report.analysis().flowsTotal()).isEqualTo(26);
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void norWithoutLists(Style style) {
        Report report =
                new Site(style).healthyTraffic().pause(3).healthyTraffic().analyzeWithoutLists();

        assertThat(report.said()).isEmpty();
    }

    /// Snap lengths that leave of some packets in tunnels a part of their TCP header.
    @ParameterizedTest
    @CsvSource({"OVERLAY, 96", "OVERLAY, 100", "ROUTED, 42", "ROUTED, 48"})
    void norWhenItIsCutShort(Style style, int snapLength) {
        Site site = new Site(style).healthyTraffic().pause(3).healthyTraffic();
        long packets = site.analyze().analysis().distinctPackets();
        site.changeRecordings(all ->
                all.stream().map(recording -> recording.cutTo(snapLength)).toList());

        Report report = site.analyze();

        assertThat(report.said()).isEmpty();
        assertThat(report.analysis().flowsTotal()).isEqualTo(26);
        assertThat(report.analysis().distinctPackets()).isEqualTo(packets);
    }

    /// All points see a packet at the same time: only what passes elsewhere tells in which order it passed them.
    @ParameterizedTest
    @EnumSource(Style.class)
    void norWhenClocksGoOnInMilliseconds(Style style) {
        Site site = new Site(style).healthyTraffic().pause(3).healthyTraffic();
        site.changeRecordings(all ->
                all.stream().map(recording -> recording.inStepsOf(1_000_000)).toList());

        Report report = site.analyze();

        assertThat(report.faults()).isEmpty();
        assertThat(report.analysis().flows())
                .allSatisfy(flow -> assertThat(flow.verdict()).isEqualTo(Verdict.DELIVERED));
    }

    /// Of segments that end after their ports, fewer copies are known again; two packets are never taken for one.
    @ParameterizedTest
    @CsvSource({"ROUTED, 38", "ROUTED, 41", "OVERLAY, 38", "OVERLAY, 41"})
    void norWhenItIsCutBeforeSequenceNumbers(Style style, int snapLength) {
        Site site = new Site(style).healthyTraffic().pause(3).healthyTraffic();
        site.changeRecordings(all ->
                all.stream().map(recording -> recording.cutTo(snapLength)).toList());

        assertThat(site.analyze().faults()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void norWhenEveryInterfaceIsCapturedTwice(Style style) {
        Site site = new Site(style).healthyTraffic().pause(3).healthyTraffic();
        long packets = site.analyze().analysis().distinctPackets();
        site.changeRecordings(all -> all.stream()
                .flatMap(recording -> Stream.of(recording, recording.later(1_000)))
                .toList());

        Report report = site.analyze();

        assertThat(report.said()).isEmpty();
        if (style != Style.OVERLAY6) { // IPv6 does not number packets: copies at one point may be packets sent again
            assertThat(report.analysis().distinctPackets()).isEqualTo(packets);
        }
    }
}

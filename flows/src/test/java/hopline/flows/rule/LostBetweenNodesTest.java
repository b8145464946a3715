package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LostBetweenNodesTest {

    @ParameterizedTest
    @EnumSource(Style.class)
    void whatLeavesOneNodeDoesNotArriveAtTheOther(Style style) {
        Site site = Site.busy(style);
        for (int i = 0; i < 2; i++) {
            site.connect("shop/cart", "shop/stock", "shop/stock-1")
                    .there(way -> way.until(site.uplink("east")))
                    .syn()
                    .pause(1)
                    .syn();
        }

        Report report = site.later();

        assertThat(report.said())
                .containsExactly(new Said(
                        "error",
                        "lost-between-nodes",
                        site.uplink("east"),
                        "next at " + site.uplink("west"),
                        "last seen at " + site.uplink("east"),
                        List.of("shop/cart > shop/stock", "shop/cart > shop/stock")));
        assertThat(report.finding("lost-between-nodes").lead().place().nextExpected())
                .hasValueSatisfying(point -> assertThat(point).hasToString(site.uplink("west")));
    }

    /// What a device without link-layer addresses sends is enclosed on the wire: it may be the other end that drops it.
    @Test
    void aTunnelMayLoseItWhereItIsOpened() {
        Site site = Site.busy(Style.ROUTED);
        String tunnel = site.uplink("east");
        for (int i = 0; i < 2; i++) {
            site.connect("shop/cart", "shop/stock", "shop/stock-1")
                    .there(way -> way.until(tunnel))
                    .syn()
                    .pause(1)
                    .syn();
        }
        site.recordings().stream()
                .filter(recording -> recording.point().equals("bond0"))
                .forEach(recording -> Arrays.fill(recording.frame(), 0, 12, (byte) 0));

        Finding finding = site.later().finding("lost-between-nodes");

        assertThat(finding.certain()).isFalse();
        assertThat(finding.lead().claim().advice()).contains("WireGuard", "when west opens them");
    }

    @Test
    void theOtherNodeWasNotCaptured() {
        Site site = Site.busy(Style.OVERLAY).withoutCaptureOf("west");
        site.connect("shop/cart", "shop/stock-1:7000").whole();

        assertThat(site.later().faults()).isEmpty();
    }

    /// It may have arrived after that.
    @Test
    void theOtherNodesCaptureEndedBefore() {
        Site site = Site.busy(Style.ROUTED).pause(3);
        long end = site.now();
        site.connect("shop/cart", "shop/stock-1:7000").whole();
        site.healthyTraffic().changeRecordings(recordings -> recordings.stream()
                .filter(recording -> !recording.node().equals("west") || recording.nanos() < end)
                .toList());

        assertThat(site.analyze().faults()).isEmpty();
    }

    /// What is answered was not lost: it went by where nothing was captured.
    @Test
    void theAnswerShowsThatItArrived() {
        Site site = Site.busy(Style.ROUTED).withoutPoint("north bond0").withoutPoint("east bond0");
        for (int i = 0; i < 10; i++) {
            site.connect("shop/offer-1", "shop/cart:7000").whole();
            site.connect("shop/cart", "shop/offer-1:7000").whole();
        }
        site.connect("shop/offer-1", "east").ping().pong();
        site.connect("shop/offer-1", "east:10250").whole();

        assertThat(site.later().faults()).isEmpty();
    }
}

package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class VxlanPortMismatchTest {

    /// The other nodes are agreed on 8472, and west sends and listens elsewhere.
    @Test
    void whatMostNodesUseIsRight() {
        Site site = new Site(Style.OVERLAY);
        site.connect("shop/cart", "shop/offer-1:7000").whole();
        site.connect("shop/stock-1", "shop/stock-2:7000").whole();
        for (int i = 0; i < 2; i++) {
            site.connect("shop/cart", "shop/stock-1:7000")
                    .there(way -> way.until("west eno1"))
                    .syn()
                    .pause(1)
                    .syn();
        }
        site.connect("shop/stock-2", "shop/till:7000")
                .there(way -> way.port(4789).until("east eno1"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.pause(3).healthyTrafficWithin("east").analyze().faults())
                .containsExactly(new Said(
                        "error",
                        "vxlan-port-mismatch",
                        "west eno1",
                        "UDP port 8472",
                        "UDP port 4789",
                        List.of("shop/cart > shop/stock-1", "shop/cart > shop/stock-1", "shop/stock-2 > shop/till")));
    }

    /// Where nothing is unpacked the registered port is right.
    @Test
    void ofTwoUsedAlikeTheRegisteredPortIsRight() {
        Site site = new Site(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.until("west eno1"))
                .syn()
                .pause(1)
                .syn();
        site.connect("shop/stock-2", "shop/till:7000")
                .there(way -> way.port(4789).until("east eno1"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.pause(3).healthyTrafficWithin("east").analyze().finding("vxlan-port-mismatch"))
                .extracting(
                        finding -> finding.lead().place().point().orElseThrow().toString())
                .isEqualTo("east eno1");
    }

    /// Each node sends to both ports: one of the two overlays has a trouble of another kind.
    @Test
    void twoOverlaysMayUseTwoPorts() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.port(4789).until("west eno1"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).doesNotContain("vxlan-port-mismatch");
    }

    @Test
    void anyPortWillDoThatBothUse() {
        Site site = new Site(Style.OVERLAY);
        for (int i = 0; i < 2; i++) {
            site.connect("shop/cart", "shop/stock-1:7000")
                    .there(way -> way.port(4789))
                    .back(way -> way.port(4789))
                    .whole();
        }

        assertThat(site.pause(3).healthyTrafficWithin("east").analyze().faults())
                .isEmpty();
    }
}

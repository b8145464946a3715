package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class VxlanVniMismatchTest {

    @Test
    void theAnnotationsSayWhichOfTwoIsRight() {
        Site site = Site.busy(Style.OVERLAY);
        for (int i = 0; i < 2; i++) {
            site.connect("shop/cart", "shop/stock-1:7000")
                    .there(way -> way.vni(1).until("west eno1"))
                    .syn()
                    .pause(1)
                    .syn();
        }

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "vxlan-vni-mismatch",
                        "east eno1",
                        "VNI 4210",
                        "VNI 1",
                        List.of("shop/cart > shop/stock-1", "shop/cart > shop/stock-1")));
    }

    /// The sender is right; the receiver, which sends under another identifier itself, is not.
    @Test
    void theReceiverIsToBlameForBothDirections() {
        Site site = new Site(Style.OVERLAY6);
        site.connect("shop/cart", "shop/till:7000").whole();
        for (int i = 0; i < 2; i++) {
            site.connect("shop/cart", "shop/stock-1:7000")
                    .there(way -> way.until("west ens3"))
                    .syn()
                    .pause(1)
                    .syn();
            site.connect("shop/stock-2", "shop/cart:7000")
                    .there(way -> way.vni(77).until("east ens3"))
                    .syn()
                    .pause(1)
                    .syn();
        }
        site.connect("shop/till", "shop/offer-1:7000").whole();
        site.pause(3).connect("shop/stock-1", "shop/stock-2:7000").whole();

        assertThat(site.analyze().said())
                .containsExactly(new Said(
                        "error",
                        "vxlan-vni-mismatch",
                        "west ens3",
                        "VNI 4210",
                        "VNI 77",
                        List.of(
                                "shop/cart > shop/stock-1",
                                "shop/stock-2 > shop/cart",
                                "shop/cart > shop/stock-1",
                                "shop/stock-2 > shop/cart")));
    }

    /// Without annotations and without another identifier to compare with it is only likely.
    @Test
    void ofTheOnlyIdentifierNothingIsDecapsulated() {
        Site site = new Site(Style.OVERLAY);
        site.lists().withoutVnis();
        site.connect("shop/cart", "shop/till:7000").whole();
        site.connect("shop/stock-1", "shop/stock-2:7000").whole();
        site.connect("shop/stock-1", site.outside(443)).whole();
        for (int i = 0; i < 3; i++) {
            site.connect("shop/cart", "shop/stock-1:7000")
                    .there(way -> way.until("west eno1"))
                    .syn()
                    .pause(1)
                    .syn();
        }
        site.pause(3).connect("shop/stock-1", "shop/stock-2:7000").whole();
        site.connect("shop/cart", "shop/till:7000").whole();

        Report report = site.analyze();

        assertThat(report.finding("vxlan-vni-mismatch").certain()).isFalse();
        assertThat(report.finding("vxlan-vni-mismatch").flowCount()).isEqualTo(3);
        assertThat(report.faults()).hasSize(1);
    }

    /// Whoever else is on the wire may use another identifier: what matters is whether it is decapsulated.
    @Test
    void twoOverlaysMayShareTheirNodes() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.vni(9))
                .back(way -> way.vni(9))
                .whole();

        assertThat(site.later().said()).isEmpty();
    }

    /// Taken out of the tunnel at the uplink and lost further on is no matter of identifiers.
    @Test
    void lostBehindTheTunnelIsAnotherMatter() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.until("west tun7"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("packet-vanished");
    }
}

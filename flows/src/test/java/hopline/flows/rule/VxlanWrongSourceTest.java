package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class VxlanWrongSourceTest {

    @Test
    void aNodeTunnelsFromAnAddressNobodyKnowsItBy() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.local("10.0.2.15").until("west eno1"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "vxlan-wrong-source",
                        "east eno1",
                        "outer source 192.0.2.11",
                        "outer source 10.0.2.15",
                        List.of("shop/cart > shop/stock-1")));
    }

    /// Seen on the receiving node alone.
    @Test
    void theSenderNeedNotBeCaptured() {
        Site site = Site.busy(Style.WINDOWS).withoutCaptureOf("east");
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.local("10.0.2.15").until("west vEthernet (Ethernet 4)"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults())
                .extracting(Said::rule, Said::at)
                .containsExactly(tuple("vxlan-wrong-source", "west vEthernet (Ethernet 4)"));
    }

    @Test
    void somebodyTranslatesTheOuterSource() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.until("east eno1")
                        .then(way.local("198.51.100.1").from("west eno1").until("west eno1")))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "vxlan-wrong-source",
                        "west eno1",
                        "outer source 192.0.2.11",
                        "outer source 198.51.100.1",
                        List.of("shop/cart > shop/stock-1")));
    }

    /// It is unpacked, so it is no wrong address.
    @Test
    void aSecondAddressMayWork() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.local("198.51.100.1"))
                .whole();
        site.connect("shop/cart", "shop/stock-1:7001")
                .there(way -> way.local("198.51.100.1").until("west tun7"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("packet-vanished");
    }

    /// The others send there: it is the node's, whatever the lists say.
    @Test
    void anAddressThatOthersSendToIsKnown() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.local("198.51.100.1").until("west eno1"))
                .syn()
                .pause(1)
                .syn();
        site.connect("shop/stock-1", "shop/cart:7000")
                .there(way -> way.remote("198.51.100.1"))
                .syn()
                .synAck();

        assertThat(site.later().faults()).extracting(Said::rule).doesNotContain("vxlan-wrong-source");
    }
}

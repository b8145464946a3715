package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.MacAddress;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrongNextHopTest {

    private static Site withPacketToTheRouter() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.macs("east bond0", 0, Site.routerMac()).until("east bond0"))
                .syn()
                .pause(1)
                .syn();
        return site;
    }

    @Test
    void aPacketForTheOtherNodesPodGoesToTheRouter() {
        Site site = withPacketToTheRouter();

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "wrong-next-hop",
                        "east bond0",
                        "next hop " + MacAddress.text(site.macOf("west")) + " (west)",
                        "next hop " + MacAddress.text(Site.routerMac()) + " (speaks for 203.0.113.80)",
                        List.of("shop/cart > shop/stock-1")));
    }

    /// Clouds route pods' ranges: a conversation by way of the router works.
    @Test
    void theRouterMayKnowTheWay() {
        Site site = withPacketToTheRouter();
        site.connect("shop/cart", "shop/stock-2:7000")
                .there(way -> way.macs("east bond0", 0, Site.routerMac()))
                .whole();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("lost-between-nodes");
    }

    /// All that comes from the other node's pods comes from the router, too: nobody is anybody's gateway here.
    @Test
    void everythingMayComeFromTheRouter() {
        Site site = new Site(Style.ROUTED);
        for (int i = 0; i < 2; i++) {
            site.connect("shop/stock-1", "shop/cart:7000")
                    .there(way -> way.macs("east bond0", Site.routerMac(), 0))
                    .back(way -> way.macs("east bond0", 0, Site.routerMac()))
                    .whole();
        }
        site.connect("shop/cart", site.outside(443)).whole();
        site.connect("shop/cart", "shop/stock-2:7000")
                .there(way -> way.macs("east bond0", 0, Site.routerMac()).until("east bond0"))
                .syn()
                .pause(1)
                .syn();
        site.pause(3)
                .connect("shop/stock-1", "shop/till:7000")
                .there(way -> way.macs("east bond0", Site.routerMac(), 0))
                .back(way -> way.macs("east bond0", 0, Site.routerMac()))
                .whole();

        assertThat(site.analyze().faults()).extracting(Said::rule).containsExactly("lost-between-nodes");
    }

    /// What arrives took no wrong way; it is lost behind.
    @Test
    void thePacketArrivesByWayOfTheRouter() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.macs("east bond0", 0, Site.routerMac()).until("west kube-br"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("packet-vanished");
    }
}

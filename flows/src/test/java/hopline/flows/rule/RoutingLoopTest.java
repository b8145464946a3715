package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import hopline.flows.site.Way;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutingLoopTest {

    /// From east to west and back again, so many times.
    private static Way circle(Site site, Way way, int rounds) {
        Way out = way.until("west bond0");
        Way back = out.from("east bond0").older(1);
        Way returned = new Way(back.stations().reversed())
                .macs("west bond0", site.macOf("west"), site.macOf("east"))
                .macs("east bond0", site.macOf("west"), site.macOf("east"));
        return out.then(returned).again("east bond0", rounds);
    }

    private static void connect(Site site, int rounds) {
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> circle(site, way, rounds))
                .syn()
                .pause(1)
                .syn();
    }

    @Test
    void twoNodesTakeEachOtherForTheWay() {
        Site site = Site.busy(Style.ROUTED);
        connect(site, 8);
        connect(site, 3);

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "routing-loop",
                        "east bond0",
                        "each link passed once",
                        "the same link passed again and again",
                        List.of("shop/cart > shop/stock-1", "shop/cart > shop/stock-1")));
    }

    /// Linux gives a connection that it meets from the wrong side another port.
    @Test
    void theSourcePortMayChange() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> circle(site, way, 1)
                        .then(circle(site, way, 4)
                                .from("east bond0")
                                .older(12)
                                .sourceFrom("east bond0", "10.60.1.5:1234")))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("routing-loop");
    }

    /// In at one interface and out by the same, to another neighbour.
    @Test
    void aRouterWithOneInterfaceIsPassedTwice() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.until("west bond0")
                        .then(way.until("west bond0")
                                .from("west bond0")
                                .older(1)
                                .macs("west bond0", 7, 8))
                        .then(way.from("west kube-br").older(2)))
                .whole();

        assertThat(site.later().faults()).isEmpty();
    }

    /// Once there and back: what comes of it is for others to say.
    @Test
    void twiceIsNotEnough() {
        Site site = Site.busy(Style.ROUTED);
        connect(site, 1);

        assertThat(site.later().faults()).extracting(Said::rule).doesNotContain("routing-loop");
    }
}

package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.MacAddress;
import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class L2RewriteMissingTest {

    private static Site withFrameOfCartLost() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.macs("east bond0", site.macOf("shop/cart"), 0).until("east bond0"))
                .syn()
                .pause(1)
                .syn();
        return site;
    }

    @Test
    void thePodsOwnMacIsStillThere() {
        Site site = withFrameOfCartLost();

        Report report = site.later();

        assertThat(report.said())
                .containsExactly(new Said(
                        "error",
                        "l2-rewrite-missing",
                        "east bond0",
                        "source MAC " + MacAddress.text(site.macOf("east")),
                        "source MAC " + MacAddress.text(site.macOf("shop/cart")),
                        List.of("shop/cart > shop/stock-1")));
        assertThat(report.finding("l2-rewrite-missing").certain()).isTrue();
    }

    @Test
    void withoutThePodsInterfaceItIsLikely() {
        Site site = withFrameOfCartLost().withoutPoint("east veth-cart").withoutPoint("east kube-br");

        assertThat(site.later().finding("l2-rewrite-missing").certain()).isFalse();
    }

    /// A network that bridges pods to the wire.
    @Test
    void conversationsFromThatMacWork() {
        Site site = withFrameOfCartLost();
        site.connect("shop/cart", "shop/stock-2:7000")
                .there(way -> way.macs("east bond0", site.macOf("shop/cart"), 0))
                .whole();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("lost-between-nodes");
    }

    @Test
    void othersSendToThatMac() {
        Site site = withFrameOfCartLost();
        site.connect("shop/stock-2", "shop/cart:7000")
                .there(way -> way.macs("east bond0", 0, site.macOf("shop/cart")))
                .syn()
                .synAck();

        assertThat(site.later().faults()).extracting(Said::rule).doesNotContain("l2-rewrite-missing");
    }

    /// In a tunnel the inner frame's source may be anything.
    @Test
    void inATunnelItDoesNotMatter() {
        Site site = Site.busy(Style.WINDOWS);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.macs(site.uplink("east"), site.macOf("shop/cart"), 0)
                        .until(site.uplink("east")))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("lost-between-nodes");
    }
}

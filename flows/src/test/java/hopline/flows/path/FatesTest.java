package hopline.flows.path;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.analysis.FlowReport;
import hopline.flows.site.Conversation;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FatesTest {

    private static Fate fate(Site site, String flow) {
        FlowReport report = site.later().flows(flow).stream()
                .filter(one -> one.flow().target().endpoint().port() == 4444)
                .findFirst()
                .orElseThrow();
        return report.flow().forward().getLast().fate();
    }

    @ParameterizedTest
    @CsvSource({
        "OVERLAY, west veth-stock-1, Delivered",
        "OVERLAY, west cbr0, Lost",
        "OVERLAY, east eno1, Lost",
        "WINDOWS, west vEthernet (stock-1), Delivered",
        "WINDOWS, west vEthernet (Ethernet 4), Lost",
        "OVERLAY6, west cali-stock-1, Delivered",
        "ROUTED, east veth-cart, Lost",
    })
    void byWhereItWasSeenLast(Style style, String last, String fate) {
        Site site = Site.busy(style);
        site.connect("shop/cart", "shop/stock-1:4444")
                .there(way -> way.until(last))
                .syn();

        Fate found = fate(site, "shop/cart > shop/stock-1");

        assertThat(found.getClass().getSimpleName()).isEqualTo(fate);
        assertThat(found.isFine()).isEqualTo(!found.isLost());
    }

    @Test
    void whatLeavesForANodeWithoutCaptureHasLeft() {
        Site site = Site.busy(Style.OVERLAY).withoutCaptureOf("west");
        site.connect("shop/cart", "shop/stock-1:4444").syn();

        assertThat(fate(site, "shop/cart > shop/stock-1")).isInstanceOf(Fate.Left.class);
    }

    @Test
    void whatLeavesTheClusterHasLeft() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "203.0.113.77:4444").syn();

        assertThat(fate(site, "shop/cart > 203.0.113.77")).isInstanceOf(Fate.Left.class);
    }

    /// It was lost between the nodes only if it was seen at the one's way out.
    @Test
    void onlyTheWayOutIsBetweenNodes() {
        Site site = Site.busy(Style.OVERLAY);
        Conversation conversation = site.connect("shop/cart", "shop/stock-1:4444");
        conversation.losing("east eno1").syn();

        assertThat(fate(site, "shop/cart > shop/stock-1"))
                .isInstanceOfSatisfying(
                        Fate.Lost.class, lost -> assertThat(lost.betweenNodes()).isTrue());
    }
}

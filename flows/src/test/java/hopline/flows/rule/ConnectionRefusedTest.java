package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionRefusedTest {

    @ParameterizedTest
    @EnumSource(Style.class)
    void nobodyListens(Style style) {
        Site site = Site.busy(style);
        for (int i = 0; i < 2; i++) {
            site.connect("shop/cart", "shop/stock-1:99").syn().isReset();
        }

        Report report = site.later();

        assertThat(report.said())
                .containsExactly(new Said(
                        "error",
                        "connection-refused",
                        site.at("shop/stock-1"),
                        "SYN-ACK from " + site.endpoint("shop/stock-1", 99),
                        "RST",
                        List.of("shop/cart > shop/stock-1", "shop/cart > shop/stock-1")));
        assertThat(report.flows("shop/cart > shop/stock-1"))
                .filteredOn(flow -> !flow.findings().isEmpty())
                .allSatisfy(flow -> assertThat(flow.verdict()).isEqualTo(Verdict.REFUSED));
    }

    /// A reset that is first seen where its source does not live comes from a firewall.
    @Test
    void somebodyOnTheWayRefusesInItsName() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:99")
                .there(way -> way.until("west tun7"))
                .back(way -> way.from("west tun7"))
                .syn()
                .isReset();

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "connection-refused",
                        "west tun7",
                        "SYN-ACK from 10.60.2.7:99",
                        "RST, first seen at west tun7 where 10.60.2.7 does not live",
                        List.of("shop/cart > shop/stock-1")));
    }

    @Test
    void aResetAfterTheHandshakeRefusesNothing() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:99").whole().isReset();

        assertThat(site.later().said()).isEmpty();
    }
}

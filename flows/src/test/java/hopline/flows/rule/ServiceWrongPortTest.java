package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceWrongPortTest {

    @Test
    void theEndpointDoesNotHaveThatPort() {
        Site site = Site.busy(Style.WINDOWS);
        site.connect("shop/offer-1", "shop/stock", "shop/stock-2")
                .there(way -> way.translatedTo(site.endpoint("shop/stock-2", 80)))
                .syn()
                .back(way -> way)
                .pause(1)
                .syn();

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "service-wrong-port",
                        "north vEthernet (Ethernet 4)",
                        "10.60.2.8:8080",
                        "10.60.2.8:80",
                        List.of("shop/offer-1 > shop/stock")));
    }

    @Test
    void aTargetPortThatDiffersFromTheServicesIsRight() {
        Site site = Site.busy(Style.OVERLAY6);
        site.connect("shop/offer-1", "shop/pay", "shop/till").whole();

        assertThat(site.later().said()).isEmpty();
    }
}

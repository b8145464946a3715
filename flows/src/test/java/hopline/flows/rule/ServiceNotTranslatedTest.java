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

class ServiceNotTranslatedTest {

    @ParameterizedTest
    @EnumSource(Style.class)
    void aServicesAddressLeavesTheNode(Style style) {
        Site site = Site.busy(style);
        for (int i = 0; i < 3; i++) {
            site.connect("shop/cart", site.endpoint("shop/stock", 80))
                    .syn()
                    .pause(1)
                    .syn();
        }

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "service-not-translated",
                        site.uplink("east"),
                        site.endpoint("shop/stock-1", 8080) + " or " + site.endpoint("shop/stock-2", 8080),
                        site.endpoint("shop/stock", 80),
                        List.of("shop/cart > shop/stock", "shop/cart > shop/stock", "shop/cart > shop/stock")));
    }

    /// kube-proxy refuses such connections, or drops them.
    @Test
    void aServiceWithoutEndpointsIsNotTranslatedByDesign() {
        Site site = Site.busy(Style.OVERLAY);
        site.lists().backends("shop/offer");
        site.connect("shop/cart", site.endpoint("shop/offer", 80))
                .there(way -> way.until("east cbr0"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.pause(3).analyze().said()).noneMatch(said -> said.rule().equals("service-not-translated"));
    }

    /// The policy allows endpoints of the client's node alone, and there are none.
    @Test
    void aServiceWithoutEndpointsOnTheNodeIsNotTranslatedByDesign() {
        Site site = Site.busy(Style.ROUTED);
        site.lists().specification("shop/offer", "\"internalTrafficPolicy\": \"Local\"");
        site.connect("shop/cart", site.endpoint("shop/offer", 80))
                .syn()
                .pause(1)
                .syn();

        Report report = site.pause(3).analyze();

        assertThat(report.said()).extracting(Said::rule).containsExactly("connection-unanswered");
        assertThat(report.finding("connection-unanswered").lead().claim().advice())
                .startsWith(
                        "By the lists, service shop/offer has no ready endpoint on east, where its traffic policy is Local");
    }

    /// On the initiator's own interface and bridge every packet still bears the service's address.
    @Test
    void lostBeforeTranslationIsAnotherMatter() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock", "shop/stock-1")
                .there(way -> way.until("east cbr0"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("packet-vanished");
    }

    /// Another cluster's node, or a node port: who comes in from outside is translated here.
    @Test
    void whatComesInFromOutsideMayBearTheServicesAddress() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("203.0.113.9", "shop/stock", "shop/stock-1").whole();

        assertThat(site.later().faults()).isEmpty();
    }

    /// What others ask of it arrives there translated; what it asks itself is yet to be.
    @Test
    void onTheInterfaceOfABackendItsOwnQuestionsAreUntranslated() {
        Site site = Site.busy(Style.WINDOWS);
        site.connect("shop/stock-1", "shop/stock", "shop/stock-2").whole();
        site.connect("shop/stock-2", "shop/stock", "shop/stock-1")
                .there(way -> way.until("west vEthernet (stock-2)"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).noneMatch(said -> said.rule().equals("service-not-translated"));
    }
}

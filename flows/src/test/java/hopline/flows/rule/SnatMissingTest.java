package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnatMissingTest {

    @ParameterizedTest
    @EnumSource(Style.class)
    void aPodsAddressLeavesForTheInternet(Style style) {
        Site site = Site.busy(style);
        for (int i = 0; i < 2; i++) {
            site.connect("shop/cart", site.outside(443))
                    .there(way -> way.translatedFrom(null))
                    .syn()
                    .pause(1)
                    .syn();
        }

        String host = style == Style.OVERLAY6 ? "2001:db8:80::80" : "203.0.113.80";
        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "snat-missing",
                        site.uplink("east"),
                        site.address("east"),
                        site.address("shop/cart"),
                        List.of("shop/cart > " + host, "shop/cart > " + host)));
    }

    /// The network routes pods' addresses, or somebody beyond translates them.
    @Test
    void anAnswerShowsThatItIsRight() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", site.outside(443))
                .there(way -> way.translatedFrom(null))
                .back(way -> way)
                .whole();

        assertThat(site.later().faults()).isEmpty();
    }

    /// Who is silent where others answer pods has another reason; but some networks route them within alone.
    @Test
    void answersToOthersShowThatPodsAreRouted() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/till", site.outside(443))
                .seenAs(site.address("shop/till"))
                .whole();
        for (String silent : List.of("198.51.100.9", "10.200.3.4")) {
            site.connect("shop/cart", silent + ":443")
                    .there(way -> way.translatedFrom(null))
                    .syn()
                    .pause(1)
                    .syn();
        }

        assertThat(site.later().faults())
                .extracting(Said::rule, Said::flows)
                .containsExactlyInAnyOrder(
                        tuple("connection-unanswered", List.of("shop/cart > 198.51.100.9")),
                        tuple("snat-missing", List.of("shop/cart > 10.200.3.4")));
    }

    @Test
    void windowsDoesNotTranslatePings() {
        Site site = Site.busy(Style.WINDOWS);
        site.connect("shop/cart", "203.0.113.80")
                .there(way -> way.translatedFrom(null))
                .ping()
                .pause(1)
                .ping();

        assertThat(site.later().faults()).isEmpty();
    }

    /// Within the cluster a pod keeps its address.
    @Test
    void betweenPodsNothingIsToBeTranslated() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "shop/stock-1:9").syn().pause(1).syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("connection-unanswered");
    }
}

package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hopline.flows.site.Conversation;
import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnatWrongSourceTest {

    @Test
    void theSourceIsOfNobody() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.sourceFrom("east tun7", "10.60.9.2"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "snat-wrong-source",
                        "east tun7",
                        "192.0.2.11",
                        "10.60.9.2",
                        List.of("shop/cart > shop/stock-1")));
    }

    @Test
    void theSourceIsOfAnotherNode() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", site.outside(80))
                .there(way -> way.translatedFrom("192.0.2.13"))
                .syn()
                .pause(1)
                .syn();

        Report report = site.later();

        assertThat(report.faults())
                .extracting(Said::rule, Said::actual)
                .containsExactly(tuple("snat-wrong-source", "192.0.2.13"));
        assertThat(report.finding("snat-wrong-source").certain()).isFalse();
    }

    /// From an address of the overlay to a node: the answer does not come through the tunnel.
    @Test
    void aNodeCannotAnswerTheOverlay() {
        Site site = Site.busy(Style.WINDOWS);
        site.connect("shop/cart", "west:6443")
                .there(way -> way.sourceFrom(site.uplink("east"), "10.60.1.2"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults())
                .extracting(Said::rule, Said::expected, Said::actual)
                .containsExactly(tuple("snat-wrong-source", "192.0.2.11", "10.60.1.2"));
    }

    /// A gateway for outgoing traffic lends its address, and answers come back by it.
    @Test
    void anEgressAddressIsAnswered() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", site.outside(80)).seenAs("198.51.100.7").whole();
        site.connect("shop/cart", site.outside(81))
                .there(way -> way.translatedFrom("198.51.100.7"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("connection-unanswered");
    }

    /// Half a conversation, taken for a question: the answer bears the service's address in the end.
    @Test
    void aServicesAddressIsPutBack() {
        Site site = Site.busy(Style.OVERLAY);
        Conversation conversation = site.connect("shop/cart", "shop/stock", "shop/stock-1");
        conversation.back(way -> way.until("east cbr0")).receive(400).pause(1).receiveAgain();

        assertThat(site.later().faults()).extracting(Said::rule).doesNotContain("snat-wrong-source");
    }
}

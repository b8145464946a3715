package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Conversation;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnatUnexpectedTest {

    @Test
    void aPodArrivesUnderItsNodesAddress() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.sourceFrom("east bond0", "192.0.2.11:41999"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "snat-unexpected",
                        "east bond0",
                        "10.60.1.5",
                        "192.0.2.11",
                        List.of("shop/cart > shop/stock-1")));
    }

    @Test
    void whereItWorksItIsAWarning() {
        Site site = Site.busy(Style.ROUTED);
        Conversation conversation =
                site.connect("shop/cart", "shop/stock-1:7000").there(way -> way.sourceFrom("east bond0", "192.0.2.11"));
        conversation.back(way -> way).open().send(10).acked().close();

        assertThat(site.later().finding("snat-unexpected").severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void aPodReachingItselfMustBeTranslated() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/till", "shop/pay", "shop/till").whole();

        assertThat(site.later().said()).isEmpty();
    }

    /// Windows overlays without DSR send to services from a SourceVIP out of the node's own pod range.
    @Test
    void aSourceVipIsByDesignOnWindows() {
        Site site = Site.busy(Style.WINDOWS);
        site.connect("shop/cart", "shop/stock", "shop/stock-1")
                .there(way -> way.sourceFrom("east vEthernet (Ethernet 4)", "10.60.1.2"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).doesNotContain("snat-unexpected");
    }

    @Test
    void onLinuxThereIsNoSourceVip() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock", "shop/stock-1")
                .there(way -> way.sourceFrom("east tun7", "10.60.1.2"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("snat-unexpected");
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void whoeverLeavesTheClusterIsTranslated(Style style) {
        Site site = Site.busy(style);
        site.connect("shop/till", site.outside(80)).whole();

        assertThat(site.later().said()).isEmpty();
    }

    /// Half a conversation: who began it is a guess, and the backend's answers bear the service's address in the end.
    @Test
    void anAnswerIsTurnedBackIntoTheServices() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("kube/dns-1", "shop/stock", "shop/stock-2").receive(400).receive(400);

        assertThat(site.later().said()).isEmpty();
    }
}

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

class AsymmetricPathTest {

    private static Conversation byTheRouter(Site site, String pod) {
        return site.connect("shop/cart", pod).there(way -> way.macs("east bond0", 0, Site.routerMac()));
    }

    private static void stand(Conversation conversation) {
        conversation.open().there(way -> way.until("east bond0")).send(300);
        for (int i = 0; i < 4; i++) {
            conversation.pause(0.5).resend();
        }
    }

    @Test
    void questionsGoToTheRouterAndAnswersComeFromTheNode() {
        Site site = Site.busy(Style.ROUTED);
        stand(byTheRouter(site, "shop/stock-1:7000"));

        Report report = site.later();

        assertThat(report.said())
                .extracting(Said::severity, Said::rule, Said::at, Said::flows)
                .containsExactly(tuple("error", "asymmetric-path", "east bond0", List.of("shop/cart > shop/stock-1")));
        assertThat(report.finding("asymmetric-path").certain()).isFalse();
    }

    /// Direct server return and the like: others work with the same two ways.
    @Test
    void othersWorkThatWay() {
        Site site = Site.busy(Style.ROUTED);
        byTheRouter(site, "shop/stock-2:7000").whole();
        stand(byTheRouter(site, "shop/stock-1:7000"));

        assertThat(site.later().faults()).extracting(Said::rule).doesNotContain("asymmetric-path");
    }

    @Test
    void twoWaysThatWorkAreNoFault() {
        Site site = Site.busy(Style.ROUTED);
        byTheRouter(site, "shop/stock-1:7000").whole();

        assertThat(site.later().said()).isEmpty();
    }

    /// A pair of routers with one address between them answers from its own.
    @Test
    void aSharedRouterAnswersFromItsOwnAddress() {
        Site site = Site.busy(Style.ROUTED);
        Conversation conversation =
                site.connect("shop/cart", site.outside(80)).there(way -> way.macs("east bond0", 0, 0x0000_5e00_0105L));
        conversation.open().there(way -> way.until("east bond0")).send(300);
        for (int i = 0; i < 4; i++) {
            conversation.pause(0.5).resend();
        }

        assertThat(site.later().faults()).extracting(Said::rule).doesNotContain("asymmetric-path");
    }

    /// One way there and back, and losses on it.
    @Test
    void oneWayIsOneWay() {
        Site site = Site.busy(Style.ROUTED);
        stand(site.connect("shop/cart", "shop/stock-1:7000"));

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("lost-between-nodes");
    }
}

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

class ApiServerUnreachableTest {

    private static Site site() {
        Site site = Site.busy(Style.ROUTED);
        site.lists().service("default/kubernetes", "10.97.0.1", "TCP", 443, 6443, "shop/offer-1");
        return site;
    }

    private static Conversation connect(Site site) {
        return site.connect("shop/cart", "default/kubernetes", "shop/offer-1");
    }

    @Test
    void noAnswerComes() {
        Site site = site();
        connect(site).syn().pause(1).syn();

        Report report = site.later();

        assertThat(report.said())
                .containsExactly(new Said(
                        "error",
                        "api-server-unreachable",
                        "north veth-offer-1",
                        "SYN-ACK from 10.60.3.9:6443",
                        "no answer",
                        List.of("shop/cart > default/kubernetes")));
        assertThat(report.finding("api-server-unreachable").certain()).isTrue();
    }

    @Test
    void itIsRefused() {
        Site site = site();
        connect(site).syn().isReset();

        Report report = site.later();

        assertThat(report.faults())
                .extracting(Said::rule, Said::actual)
                .containsExactly(tuple("api-server-unreachable", "refused"));
        assertThat(report.finding("api-server-unreachable").effects()).containsKey("connection-refused");
    }

    /// Where packets are lost is the better thing to say.
    @Test
    void aLossOnTheWayIsTheFinding() {
        Site site = site();
        connect(site).there(way -> way.until("north bond0")).syn().pause(1).syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("packet-vanished");
    }

    @Test
    void itAnswersTheSecondTime() {
        Site site = site();
        connect(site).syn().pause(1).whole();

        assertThat(site.later().said()).isEmpty();
    }

    /// A watch that began before the capture, and then falls silent.
    @Test
    void aConnectionWithoutItsBeginningDoesNotCount() {
        Site site = site();
        connect(site).send(100).pause(2).send(100);

        assertThat(site.later().faults()).extracting(Said::rule).doesNotContain("api-server-unreachable");
    }

    @Test
    void otherServersAreOthersMatter() {
        Site site = site();
        site.connect("shop/cart", "shop/offer", "shop/offer-1").syn().pause(1).syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("connection-unanswered");
    }
}

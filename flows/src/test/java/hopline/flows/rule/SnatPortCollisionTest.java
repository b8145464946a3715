package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Conversation;
import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnatPortCollisionTest {

    private static final int PORT = 40_000;

    private static Conversation from(Site site, String pod, int server) {
        return site.connect(PORT, pod, "203.0.113." + server + ":80", null);
    }

    /// `second` begins while `first` is at work.
    private static void overlap(Conversation first, Conversation second) {
        first.open().send(100).receive(500);
        second.syn();
        first.receive(500).ack();
        second.pause(1).syn();
        first.receive(500).ack();
        second.pause(1).syn();
        first.receive(500).ack().close();
    }

    @Test
    void toOneServerTwoPodsAreOne() {
        Site site = Site.busy(Style.ROUTED);
        overlap(from(site, "shop/cart", 80), from(site, "shop/till", 80));

        Report report = site.later();

        assertThat(report.said())
                .containsExactly(new Said(
                        "error",
                        "snat-port-collision",
                        "east bond0",
                        "a source port of its own for 10.60.1.6",
                        "192.0.2.11:40000, in use by 10.60.1.5 to 203.0.113.80:80",
                        List.of("shop/till > 203.0.113.80")));
        assertThat(report.finding("snat-port-collision").certain()).isTrue();
    }

    /// A firewall outside knows conversations by their source.
    @Test
    void toTwoServersItIsLikelyWhereTheSecondAnswersOthers() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/till", "203.0.113.90:80").whole();
        overlap(from(site, "shop/cart", 80), from(site, "shop/till", 90));

        assertThat(site.later().finding("snat-port-collision").certain()).isFalse();
    }

    @Test
    void aServerThatNeverAnswersIsAnotherMatter() {
        Site site = Site.busy(Style.ROUTED);
        overlap(from(site, "shop/cart", 80), from(site, "shop/till", 90));

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("connection-unanswered");
    }

    @Test
    void sharingWorks() {
        Site site = Site.busy(Style.WINDOWS);
        Conversation first = from(site, "shop/cart", 80).open().send(100);
        from(site, "shop/till", 90).whole();
        first.receive(500).ack().close();

        assertThat(site.later().said()).isEmpty();
    }

    /// A port is used again, after the first conversation.
    @Test
    void oneAfterTheOther() {
        Site site = Site.busy(Style.ROUTED);
        from(site, "shop/cart", 80).whole();
        site.pause(5);
        from(site, "shop/till", 80).syn().pause(1).syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("connection-unanswered");
    }
}

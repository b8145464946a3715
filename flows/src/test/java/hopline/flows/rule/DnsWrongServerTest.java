package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Conversation;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsWrongServerTest {

    private static final String NAME = "stock.shop.svc.cluster.local";
    private static final int NAME_ERROR = 3;

    private static Conversation ask(Site site, String server) {
        return site.connect("shop/cart", server + ":53");
    }

    @Test
    void nobodyAnswersThere() {
        Site site = Site.busy(Style.ROUTED);
        ask(site, "10.97.0.99").query(5, NAME).pause(2).query(5, NAME);

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "dns-wrong-server",
                        "east veth-cart",
                        "10.97.0.13 (kube/dns)",
                        "10.97.0.99",
                        List.of("shop/cart > 10.97.0.99")));
    }

    @Test
    void somebodyAnswersWhoDoesNotKnow() {
        Site site = Site.busy(Style.ROUTED);
        ask(site, "203.0.113.8").query(5, NAME).answer(5, NAME, NAME_ERROR);

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("dns-wrong-server");
    }

    @Test
    void otherNamesMayBeAskedForAnywhere() {
        Site site = Site.busy(Style.ROUTED);
        ask(site, "203.0.113.8").query(5, "www.example.com").answer(5, "www.example.com", 0);
        ask(site, "203.0.113.9").query(6, "www.example.com").pause(2).query(6, "www.example.com");

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("dns-unanswered");
    }

    /// A cache on the node is silent: the server is right.
    @Test
    void aCacheOnTheNodeIsNoWrongServer() {
        Site site = Site.busy(Style.ROUTED);
        ask(site, "169.254.20.10").query(5, NAME).pause(2).query(5, NAME);

        assertThat(site.later().faults()).extracting(Said::rule).doesNotContain("dns-wrong-server");
    }

    /// It found such a name for somebody.
    @Test
    void aServerThatKnowsIsRight() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/till", "10.97.0.99:53").query(4, NAME).answer(4, NAME, 0);
        ask(site, "10.97.0.99").query(5, NAME).pause(2).query(5, NAME);

        assertThat(site.later().faults()).extracting(Said::rule).doesNotContain("dns-wrong-server");
    }

    /// The second of two servers is asked when the first is silent.
    @Test
    void theNextServerIsAskedWhenTheFirstIsSilent() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "kube/dns", "kube/dns-1").query(5, NAME).pause(2);
        ask(site, "203.0.113.8").query(6, NAME).answer(6, NAME, NAME_ERROR);

        assertThat(site.later().faults()).extracting(Said::rule).doesNotContain("dns-wrong-server");
    }

    @Test
    void aDnsServerMayAskOthers() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("kube/dns-1", "203.0.113.8:53").query(6, NAME).answer(6, NAME, NAME_ERROR);

        assertThat(site.later().faults()).extracting(Said::rule).doesNotContain("dns-wrong-server");
    }
}

package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.rule.Observation.Claim;
import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DnsUnansweredTest {

    @ParameterizedTest
    @EnumSource(Style.class)
    void theServerIsSilent(Style style) {
        Site site = Site.busy(style);
        site.connect("shop/cart", "kube/dns", "kube/dns-1")
                .query(4, "a.example")
                .pause(5)
                .query(4, "a.example");

        Report report = site.later();

        assertThat(report.said())
                .containsExactly(new Said(
                        "error",
                        "dns-unanswered",
                        site.at("kube/dns-1"),
                        "an answer from " + site.address("kube/dns"),
                        "nothing after " + site.at("kube/dns-1"),
                        List.of("shop/cart > kube/dns")));
        assertThat(report.finding("dns-unanswered").packets()).isEqualTo(2);
        assertThat(report.flows("shop/cart > kube/dns"))
                .allSatisfy(flow -> assertThat(flow.verdict()).isEqualTo(Verdict.UNANSWERED));
    }

    @Test
    void aServerThatAnswersNobody() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "198.51.100.53:53").query(4, "a.example");
        site.connect("shop/till", "198.51.100.53:53").query(6, "b.example");

        Claim claim = site.later().finding("dns-unanswered").lead().claim();

        assertThat(claim.title()).isEqualTo("DNS questions to 198.51.100.53 get no answer");
        assertThat(claim.advice()).contains("check that the DNS server behind it runs");
    }

    /// Whoever asked it: a server that answers is not down.
    @Test
    void aServerThatAnswersOthers() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "198.51.100.53:53").query(4, "a.example");
        site.connect("shop/till", "198.51.100.53:53").query(6, "b.example").answer(6, "b.example", 0);

        Claim claim = site.later().finding("dns-unanswered").lead().claim();

        assertThat(claim.title()).isEqualTo("some DNS questions to 198.51.100.53 get no answer");
        assertThat(claim.advice()).startsWith("The server answered other questions. This one, for a.example,");
    }

    /// A load balancer that leads to a pod that is gone, among others.
    @Test
    void oneServerBehindTheServiceIsSilent() {
        Site site = Site.busy(Style.OVERLAY);
        site.lists().backends("kube/dns", "kube/dns-1", "shop/offer-1");
        site.connect("shop/cart", "kube/dns", "shop/offer-1").query(4, "a.example");

        Claim claim = site.later().finding("dns-unanswered").lead().claim();

        assertThat(claim.title()).isEqualTo("some DNS questions to kube/dns get no answer");
        assertThat(claim.advice())
                .startsWith("Other servers behind kube/dns answer, " + site.address("shop/offer-1") + " does not.");
    }

    @Test
    void theCaptureEndsWithinASecond() {
        Site site = Site.busy(Style.OVERLAY).pause(3);
        site.connect("shop/cart", "kube/dns", "kube/dns-1").query(4, "a.example");

        assertThat(site.pause(0.5).healthyTraffic().analyze().said()).isEmpty();
    }

    /// Both addresses of a name are asked for at once, from one socket.
    @Test
    void answersOnOneSocketAreToldApartByTheirIds() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "kube/dns", "kube/dns-1")
                .query(4, "a.example")
                .query(5, "a.example")
                .answer(5, "a.example", 0)
                .answer(4, "a.example", 0);

        assertThat(site.later().said()).isEmpty();
    }

    @Test
    void oneOfTwoQuestionsOnOneSocketIsUnanswered() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "kube/dns", "kube/dns-1")
                .query(4, "a.example")
                .query(5, "b.example")
                .answer(5, "b.example", 0);

        Report report = site.later();

        assertThat(report.said()).extracting(Said::rule).containsExactly("dns-unanswered");
        assertThat(report.finding("dns-unanswered").lead().claim().title())
                .isEqualTo("some DNS questions to kube/dns get no answer");
    }
}

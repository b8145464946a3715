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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IcmpUnreachableTest {

    @ParameterizedTest
    @CsvSource({"OVERLAY, 3, 3", "WINDOWS, 3, 3", "OVERLAY6, 1, 4"})
    void theDestinationSaysThatNobodyListens(Style style, int type, int code) {
        Site site = Site.busy(style);
        site.connect("shop/cart", "shop/stock-1:161")
                .datagram(60)
                .complain(site.at("shop/stock-1"), site.address("shop/stock-1"), type, code, 0);

        Report report = site.later();

        assertThat(report.said())
                .containsExactly(new Said(
                        "error",
                        "icmp-unreachable",
                        site.at("shop/stock-1"),
                        "an answer from " + site.endpoint("shop/stock-1", 161),
                        "ICMP port unreachable from " + site.address("shop/stock-1"),
                        List.of("shop/cart > shop/stock-1")));
        assertThat(report.flows("shop/cart > shop/stock-1"))
                .filteredOn(flow -> !flow.findings().isEmpty())
                .allSatisfy(flow -> assertThat(flow.verdict()).isEqualTo(Verdict.REFUSED));
    }

    /// kube-proxy refuses TCP by the same error where a service has no endpoint.
    @Test
    void aRefusedConnectionIsNoMatterOfUdp() {
        Site site = Site.busy(Style.ROUTED);
        site.lists().backends("shop/offer");
        for (String service : List.of("shop/offer", "shop/stock")) {
            site.connect("shop/cart", site.endpoint(service, 80))
                    .there(way -> way.until("east kube-br"))
                    .back(way -> way.from("east kube-br"))
                    .syn()
                    .complain("east kube-br", "10.60.1.1", 3, 3, 0);
        }

        assertThat(site.pause(3).analyze().analysis().findings())
                .filteredOn(finding -> finding.rule().equals("icmp-unreachable"))
                .extracting(finding -> finding.lead().claim().advice().substring(0, 60))
                .containsExactlyInAnyOrder(
                        "By the lists, service shop/offer has no ready endpoint, and ",
                        "A firewall rule rejects the connection: check the rules of t");
    }

    @Test
    void aFirewallProhibitsIt() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.until("west bond0"))
                .syn()
                .complain("west bond0", "192.0.2.12", 3, 13, 0)
                .pause(1)
                .syn()
                .complain("west bond0", "192.0.2.12", 3, 13, 0);

        Report report = site.later();

        assertThat(report.said())
                .containsExactly(new Said(
                        "error",
                        "icmp-unreachable",
                        "west bond0",
                        "an answer from 10.60.2.7:7000",
                        "ICMP administratively prohibited from 192.0.2.12",
                        List.of("shop/cart > shop/stock-1")));
        assertThat(report.finding("icmp-unreachable").packets()).isEqualTo(2);
        assertThat(report.finding("icmp-unreachable").effects())
                .containsKey("packet-vanished")
                .containsKey("connection-unanswered");
    }

    @Test
    void aPingToAnUnreachableHost() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "198.51.100.9").ping().complain("east eno1", "192.0.2.254", 3, 1, 0);

        assertThat(site.later().said())
                .extracting(Said::rule, Said::actual)
                .containsExactly(tuple("icmp-unreachable", "ICMP host unreachable from 192.0.2.254"));
    }

    /// A client that has closed its socket refuses a late answer.
    @Test
    void theAnswerCameTooLate() {
        Site site = Site.busy(Style.OVERLAY);
        Conversation conversation =
                site.connect("shop/cart", "shop/stock-1:161").datagram(60).reply(80);
        conversation.complainOfReply(site.at("shop/cart"), site.address("shop/cart"), 3, 3);

        assertThat(site.later().said()).isEmpty();
    }

    /// One of several servers does not listen yet; the traffic goes on.
    @Test
    void itWorksNevertheless() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:161")
                .datagram(60)
                .complain(site.at("shop/stock-1"), "10.60.2.7", 3, 3, 0)
                .pause(1)
                .datagram(60)
                .reply(60);

        assertThat(site.later().said()).isEmpty();
    }
}

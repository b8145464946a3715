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

/// What one fault causes is listed with it, and is no finding.
class OneCauseTest {

    @Test
    void theNodeAsksInVainForABackendThatDoesNotExist() {
        Site site = Site.busy(Style.OVERLAY);
        for (int i = 0; i < 3; i++) {
            site.connect("shop/cart", "shop/stock", "shop/stock-1")
                    .there(way -> way.translatedTo("10.60.2.99:8080").until("west tun7"))
                    .syn();
            site.asks("10.60.2.1", "10.60.2.99", "west cbr0", "west veth-stock-1", "west veth-stock-2")
                    .pause(1);
        }

        Report report = site.later();

        assertThat(report.faults()).extracting(Said::rule).containsExactly("service-wrong-backend");
        assertThat(report.finding("service-wrong-backend").effects()).containsKey("arp-unanswered");
    }

    @Test
    void theRouterComplainsOfABackendThatDoesNotExist() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "shop/stock", "shop/stock-1")
                .there(way -> way.translatedTo("10.60.2.99:8080").until("west bond0"))
                .syn()
                .complain("west bond0", "192.0.2.12", 3, 1, 0)
                .pause(1)
                .syn();

        Report report = site.later();

        assertThat(report.faults()).extracting(Said::rule).containsExactly("service-wrong-backend");
        assertThat(report.finding("service-wrong-backend").effects())
                .containsKeys("icmp-unreachable", "packet-vanished", "connection-unanswered");
    }

    @Test
    void theWrongPortRefusesConnections() {
        Site site = Site.busy(Style.WINDOWS);
        site.connect("shop/cart", "shop/stock", "shop/stock-1")
                .there(way -> way.translatedTo("10.60.2.7:81"))
                .back(way -> way.sourceFrom(site.at("shop/stock-1"), "10.60.2.7:81")
                        .sourceFrom("east vEthernet (cart)", "10.97.0.10:80"))
                .syn()
                .isReset();

        Report report = site.later();

        assertThat(report.faults()).extracting(Said::rule).containsExactly("service-wrong-port");
        assertThat(report.finding("service-wrong-port").effects()).containsKey("connection-refused");
    }

    /// The client does not know the backend, whose answer it refuses.
    @Test
    void anAnswerThatWasNotRestoredIsReset() {
        Site site = Site.busy(Style.ROUTED);
        Conversation conversation =
                site.connect("shop/cart", "shop/stock", "shop/stock-2").back(way -> way.translatedFrom(null));
        conversation.syn().synAck().pause(1).syn().synAck();

        Report report = site.later();

        assertThat(report.faults()).extracting(Said::rule).containsExactly("reply-not-restored");
    }

    @Test
    void whatIsTooLargeIsSentAgainAndAgain() {
        Site site = Site.busy(Style.OVERLAY);
        Conversation conversation =
                site.connect("shop/cart", "shop/stock-1:7000").open().send(300).acked();
        conversation.there(way -> way.until("east eno1")).send(1448);
        for (int i = 0; i < 8; i++) {
            conversation.pause(0.4).resend();
        }

        Report report = site.later();

        assertThat(report.faults()).extracting(Said::rule).containsExactly("mtu-exceeded");
        assertThat(report.finding("mtu-exceeded").effects()).containsKeys("retransmissions", "lost-between-nodes");
    }

    /// Two faults are two findings, though one flow may suffer from both.
    @Test
    void twoCausesAreTwoFindings() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock", "shop/stock-1")
                .there(way -> way.translatedTo("10.60.2.99:8080").until("west tun7"))
                .syn()
                .pause(1)
                .syn();
        site.connect("shop/till", "shop/offer-1:7000")
                .there(way -> way.until("north cbr0"))
                .syn()
                .pause(1)
                .syn();
        site.connect("shop/cart", "shop/offer-1:99").syn().isReset();

        assertThat(site.later().faults())
                .extracting(Said::rule)
                .containsExactlyInAnyOrder("service-wrong-backend", "packet-vanished", "connection-refused");
    }

    /// The same fault at two nodes has two cures.
    @Test
    void theSameFaultOnTwoNodesIsTwoFindings() {
        Site site = Site.busy(Style.OVERLAY);
        for (String pod : List.of("shop/cart", "shop/offer-1")) {
            site.connect(pod, "shop/stock", "shop/stock-1")
                    .there(way -> way.translatedTo("10.60.2.99:8080").until("west tun7"))
                    .syn()
                    .pause(1)
                    .syn();
        }

        assertThat(site.later().faults())
                .extracting(Said::rule, Said::at)
                .containsExactlyInAnyOrder(
                        tuple("service-wrong-backend", "east tun7"), tuple("service-wrong-backend", "north tun7"));
    }

    /// A finding lists at most a hundred flows, and counts all.
    @Test
    void manyFlowsAreCountedAndSomeListed() {
        Site site = Site.busy(Style.ROUTED);
        for (int i = 0; i < 120; i++) {
            site.connect("shop/cart", "shop/stock-1:7000")
                    .there(way -> way.until("east kube-br"))
                    .syn();
        }

        Finding finding = site.later().finding("packet-vanished");

        assertThat(finding.flowCount()).isEqualTo(120);
        assertThat(finding.flows()).hasSize(Findings.MAX_FLOWS);
        assertThat(finding.packets()).isEqualTo(120);
        assertThat(finding.effects()).containsEntry("connection-unanswered", 120L);
    }

    /// A network where nothing works must not hide the one thing that explains it.
    @Test
    void noRuleCrowdsOutAnother() {
        Site site = Site.busy(Style.OVERLAY);
        for (int i = 0; i < Findings.MAX_CAUSES + 5; i++) {
            site.connect("shop/cart", "kube/dns", "kube/dns-1").asksInVain(i, 1, "name-" + i + ".example");
        }
        site.connect("shop/cart", "shop/stock", "shop/stock-1")
                .there(way -> way.translatedTo("10.60.2.99:8080").until("west tun7"))
                .syn();

        Report report = site.later();

        assertThat(report.faults())
                .extracting(Said::rule)
                .filteredOn("dns-nxdomain"::equals)
                .hasSize(Findings.MAX_CAUSES);
        assertThat(report.faults()).extracting(Said::rule).contains("service-wrong-backend");
        assertThat(report.analysis().limits())
                .contains("5 observations concern causes beyond the first " + Findings.MAX_CAUSES + " of their rule");
    }
}

package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import hopline.flows.site.Way;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArpUnansweredTest {

    @ParameterizedTest
    @CsvSource({"OVERLAY, 10.60.1.1", "ROUTED, 10.60.1.1", "WINDOWS, 10.60.1.2", "OVERLAY6, fe80::1"})
    void aPodAsksForItsGatewayInVain(Style style, String gateway) {
        Site site = Site.busy(style);
        for (int i = 0; i < 3; i++) {
            site.asks(site.address("shop/cart"), gateway, site.at("shop/cart")).pause(1);
        }

        Report report = site.later();

        assertThat(report.said())
                .containsExactly(new Said(
                        "error",
                        "arp-unanswered",
                        site.at("shop/cart"),
                        "an answer for " + gateway,
                        "3 questions, no answer",
                        List.of()));
        assertThat(report.finding("arp-unanswered").packets()).isEqualTo(3);
    }

    /// The node asks on the bridge for a pod that is gone: the packets for it wait for the answer.
    @Test
    void flowsEndWhereTheirNextHopIsUnknown() {
        Site site = Site.busy(Style.OVERLAY);
        site.lists().pod("shop/gone", "west", "10.60.2.99", "\"phase\": \"Running\"");
        for (int i = 0; i < 2; i++) {
            site.connect("shop/cart", "10.60.2.99:80")
                    .there(way -> toWest(site))
                    .syn();
            site.asks("10.60.2.1", "10.60.2.99", "west cbr0").pause(1);
        }

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "arp-unanswered",
                        "west cbr0",
                        "an answer for 10.60.2.99",
                        "2 questions, no answer",
                        List.of("shop/cart > shop/gone", "shop/cart > shop/gone")));
    }

    private static Way toWest(Site site) {
        return site.connect("shop/cart", "shop/stock-1:80").wayThere().until("west tun7");
    }

    @Test
    void anAnswerIsAllThatMatters() {
        Site site = Site.busy(Style.OVERLAY);
        for (int i = 0; i < 3; i++) {
            site.asks("10.60.1.5", "10.60.1.1", site.at("shop/cart"), "east cbr0");
            site.isTold("10.60.1.5", "10.60.1.1", "east cbr0", site.at("shop/cart"));
        }

        assertThat(site.later().said()).isEmpty();
    }

    /// Probes and announcements are not meant to be answered: `0.0.0.0` asks, or an address asks for itself.
    @ParameterizedTest
    @CsvSource({"OVERLAY, 0.0.0.0, 10.60.1.77", "OVERLAY, 10.60.1.5, 10.60.1.5", "OVERLAY6, ::, fd60:0:0:1::77"})
    void probesAndAnnouncementsNeedNoAnswer(Style style, String asker, String target) {
        Site site = Site.busy(style);
        for (int i = 0; i < 4; i++) {
            site.asks(asker, target, site.at("shop/cart")).pause(1);
        }

        assertThat(site.later().said()).isEmpty();
    }

    @Test
    void oneQuestionIsNotEnough() {
        Site site = Site.busy(Style.OVERLAY).asks("10.60.1.5", "10.60.1.1", "east veth-cart");

        assertThat(site.later().said()).isEmpty();
    }

    /// What a bridge floods to a pod is not this pod's question, and its answer goes another way.
    @Test
    void aFloodedQuestionIsAnsweredElsewhere() {
        Site site = Site.busy(Style.OVERLAY);
        for (int i = 0; i < 3; i++) {
            site.asks("10.60.1.1", "10.60.1.6", "east veth-cart").pause(1);
        }

        assertThat(site.later().said()).isEmpty();
    }

    /// Neighbours on the network outside ask each other for whatever they like.
    @Test
    void strangersOutsideAreAnsweredBeyondThisNode() {
        Site site = Site.busy(Style.ROUTED);
        for (int i = 0; i < 3; i++) {
            site.asks("192.0.2.200", "192.0.2.201", "east bond0").pause(1);
        }

        assertThat(site.later().faults()).isEmpty();
    }

    /// Somebody beside them hears what two hosts ask all, not what they answer each other.
    @Test
    void aBystanderHearsQuestionsOnly() {
        Site site = new Site(Style.ROUTED);
        for (int i = 0; i < 3; i++) {
            site.asks("192.0.2.200", "192.0.2.201", "east bond0")
                    .asks("192.0.2.201", "192.0.2.202", "east bond0")
                    .pause(1);
        }

        assertThat(site.analyzeWithoutLists().said())
                .extracting(Said::rule, Said::expected)
                .containsExactly(tuple("arp-unanswered", "an answer for 192.0.2.202"));
    }

    @Test
    void aScanIsOneWarning() {
        Site site = Site.busy(Style.ROUTED);
        for (int i = 0; i < 40; i++) {
            site.asks("10.60.1.5", "10.60.1." + (100 + i % 20), "east veth-cart")
                    .pause(0.1);
        }

        assertThat(site.later().faults())
                .containsExactly(new Said(
                        "warning",
                        "arp-unanswered",
                        "east veth-cart",
                        "few questions, answered",
                        "20 addresses asked for in vain",
                        List.of()));
    }
}

package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hopline.flows.analysis.FlowReport;
import hopline.flows.scene.Category;
import hopline.flows.site.Conversation;
import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import hopline.flows.site.Way;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionUnansweredTest {

    @ParameterizedTest
    @EnumSource(Style.class)
    void theSynArrivesAndNoAnswerComes(Style style) {
        Site site = Site.busy(style);
        site.connect("shop/cart", "shop/stock", "shop/stock-2")
                .syn()
                .pause(1)
                .syn()
                .pause(2)
                .syn();

        Report report = site.later();

        assertThat(report.said())
                .containsExactly(new Said(
                        "error",
                        "connection-unanswered",
                        site.at("shop/stock-2"),
                        "SYN-ACK from " + site.endpoint("shop/stock-2", 8080),
                        "nothing after " + site.at("shop/stock-2"),
                        List.of("shop/cart > shop/stock")));
        assertThat(report.finding("connection-unanswered").certain()).isTrue();
    }

    /// Those outside may use only the endpoints of the node they turn to; those inside any.
    @Test
    void aServiceHasNoEndpointOnThatNode() {
        Site site = Site.busy(Style.ROUTED);
        site.lists()
                .specification("shop/offer", "\"externalTrafficPolicy\": \"Local\", \"externalIPs\": [\"192.0.2.11\"]");
        for (String client : List.of("203.0.113.9", "shop/stock-1")) {
            site.connect(client, "east:80").syn().pause(1).syn();
        }

        Report report = site.later();

        assertThat(report.faults())
                .extracting(Said::rule, Said::flows)
                .containsExactlyInAnyOrder(
                        tuple("connection-unanswered", List.of("203.0.113.9 > shop/offer")),
                        tuple("service-not-translated", List.of("shop/stock-1 > shop/offer")));
        assertThat(report.finding("connection-unanswered").lead().claim().advice())
                .startsWith(
                        "By the lists, service shop/offer has no ready endpoint on east, where its traffic policy is Local");
    }

    /// A cluster IP is its ports and nothing else.
    @ParameterizedTest
    @CsvSource({
        "10.97.0.10:8080, 'By the lists, service shop/stock has no port 8080/TCP, only 80/TCP:'",
        "10.97.0.10, 'This is the cluster IP of service shop/stock, and most proxies answer no pings'",
    })
    void aClusterIpIsAskedForWhatItDoesNotServe(String target, String advice) {
        Site site = Site.busy(Style.ROUTED);
        Conversation conversation = site.connect("shop/cart", target);
        for (int i = 0; i < 2; i++) {
            (target.contains(":") ? conversation.syn() : conversation.ping()).pause(1);
        }

        Report report = site.later();

        Finding finding = report.finding("connection-unanswered");
        assertThat(finding.lead().claim().title()).contains("shop/stock");
        assertThat(finding.lead().claim().advice()).startsWith(advice);
        assertThat(report.flows("shop/cart > shop/stock"))
                .allSatisfy(flow -> assertThat(flow.flow().category()).isEqualTo(Category.POD_TO_SERVICE));
    }

    /// Beyond what was captured it may have been lost as well.
    @Test
    void whoIsOutsideMayNotHaveGotIt() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "198.51.100.7:443").syn().pause(1).syn();

        Report report = site.later();

        assertThat(report.said())
                .containsExactly(new Said(
                        "error",
                        "connection-unanswered",
                        "east bond0",
                        "SYN-ACK from 198.51.100.7:443",
                        "nothing after east bond0",
                        List.of("shop/cart > 198.51.100.7")));
        assertThat(report.finding("connection-unanswered").certain()).isFalse();
    }

    /// Where only uplinks were captured, it got as far as the node.
    @Test
    void anUplinkIsNotWhereAPodLives() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "shop/stock", "shop/stock-2").syn().pause(1).syn();
        site.changeRecordings(all -> all.stream()
                .filter(recording -> recording.point().equals("bond0"))
                .toList());

        Report report = site.later();

        assertThat(report.finding("connection-unanswered").certain()).isFalse();
        assertThat(report.finding("connection-unanswered").lead().claim().advice())
                .contains("capture closer to");
    }

    /// A tap that sees one direction only: that the initiator goes on proves an answer.
    @Test
    void anAnswerThatIsAcknowledgedWasThere() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "198.51.100.7:443")
                .back(way -> new Way(List.of()))
                .open()
                .send(300)
                .pause(2)
                .ack();

        Report report = site.later();

        assertThat(report.said()).isEmpty();
        assertThat(report.flows("shop/cart > 198.51.100.7"))
                .singleElement()
                .extracting(FlowReport::verdict)
                .isEqualTo(Verdict.DELIVERED);
    }

    /// That it answered others, which came in by the same way, does not tell whether it got this.
    @Test
    void whoIsOutsideAndAnsweredOthersMayNotHaveGotItEither() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", site.outside(8443)).syn().pause(1).syn();

        assertThat(site.later().finding("connection-unanswered").certain()).isFalse();
    }

    @Test
    void unansweredPingsAreAWarning() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1").ping().pause(1).ping();

        assertThat(site.later().faults())
                .containsExactly(new Said(
                        "warning",
                        "connection-unanswered",
                        "west veth-stock-1",
                        "echo reply from 10.60.2.7",
                        "nothing after west veth-stock-1",
                        List.of("shop/cart > shop/stock-1")));
    }

    @Test
    void theCaptureEndsRightAfterTheSyn() {
        Site site = Site.busy(Style.OVERLAY).pause(3);
        site.connect("shop/cart", "shop/stock-1:7000").syn();

        assertThat(site.pause(0.2).healthyTraffic().analyze().said()).isEmpty();
    }

    @Test
    void theSecondSynWasAnswered() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .syn()
                .pause(1)
                .open()
                .send(10)
                .acked()
                .close();

        assertThat(site.later().said()).isEmpty();
    }

    /// UDP promises no answer, and neither does a connection that was open before.
    @Test
    void onlyWhatAsksMustBeAnswered() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:514").datagram(200).pause(1).datagram(200);
        site.connect("shop/cart", "shop/stock-1:7000").ack().pause(1).keepAlive();

        assertThat(site.later().said()).isEmpty();
    }

    /// East passes on what west's pods send abroad; the router may bring the answers straight to west.
    @ParameterizedTest
    @CsvSource({"shop/stock-1, false", "shop/cart, true"})
    void onlyARouterOnTheWayWasCaptured(String client, boolean isFound) {
        Site site = Site.busy(Style.ROUTED).withoutCaptureOf("west").withoutCaptureOf("north");
        site.connect(client, site.outside(443))
                .there(way -> way.to("east bond0"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).hasSize(isFound ? 1 : 0);
    }

    /// What passes between two pods, their bridge shows at its own interface only until it knows where they are.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void onlyTheBridgeWasCaptured(boolean isSentAgain) {
        Site site = Site.busy(Style.OVERLAY);
        Conversation conversation = site.connect("shop/cart", "shop/till:7000")
                .there(way -> way.from("east cbr0").until("east cbr0"))
                .syn();
        if (isSentAgain) {
            conversation.pause(1).syn();
        }
        site.pause(3).healthyTraffic();
        site.changeRecordings(all -> all.stream()
                .filter(recording -> !recording.point().startsWith("veth-"))
                .toList());

        assertThat(site.analyze().faults()).hasSize(isSentAgain ? 1 : 0);
    }
}

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

class ConnectionResetTest {

    @Test
    void cutBeforeAnyData() {
        Site site = Site.busy(Style.OVERLAY6);
        site.connect("shop/cart", "shop/stock", "shop/stock-1").open().isReset();

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "connection-reset",
                        "west cali-stock-1",
                        "the exchange to finish",
                        "RST before any data, first seen at west cali-stock-1",
                        List.of("shop/cart > shop/stock")));
    }

    /// A restart of the server, or of the load balancer before it.
    @Test
    void cutInMidTransfer() {
        Site site = Site.busy(Style.WINDOWS);
        site.connect("shop/cart", "shop/stock-1:7000")
                .open()
                .send(400)
                .receive(1000)
                .isReset();

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "connection-reset",
                        "west vEthernet (stock-1)",
                        "the exchange to finish",
                        "RST in mid-transfer, first seen at west vEthernet (stock-1)",
                        List.of("shop/cart > shop/stock-1")));
    }

    /// It was asked, took the question, and went away.
    @Test
    void cutBeforeAnAnswer() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000").open().send(400).acked().isReset();

        assertThat(site.later().said())
                .extracting(Said::severity, Said::actual)
                .containsExactly(tuple("error", "RST before an answer, first seen at west veth-stock-1"));
    }

    /// What was sent has arrived; whether more was to come, packets do not tell.
    @Test
    void cutAfterAllDataWasAcknowledged() {
        Site site = Site.busy(Style.OVERLAY);
        exchange(site).pause(4).isReset();
        exchange(site).pause(4).back(way -> way.from("east tun7")).isReset();

        assertThat(site.later().said())
                .extracting(Said::severity, Said::actual)
                .containsExactly(
                        tuple("error", "RST after all data was acknowledged, first seen at west veth-stock-1"),
                        tuple("error", "RST after all data was acknowledged, first seen at east tun7"));
    }

    private static Conversation exchange(Site site) {
        return site.connect("shop/cart", "shop/stock-1:7000")
                .open()
                .send(400)
                .acked()
                .receive(1000)
                .ack();
    }

    /// Whether data had flowed before, nobody can tell.
    @Test
    void whatWasOpenBeforeTheCaptureIsANote() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000").ack().acked().isReset();
        site.connect("shop/cart", "shop/stock-1:7000").receive(400).isReset();

        assertThat(site.later().said())
                .extracting(Said::severity, Said::actual)
                .containsExactlyInAnyOrder(
                        tuple(
                                "note",
                                "RST of a connection whose beginning was not captured,"
                                        + " first seen at west veth-stock-1"),
                        tuple(
                                "note",
                                "RST of a connection of which only one direction was captured,"
                                        + " first seen at west veth-stock-1"));
    }

    /// What the capture does show is on its way.
    @Test
    void cutInMidTransferThoughOpenBeforeTheCapture() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .ack()
                .acked()
                .send(400)
                .receive(1000)
                .isReset();

        assertThat(site.later().said())
                .extracting(Said::severity, Said::actual)
                .containsExactly(tuple("error", "RST in mid-transfer, first seen at west veth-stock-1"));
    }

    /// A check that closes in good order may be answered by a reset.
    @Test
    void aResetAfterAnEndWithoutDataIsAWayToClose() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000").open().close().isReset();

        assertThat(site.later().said()).isEmpty();
    }

    @Test
    void somebodyOnTheWayCutsIt() {
        Site site = Site.busy(Style.OVERLAY);
        Conversation conversation =
                site.connect("shop/cart", "shop/stock-1:7000").open();
        conversation.send(400).receive(1000).back(way -> way.from("east tun7")).isReset();

        assertThat(site.later().said())
                .extracting(Said::rule, Said::at)
                .containsExactly(tuple("connection-reset", "east tun7"));
    }

    /// Load balancers do not even complete the handshake.
    @Test
    void whoOpensAndResetsAtOnceOnlyChecks() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("203.0.113.9", "shop/stock", "shop/stock-1").syn().synAck().reset();
        site.connect("203.0.113.9", "shop/stock", "shop/stock-1").open().reset();

        Report report = site.later();

        assertThat(report.said())
                .containsExactly(new Said(
                        "note",
                        "connection-reset",
                        "west bond0",
                        "data, if it is no check",
                        "RST before any data, first seen at west bond0",
                        List.of("203.0.113.9 > shop/stock", "203.0.113.9 > shop/stock")));
        assertThat(report.flows("203.0.113.9 > shop/stock"))
                .allSatisfy(flow -> assertThat(flow.verdict()).isEqualTo(Verdict.DELIVERED));
    }

    @Test
    void somebodyElseResetsInTheNameOfTheInitiator() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .open()
                .there(way -> way.from("east tun7"))
                .reset();

        assertThat(site.later().said())
                .extracting(Said::severity, Said::rule, Said::at)
                .containsExactly(tuple("error", "connection-reset", "east tun7"));
    }

    /// Many clients end what they need no more by a reset, once they got everything.
    @Test
    void aResetAfterACompleteExchangeIsAWayToClose() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .open()
                .send(100)
                .acked()
                .receive(500)
                .ack()
                .reset();
        site.connect("shop/cart", "shop/stock-1:7000").whole().isReset();
        site.connect("shop/till", "shop/stock-1:7000")
                .open()
                .send(100)
                .acked()
                .receive(500)
                .reset();

        assertThat(site.later().said()).isEmpty();
    }

    /// Nobody waits for an acknowledgment of a goodbye.
    @Test
    void aResetAfterATlsGoodbyeIsAWayToClose() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .open()
                .send(100)
                .acked()
                .receive(500)
                .ack()
                .sendAlert(77, true)
                .reset();
        site.connect("shop/cart", "shop/stock-1:7000")
                .open()
                .send(100)
                .acked()
                .sendAlert(1, false)
                .isReset();

        assertThat(site.later().said()).isEmpty();
    }

    @Test
    void anAlertThatSaysWhatFailedIsNoGoodbye() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .open()
                .send(100)
                .acked()
                .sendAlert(2, false)
                .isReset();

        assertThat(site.later().said()).extracting(Said::rule).containsExactly("connection-reset");
    }

    /// One client that breaks off what it asked of two servers: each title names its own. Who only looks whether ports
    /// are open looks at many.
    @Test
    void aTitleHoldsForAllItsFlows() {
        Site site = Site.busy(Style.ROUTED);
        for (String server : List.of("shop/stock-1:7000", "shop/stock-2:7000")) {
            site.connect("shop/cart", server).open().send(400).reset();
            site.connect("shop/till", server).open().reset();
        }

        Report report = site.later();

        assertThat(report.analysis().findings())
                .filteredOn(finding -> finding.rule().equals("connection-reset"))
                .extracting(finding -> finding.lead().claim().title(), Finding::flowCount)
                .containsExactlyInAnyOrder(
                        tuple("connections to shop/stock-1 port 7000 are reset by shop/cart in mid-transfer", 1L),
                        tuple("connections to shop/stock-2 port 7000 are reset by shop/cart in mid-transfer", 1L),
                        tuple("shop/till resets connections that it opened, before any data", 2L));
    }
}

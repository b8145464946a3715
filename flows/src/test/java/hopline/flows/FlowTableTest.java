package hopline.flows;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Conversation;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlowTableTest {

    /// Before translation, in a tunnel, after translation, and back: all that is one conversation.
    @ParameterizedTest
    @EnumSource(Style.class)
    void aConversationIsOneFlowUnderAllItsAddresses(Style style) {
        Site site = new Site(style);
        site.connect("shop/cart", "shop/stock", "shop/stock-1").whole();
        site.connect("shop/cart", site.outside(443)).whole();

        assertThat(site.flows()).hasSize(2).allSatisfy(flow -> {
            assertThat(flow.forward().packets()).isEqualTo(6);
            assertThat(flow.reverse().packets()).isEqualTo(4);
            assertThat(flow.forward().routes()).hasSize(1);
        });
    }

    /// Captured only where questions bear the service's address and, elsewhere, where answers bear the backend's.
    @Test
    void packetsSeenBeforeOrAfterTranslationOnlyFindTheirFlow() {
        Site site = new Site(Style.OVERLAY);
        Conversation conversation =
                site.connect("shop/cart", "shop/stock", "shop/stock-1").open();
        conversation
                .there(way -> way.from("east tun7"))
                .back(way -> way.until("east tun7"))
                .send(100)
                .receive(200);
        conversation
                .there(way -> way.from("west eno1"))
                .back(way -> way.from("west cbr0"))
                .send(100)
                .receive(200);

        assertThat(site.flows()).singleElement().satisfies(flow -> {
            assertThat(flow.packets()).isEqualTo(7);
            assertThat(flow.forward().packets()).isEqualTo(4);
        });
    }

    /// Answers were seen before anything told whose they are; what comes after goes their way, not another one.
    @Test
    void aFlowThatIsTakenInKeepsItsRoute() {
        Site site = new Site(Style.OVERLAY);
        site.connect(50_000, "shop/cart", "shop/stock", "shop/stock-1")
                .there(way -> way.until("east veth-cart"))
                .send(100);
        site.connect(50_000, "shop/cart", "shop/stock", "shop/stock-1")
                .skipSequence(100)
                .back(way -> way.until("west cbr0"))
                .receive(200)
                .send(100)
                .receive(200)
                .receive(200);

        assertThat(site.flows()).singleElement().satisfies(flow -> {
            assertThat(flow.reverse().packets()).isEqualTo(3);
            assertThat(flow.reverse().routes()).hasSize(1);
        });
    }

    /// Two flows turned out to be one; what answers a question of the one that is no more is lost to nobody.
    @Test
    void anAnswerToAFlowThatWasTakenInIsCounted() {
        Site site = new Site(Style.OVERLAY);
        site.connect(50_000, "shop/cart", "shop/stock", "shop/stock-1")
                .there(way -> way.from("west eno1"))
                .syn();
        site.connect(50_000, "shop/cart", "shop/stock", "shop/stock-1")
                .there(way -> way.until("east veth-cart"))
                .send(100);
        site.connect(50_000, "shop/cart", "shop/stock", "shop/stock-1")
                .skipSequence(100)
                .send(100);
        site.connect(50_000, "shop/cart", site.outside(443), null)
                .back(way -> way.from("east veth-cart"))
                .synAck();

        assertThat(site.flows()).hasSize(2);
        assertThat(site.flows().stream().mapToLong(Flow::packets).sum()).isEqualTo(4);
    }

    @Test
    void theSenderOfTheSynIsTheInitiator() {
        Site site = new Site(Style.ROUTED);
        site.connect("shop/cart", "shop/stock-1:40000").syn();

        assertThat(site.flows().getFirst().forward().packets()).isEqualTo(1);
    }

    /// The SYN was not captured; its answer tells who asked.
    @Test
    void theReceiverOfASynAckIsTheInitiator() {
        Site site = new Site(Style.ROUTED);
        site.connect("shop/cart", "shop/stock-1:40000").synAck();

        assertThat(site.flows().getFirst().reverse().packets()).isEqualTo(1);
    }

    /// In the middle of a connection a well-known port is the server's.
    @Test
    void theWellKnownPortIsTheResponders() {
        Site site = new Site(Style.ROUTED);
        site.connect("shop/cart", "shop/stock-1:443").receive(100);
        site.connect("shop/cart", "shop/stock-1:514").reply(20);
        site.connect("shop/cart", "shop/stock-1").pong();
        site.connect("shop/cart", "kube/dns", "kube/dns-1").answer(4, "a.example", 0);

        assertThat(site.flows())
                .hasSize(4)
                .allSatisfy(flow -> assertThat(flow.reverse().packets()).isEqualTo(1));
    }

    /// A client may use its port again at once; another initial sequence number tells.
    @Test
    void aSynWithAnotherSequenceNumberBeginsAnotherFlow() {
        Site site = new Site(Style.OVERLAY);
        site.connect(50_000, "shop/cart", "shop/stock", "shop/stock-1").whole();
        site.pause(1);
        Conversation again = site.connect(50_000, "shop/cart", "shop/stock", "shop/stock-1");
        again.skipSequence(5_000_000).whole();

        assertThat(site.flows()).hasSize(2).allSatisfy(flow -> assertThat(flow.packets())
                .isEqualTo(10));
    }

    @Test
    void aSynSentAgainBelongsToItsFlow() {
        Site site = new Site(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:80")
                .syn()
                .pause(1)
                .syn()
                .pause(2)
                .syn();

        assertThat(site.flows())
                .singleElement()
                .satisfies(flow -> assertThat(flow.tcp().initiator().syns()).isEqualTo(3));
    }

    /// After five minutes of silence a datagram begins another conversation.
    @Test
    void aDatagramAfterLongSilenceBeginsAnotherFlow() {
        Site site = new Site(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:514")
                .datagram(9)
                .pause(290)
                .datagram(9)
                .pause(310)
                .datagram(9);

        assertThat(site.flows()).extracting(Flow::packets).containsExactly(2L, 1L);
    }

    @Test
    void anIcmpErrorBelongsToTheFlowItQuotes() {
        Site site = new Site(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock", "shop/stock-1")
                .syn()
                .complain("west eno1", "192.0.2.12", 3, 13, 0)
                .complain("west eno1", "192.0.2.12", 3, 13, 0)
                .complain("west eno1", "192.0.2.12", 3, 1, 0);

        assertThat(site.flows()).singleElement().satisfies(flow -> {
            assertThat(flow.packets()).isEqualTo(1);
            assertThat(flow.icmpReports()).extracting(IcmpReport::count).containsExactly(2, 1);
            assertThat(flow.icmpReports()).allMatch(IcmpReport::aboutForward);
        });
    }

    @Test
    void beyondItsBoundTheIdlestFlowIsRetired() {
        Site site = new Site(Style.ROUTED);
        Conversation first = site.connect("shop/cart", "shop/stock-1:1").datagram(10);
        Conversation second = site.connect("shop/cart", "shop/stock-1:2").datagram(10);
        first.datagram(10);
        site.connect("shop/cart", "shop/stock-1:3").datagram(10);
        second.datagram(10);
        List<Flow> retired = new ArrayList<>();
        FlowTable table = new FlowTable(retired::add, stage -> false, 2);

        site.journeys().forEach(table::add);

        assertThat(table.retiredEarly()).isEqualTo(2);
        assertThat(retired).extracting(Flow::number).containsExactly(1L, 0L);
        table.finish();
        assertThat(retired).extracting(Flow::packets).containsExactly(1L, 2L, 1L, 1L);
        assertThat(table.total()).isEqualTo(4);
    }

    @Test
    void manyFlowsKeepTheirPackets() {
        Site site = new Site(Style.ROUTED).scan("shop/cart", 3000).scan("shop/cart", 3000);

        assertThat(site.flows()).hasSize(3000).allMatch(flow -> flow.packets() == 2);
    }
}

package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Conversation;
import hopline.flows.site.Recording;
import hopline.flows.site.Report;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetransmissionsTest {

    private static final int IDENTIFICATION = 18;
    private static final int SOURCE_PORT = 34;

    /// Counts at the one point where the sender's segments are seen; handshake and end take sequence numbers, too.
    @ParameterizedTest
    @CsvSource({"4, 20, false", "5, 20, true", "5, 240, true", "5, 300, false", "8, 380, true"})
    void fiveSegmentsAndTwoPercent(int resent, int segments, boolean found) {
        Site site = new Site(Style.OVERLAY);
        Conversation conversation =
                site.connect("shop/cart", "shop/stock-1:7000").open();
        for (int i = 0; i < segments; i++) {
            conversation.send(500).acked();
            if (i < resent) {
                conversation.pause(0.3).resend();
            }
        }
        conversation.close();

        Report report = site.analyze();

        assertThat(report.faults()).hasSize(found ? 1 : 0).allSatisfy(said -> {
            assertThat(said.rule()).isEqualTo("retransmissions");
            assertThat(said.severity()).isEqualTo("warning");
            assertThat(said.at()).isEqualTo("east veth-cart");
            assertThat(said.flows()).containsExactly("shop/cart > shop/stock-1");
        });
    }

    /// Where the first copies were seen last is where they get lost.
    @Test
    void theLossIsLocated() {
        Site site = Site.busy(Style.OVERLAY);
        Conversation conversation =
                site.connect("shop/cart", "shop/stock-1:7000").open();
        for (int i = 0; i < 20; i++) {
            conversation.send(500).acked();
            if (i % 3 == 0) {
                conversation.losing("west eno1").send(500).pause(0.3).resend().acked();
            }
        }
        conversation.close();

        Report report = site.later();

        assertThat(report.faults()).hasSize(1);
        assertThat(report.finding("retransmissions").lead().place().lastSeen())
                .hasValueSatisfying(point -> assertThat(point).hasToString("west eno1"));
        assertThat(report.finding("retransmissions").lead().claim().actual()).startsWith("7 of ");
    }

    /// Each connection loses little, all of them at one place much.
    @Test
    void manyConnectionsLoseAtOnePlace() {
        Site site = Site.busy(Style.OVERLAY);
        for (int i = 0; i < 6; i++) {
            site.connect("shop/cart", "shop/stock-1:7000")
                    .open()
                    .losing("east eno1")
                    .send(500)
                    .pause(0.3)
                    .resend()
                    .acked()
                    .close();
        }

        assertThat(site.later().said()).hasSize(1).first().satisfies(said -> {
            assertThat(said.rule()).isEqualTo("retransmissions");
            assertThat(said.at()).isEqualTo("east eno1");
            assertThat(said.flows()).hasSize(6);
        });
    }

    /// A busy place does not hide how much the one connection suffers that the finding is about.
    @Test
    void theNumbersAreOfTheConnectionsConcerned() {
        Site site = Site.busy(Style.OVERLAY);
        Conversation healthy = site.connect("shop/till", "shop/stock-1:7000").open();
        for (int i = 0; i < 400; i++) {
            healthy.send(500).acked();
        }
        losing(site, 6);
        losing(site, 1);

        Report report = site.later();

        assertThat(report.faults()).hasSize(1).first().satisfies(said -> {
            assertThat(said.flows()).containsExactly("shop/cart > shop/stock-1");
            assertThat(said.actual()).isEqualTo("6 of 14 segments (42.9 %) sent again");
        });
    }

    /// Where the place loses many, each connection that loses some is concerned.
    @Test
    void theNumbersAreOfAllConnectionsConcerned() {
        Site site = Site.busy(Style.OVERLAY);
        for (int i = 0; i < 3; i++) {
            losing(site, 6);
            losing(site, 1);
        }

        assertThat(site.later().faults()).hasSize(1).first().satisfies(said -> {
            assertThat(said.flows()).hasSize(6);
            assertThat(said.actual()).isEqualTo("21 of 54 segments (38.9 %) sent again");
        });
    }

    /// So many flows that they are judged in rounds: the first does not know what the last will.
    @Test
    void theNumbersAreOfAllRounds() {
        Site site = Site.busy(Style.OVERLAY);
        losing(site, 6);
        site.pause(3).connect("shop/cart", "203.0.113.77:4444").datagram(8);
        Recording datagram = site.recordings().getLast();
        List<Recording> datagrams = IntStream.range(1, 62_000)
                .mapToObj(number -> numbered(datagram, number))
                .toList();
        site.changeRecordings(
                all -> Stream.concat(all.stream(), datagrams.stream()).toList());
        site.pause(3);
        losing(site, 6);
        losing(site, 6);

        Report report = site.later();

        assertThat(report.analysis().flowsTotal()).isGreaterThan(62_000);
        assertThat(report.faults()).hasSize(1).first().satisfies(said -> {
            assertThat(said.flows()).hasSize(3);
            assertThat(said.actual()).isEqualTo("18 of 42 segments (42.9 %) sent again");
        });
    }

    /// The same datagram from another port.
    private static Recording numbered(Recording datagram, int number) {
        byte[] frame = datagram.frame().clone();
        ByteBuffer.wrap(frame).putShort(IDENTIFICATION, (short) number).putShort(SOURCE_PORT, (short) number);
        long nanos = datagram.nanos() + number * 1_000L;
        return new Recording(
                datagram.node(), datagram.point(), nanos, datagram.order(), frame, datagram.originalLength());
    }

    private static void losing(Site site, int segments) {
        Conversation conversation =
                site.connect("shop/cart", "shop/stock-1:7000").open();
        for (int i = 0; i < segments; i++) {
            conversation.losing("west eno1").send(500).pause(0.3).resend().acked();
        }
        conversation.close();
    }

    /// A keep-alive repeats an octet that was acknowledged, to see whether somebody is there.
    @Test
    void keepAlivesAreNoRetransmissions() {
        Site site = Site.busy(Style.OVERLAY);
        Conversation conversation =
                site.connect("shop/cart", "shop/stock-1:7000").open().send(10).acked();
        for (int i = 0; i < 9; i++) {
            conversation.pause(1).keepAlive().acked();
        }

        assertThat(site.later().said()).isEmpty();
    }
}

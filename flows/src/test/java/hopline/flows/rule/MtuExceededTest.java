package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Conversation;
import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MtuExceededTest {

    private static final int FRAGMENTATION_NEEDED = 4;

    /// The classical black hole: the handshake works, the first large segment and its resends do not arrive.
    @ParameterizedTest
    @EnumSource(
            value = Style.class,
            names = {"OVERLAY", "OVERLAY6", "ROUTED"})
    void largeSegmentsEndWithoutAnyIcmp(Style style) {
        Site site = Site.busy(style);
        Conversation conversation =
                site.connect("shop/cart", "shop/stock-1:7000").open().send(300).acked();
        conversation.losing(site.uplink("east")).send(1448);
        for (int i = 0; i < 3; i++) {
            conversation.pause(0.3 + i).losing(site.uplink("east")).resend();
        }

        Report report = site.later();

        assertThat(report.faults()).hasSize(1);
        Finding finding = report.finding("mtu-exceeded");
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.certain()).isFalse();
        assertThat(finding.lead().place().point().orElseThrow()).hasToString(site.uplink("east"));
        int headers = style == Style.OVERLAY6 ? 72 : 52;
        assertThat(finding.lead().claim().actual()).isEqualTo(1448 + headers + " octets");
        assertThat(finding.lead().claim().expected())
                .isEqualTo("a size that passes, as " + (300 + headers) + " octets do");
        assertThat(finding.effects()).doesNotContainKey("mtu-exceeded");
        assertThat(report.flows("shop/cart > shop/stock-1"))
                .filteredOn(flow -> !flow.findings().isEmpty())
                .singleElement()
                .satisfies(flow -> assertThat(flow.verdict()).isEqualTo(Verdict.VANISHED));
    }

    /// Segments of any length, on any number of connections: one cause.
    @Test
    void allThatIsTooLargeIsOneFinding() {
        Site site = Site.busy(Style.OVERLAY);
        for (int octets : new int[] {1448, 1440, 1399}) {
            Conversation conversation = site.connect("shop/cart", "shop/stock-1:7000")
                    .open()
                    .send(octets - 1000)
                    .acked();
            conversation.losing("east eno1").send(octets);
            for (int i = 0; i < 3; i++) {
                conversation.pause(0.3).losing("east eno1").resend();
            }
        }

        assertThat(site.later().faults()).hasSize(1).first().satisfies(said -> {
            assertThat(said.rule()).isEqualTo("mtu-exceeded");
            assertThat(said.flows()).hasSize(3);
        });
    }

    /// Told, and still sending what is too large: then it is certain.
    @Test
    void theSenderDoesNotHeedTheRouter() {
        Site site = Site.busy(Style.OVERLAY);
        Conversation conversation =
                site.connect("shop/cart", site.outside(443)).open().send(100).acked();
        conversation.send(1448).complain("east eno1", "198.51.100.1", 3, FRAGMENTATION_NEEDED, 1400);
        for (int i = 0; i < 3; i++) {
            conversation.pause(0.4).resend();
        }

        Report report = site.later();

        assertThat(report.faults())
                .containsExactly(new Said(
                        "error",
                        "mtu-exceeded",
                        "east eno1",
                        "at most 1400 octets",
                        "1500 octets",
                        List.of("shop/cart > 203.0.113.80")));
        assertThat(report.finding("mtu-exceeded").certain()).isTrue();
    }

    /// Path MTU discovery at work.
    @Test
    void theSenderHeedsTheRouter() {
        Site site = Site.busy(Style.OVERLAY);
        Conversation conversation =
                site.connect("shop/cart", site.outside(443)).open().send(100).acked();
        conversation.send(1448).complain("east eno1", "198.51.100.1", 3, FRAGMENTATION_NEEDED, 1400);
        conversation.cutLast(1000).acked().sendRest().acked().close();

        assertThat(site.later().faults()).isEmpty();
    }

    @Test
    void oneLostLargeSegmentProvesNothing() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .open()
                .send(300)
                .losing("east eno1")
                .send(1448)
                .pause(0.3)
                .resend()
                .acked()
                .close();

        assertThat(site.later().said()).isEmpty();
    }

    /// Nothing passes, whatever its size.
    @Test
    void whereSmallSegmentsEndTooItIsNotTheirSize() {
        Site site = Site.busy(Style.OVERLAY);
        Conversation conversation = site.connect("shop/cart", "shop/stock-1:7000")
                .open()
                .there(way -> way.until("east eno1"))
                .send(300);
        for (int i = 0; i < 4; i++) {
            conversation.pause(0.3).resend();
        }

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("lost-between-nodes");
    }

    /// Who answers every ping got every ping, though the large ones went on in pieces that nobody tied to them.
    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void whatIsAnsweredHasArrived(boolean isAnswered, int found) {
        Site site = Site.busy(Style.OVERLAY);
        Conversation conversation =
                site.connect("shop/cart", "shop/stock-1").ping().pong().ping().pong();
        for (int i = 0; i < 4; i++) {
            conversation.losing("east eno1").ping(2_000);
            if (isAnswered) {
                conversation.pong();
            }
            conversation.pause(1);
        }

        assertThat(site.later().faults()).hasSize(found);
    }
}

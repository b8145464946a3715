package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hopline.flows.site.Conversation;
import hopline.flows.site.Recording;
import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FragmentMissingTest {

    private static final int FIRST = 0;
    private static final int SECOND = 1;

    private static Site losing(int piece, String lastSeen, int times) {
        Site site = Site.busy(Style.ROUTED);
        for (int i = 0; i < times; i++) {
            site.connect("shop/cart", "shop/stock-1:9000").pieces(3, piece, lastSeen);
        }
        return site;
    }

    @Test
    void laterPiecesAreLostBetweenTheNodes() {
        Report report = losing(SECOND, "east bond0", 2).later();

        assertThat(report.faults())
                .extracting(Said::severity, Said::rule, Said::at, Said::actual)
                .containsExactly(tuple("error", "fragment-missing", "east bond0", "nothing from octet 1480 on"));
        assertThat(report.finding("fragment-missing").certain()).isTrue();
        assertThat(report.finding("fragment-missing").lead().place().nextExpected())
                .hasValueSatisfying(point -> assertThat(point).hasToString("west bond0"));
    }

    @Test
    void theFirstPieceIsLostInsideANode() {
        assertThat(losing(FIRST, "west bond0", 3)
                        .later()
                        .finding("fragment-missing")
                        .lead()
                        .claim()
                        .actual())
                .isEqualTo("nothing from octet 0 on");
    }

    /// Where only one side is captured something else may be the cause.
    @Test
    void seenByTheReceiverAloneItIsLikely() {
        Report report = losing(SECOND, "east bond0", 2).withoutCaptureOf("east").later();

        assertThat(report.finding("fragment-missing").certain()).isFalse();
    }

    /// A capture filter on ports lets only first pieces pass.
    @Test
    void aPointThatShowsFirstPiecesOnlyProvesNothing() {
        Site site = losing(SECOND, "east bond0", 3).withoutCaptureOf("east");
        site.changeRecordings(recordings -> recordings.stream()
                .filter(recording -> !isLaterFragment(recording))
                .toList());

        assertThat(site.later().faults()).isEmpty();
    }

    private static boolean isLaterFragment(Recording recording) {
        byte[] frame = recording.frame();
        return frame[12] == 8 && frame[13] == 0 && ((frame[20] & 0x1f) != 0 || frame[21] != 0);
    }

    @Test
    void oneOfManyIsNothing() {
        Site site = losing(SECOND, "east bond0", 1);
        for (int i = 0; i < 4; i++) {
            site.connect("shop/cart", "shop/stock-1:9000").pieces(3);
        }

        assertThat(site.later().faults()).isEmpty();
    }

    @Test
    void allPiecesArrive() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "shop/stock-1:9000").pieces(5).pieces(1);

        assertThat(site.later().faults()).isEmpty();
    }

    /// The last pieces were on their way when the capture ended.
    @Test
    void theEndOfACaptureProvesNothing() {
        Site site = Site.busy(Style.ROUTED);
        for (int i = 0; i < 3; i++) {
            site.connect("shop/cart", "shop/stock-1:9000").pieces(3, SECOND, "east bond0");
        }

        assertThat(site.analyze().faults()).extracting(Said::rule).doesNotContain("fragment-missing");
    }

    /// A node that looks at whole datagrams shows them so on its bridge, and cuts what it sends on anew. What is
    /// no longer than a piece is not cut.
    @ParameterizedTest
    @CsvSource({"4472, 0", "1400, 1"})
    void putTogetherTheyAreNotLost(int octets, int found) {
        Site site = Site.busy(Style.ROUTED);
        Conversation conversation = site.connect("shop/cart", "shop/stock-1:9000");
        for (int i = 0; i < 6; i++) {
            conversation.pieces(3);
            conversation
                    .next(way -> way.from("east kube-br").until("east kube-br"))
                    .datagram(octets);
        }

        assertThat(site.later().faults()).hasSize(found);
    }
}

package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hopline.flows.site.Recording;
import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaptureIncompleteTest {

    @Test
    void aFileBreaksOff() {
        Site site = Site.busy(Style.OVERLAY).inOrder();
        Map<String, byte[]> files = new LinkedHashMap<>(site.files());
        byte[] west = files.get("west.pcapng");
        files.put("west.pcapng", Arrays.copyOf(west, west.length - 10));

        Report report = Site.analyze(Site.inputs(files), site.lists().cluster());

        assertThat(report.said()).hasSize(1).first().satisfies(said -> {
            assertThat(said.rule()).isEqualTo("capture-incomplete");
            assertThat(said.severity()).isEqualTo("note");
            assertThat(said.at()).startsWith("west ");
            assertThat(said.expected()).isEqualTo("a whole file");
        });
        assertThat(report.analysis().inputs().get(1).problem()).isPresent();
    }

    @Test
    void theCapturingSystemLostSome() {
        Site site = Site.busy(Style.WINDOWS).lost("north", 50);

        Report report = site.later();

        assertThat(report.said()).hasSize(1);
        assertThat(report.finding("capture-incomplete").lead().claim().actual()).startsWith("50 lost (");
        assertThat(report.analysis().inputs().get(2).lostRecords()).isEqualTo(50);
    }

    /// It was captured, and nothing came: another fault than that nobody captured there.
    @Test
    void aCaptureHoldsNoPacket() {
        Site site = Site.busy(Style.OVERLAY).inOrder();
        Map<String, byte[]> files = new LinkedHashMap<>(site.files());
        files.put("west.pcapng", Recording.pcapng("west", List.of("eth0", "cni0"), List.of(), 0));

        assertThat(Site.analyze(Site.inputs(files), site.lists().cluster()).said())
                .filteredOn(said -> said.rule().equals("capture-incomplete"))
                .extracting(Said::severity, Said::at, Said::expected)
                .containsExactly(tuple("note", "west eth0", "packets, as on the other nodes"));
    }

    /// The piece of a long capture that has only begun.
    @Test
    void anEmptyPieceLacksNothing() {
        Site site = Site.busy(Style.OVERLAY).inOrder();
        Map<String, byte[]> files = new LinkedHashMap<>(site.files());
        files.put("west_00002_20261121073818.pcapng", Recording.pcapng("west", List.of("eth0", "cni0"), List.of(), 0));

        assertThat(Site.analyze(Site.inputs(files), site.lists().cluster()).said())
                .extracting(Said::rule)
                .doesNotContain("capture-incomplete");
    }

    @Test
    void aNodeOfTheClusterWasNotCaptured() {
        Site site = Site.busy(Style.OVERLAY).withoutCaptureOf("north");

        assertThat(site.later().said())
                .extracting(Said::rule, Said::severity, Said::at, Said::actual)
                .containsExactly(tuple("capture-incomplete", "note", "north", "none of north"));
    }

    @Test
    void nodesThatWereNotCapturedAreOneFindingAtTheFirst() {
        Site site = Site.busy(Style.OVERLAY).withoutCaptureOf("west").withoutCaptureOf("north");

        assertThat(site.later().said())
                .filteredOn(said -> said.rule().equals("capture-incomplete"))
                .extracting(Said::at, Said::actual)
                .containsExactly(tuple("north", "none of north, west"));
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void wholeCapturesOfAllNodesAreComplete(Style style) {
        assertThat(Site.busy(style).later().said()).isEmpty();
    }
}

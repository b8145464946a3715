package hopline.flows.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.Captures;
import hopline.flows.rule.Verdict;
import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import hopline.flows.state.Cluster;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnalyzerTest {

    @Test
    void countsRecordsPacketsAndFlows() {
        Site site = new Site(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000").syn().synAck();

        Analysis analysis = site.analyze().analysis();

        assertThat(analysis.records()).isEqualTo(16);
        assertThat(analysis.distinctPackets()).isEqualTo(2);
        assertThat(analysis.flowsTotal()).isEqualTo(1);
        assertThat(analysis.limits()).isEmpty();
        assertThat(analysis.points()).hasSize(8);
        assertThat(analysis.inputs()).extracting(InputFacts::node).containsExactly("east", "west");
        assertThat(analysis.inputs().getFirst().capturePoints()).containsExactly("cbr0", "eno1", "tun7", "veth-cart");
        assertThat(analysis.verdicts()).containsExactly(Map.entry(Verdict.DELIVERED, 1L));
    }

    @Test
    void listsTheFlowsThatAFindingNamesFirstThenTheLargest() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:99").syn().isReset();

        List<FlowReport> flows =
                site.pause(1).healthyTraffic().analyze().analysis().flows();

        assertThat(flows.getFirst().findings()).isNotEmpty();
        assertThat(flows.subList(1, flows.size()))
                .allSatisfy(flow -> assertThat(flow.findings()).isEmpty());
        assertThat(flows.subList(1, flows.size()))
                .extracting(flow -> -flow.flow().flow().octets())
                .isSorted();
    }

    @Test
    void reportsTheFlowsThatAFindingNamesFirst() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:99").syn().isReset();
        site.pause(1).healthyTraffic();
        AnalysisOptions few = new AnalysisOptions(Set.of(), 3);

        Analysis analysis = Analyzer.analyze(
                Site.inputs(site.inOrder().files()), site.lists().cluster(), few, Progress.NONE);

        assertThat(analysis.flowsTotal()).isEqualTo(27);
        assertThat(analysis.flows()).hasSize(3);
        assertThat(analysis.flows())
                .filteredOn(flow -> !flow.findings().isEmpty())
                .hasSize(1);
        assertThat(analysis.verdicts()).containsEntry(Verdict.DELIVERED, 26L).containsEntry(Verdict.REFUSED, 1L);
    }

    /// More conversations than fit into the table: the idle ones go first, and the report says so.
    @Test
    void saysWhenThereAreMoreFlowsThanItKeeps() {
        Site site = new Site(Style.OVERLAY).scan("shop/cart", 110_000);

        Analysis analysis = site.analyze().analysis();

        assertThat(analysis.flowsTotal()).isEqualTo(110_000);
        assertThat(analysis.flows()).hasSize(AnalysisOptions.DEFAULT_FLOWS);
        assertThat(analysis.limits()).isNotEmpty().anyMatch(limit -> limit.contains("idle flows made room"));
    }

    @Test
    void saysWhenThereIsMoreToRememberThanItCan() {
        Site site = new Site(Style.OVERLAY).visited("shop/cart", 40_001);
        for (int i = 0; i < 16_385; i++) {
            site.asks("10.60.1.5", "10.61." + i / 250 + "." + i % 250, "east veth-cart");
        }
        for (int i = 0; i < 257; i++) {
            site.connect("shop/cart", "kube/dns", "kube/dns-1").query(9, "db.shop-" + i);
        }

        assertThat(site.analyze().analysis().limits())
                .anyMatch(limit -> limit.startsWith("more than 40000 addresses"))
                .anyMatch(limit -> limit.startsWith("1 messages of ARP"))
                .anyMatch(limit -> limit.startsWith("1 DNS questions"));
    }

    @Test
    void saysWhenRecordsStandTooFarOutOfOrder() {
        Site site = Site.busy(Style.OVERLAY).pause(10).healthyTraffic();
        site.changeRecordings(recordings -> {
            recordings.addLast(recordings.removeFirst());
            return recordings;
        });

        Report report = Site.analyze(Site.inputs(site.files()), site.lists().cluster());

        assertThat(report.analysis().limits()).anyMatch(limit -> limit.startsWith("1 records stand more than 2 s"));
    }

    @Test
    void whatCannotBeReadIsSaidAndTheRestIsAnalysed() {
        Site site = Site.busy(Style.OVERLAY).inOrder();
        List<CaptureInput> inputs = new ArrayList<>(Site.inputs(site.files()));
        inputs.add(new CaptureInput("gone.pcap", Optional.empty(), () -> {
            throw new NoSuchFileException("gone.pcap");
        }));
        byte[] text = "this is no capture\n".getBytes(StandardCharsets.US_ASCII);
        inputs.add(
                new CaptureInput("notes.txt", Optional.empty(), () -> Captures.open(new ByteArrayInputStream(text))));

        Analysis analysis = Analyzer.analyze(inputs, site.lists().cluster(), AnalysisOptions.defaults(), Progress.NONE);

        assertThat(analysis.flowsTotal()).isEqualTo(13);
        assertThat(analysis.inputs().get(3).problem()).hasValue("no such file");
        assertThat(analysis.inputs().get(3).format()).isEmpty();
        assertThat(analysis.inputs().get(4).problem()).isPresent();
        assertThat(analysis.findings()).isEmpty();
    }

    @Test
    void nothingIsNothing() {
        Analysis analysis = Analyzer.analyze(List.of(), Cluster.EMPTY, AnalysisOptions.defaults(), Progress.NONE);

        assertThat(analysis.records()).isZero();
        assertThat(analysis.findings()).isEmpty();
    }

    /// What the user says counts most, then the file's own comment.
    @Test
    void namesNodes() {
        Site site = Site.busy(Style.OVERLAY).inOrder();
        byte[] east = site.files().get("east.pcapng");

        Analysis said = Analyzer.analyze(
                List.of(new CaptureInput("x.pcapng.gz", Optional.of("nodeX"), () -> open(east))),
                Cluster.EMPTY,
                AnalysisOptions.defaults(),
                Progress.NONE);
        Analysis commented = Analyzer.analyze(
                List.of(new CaptureInput("x.pcapng.gz", Optional.empty(), () -> open(east))),
                Cluster.EMPTY,
                AnalysisOptions.defaults(),
                Progress.NONE);

        assertThat(said.inputs().getFirst().node()).isEqualTo("nodeX");
        assertThat(commented.inputs().getFirst().node()).isEqualTo("east");
        assertThat(new CaptureInput("dir/win-a.pcap.zst", Optional.empty(), () -> open(east)).baseName())
                .isEqualTo("win-a");
    }

    private static hopline.capture.CaptureReader open(byte[] file) throws java.io.IOException {
        return Captures.open(new ByteArrayInputStream(file));
    }

    /// Two files of one node are two views of it: the pods' side and the wire's.
    @Test
    void aNodeMayBeCapturedIntoSeveralFiles() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.until("east cbr0"))
                .syn()
                .pause(1)
                .syn();
        site.pause(3).healthyTraffic().inOrder();
        Map<String, byte[]> inside = new Site(Style.OVERLAY)
                .changeRecordings(none -> site.recordings())
                .withoutPoint("east eno1")
                .files();
        Map<String, byte[]> wire = new Site(Style.OVERLAY)
                .changeRecordings(none -> site.recordings())
                .withoutPoint("east cbr0")
                .withoutPoint("east tun7")
                .withoutPoint("east veth-cart")
                .withoutPoint("east veth-till")
                .withoutCaptureOf("west")
                .withoutCaptureOf("north")
                .files();
        Map<String, byte[]> files = new LinkedHashMap<>(inside);
        files.put("east-wire.pcapng", wire.get("east.pcapng"));

        Report report = Site.analyze(Site.inputs(files), site.lists().cluster());

        assertThat(report.said())
                .containsExactly(new Said(
                        "error",
                        "packet-vanished",
                        "east cbr0",
                        "next at east tun7",
                        "last seen at east cbr0",
                        List.of("shop/cart > shop/stock-1")));
    }

    /// The address went from a finished pod to a new one while capturing.
    @Test
    void aReusedAddressIsThePodsThatHeldItThen() {
        Site site = new Site(Style.ROUTED);
        site.connect("shop/cart", "10.60.2.7:7000").open().send(5).acked().close();
        site.pause(600);
        site.connect("shop/cart", "10.60.2.7:7000").open().send(5).acked().close();
        site.lists()
                .pod(
                        "shop/stock-1",
                        "west",
                        "10.60.2.7",
                        "\"phase\": \"Succeeded\", \"startTime\":"
                                + " \"2026-03-01T00:00:00Z\", \"containerStatuses\": [{\"state\": {\"terminated\":"
                                + " {\"finishedAt\": \"2026-03-05T08:41:00Z\"}}}]")
                .pod(
                        "shop/heir",
                        "west",
                        "10.60.2.7",
                        "\"phase\": \"Running\", \"startTime\":" + " \"2026-03-05T08:45:00Z\"");

        List<FlowReport> flows = site.analyze().analysis().flows();

        assertThat(flows)
                .extracting(flow -> flow.flow().responder().name())
                .containsExactly("shop/stock-1", "shop/heir");
        assertThat(flows)
                .extracting(flow -> flow.flow().category().label())
                .containsExactly("pod-to-pod", "pod-to-pod");
    }

    /// Of a connection that was open before, the first packet may be the server's: its service tells who is who.
    @Test
    void aConversationWhoseServerSpeaksFirstIsItsClientsStill() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/till", "shop/stock", "shop/stock-1")
                .receive(200)
                .ack()
                .send(100)
                .acked();

        Report report = site.later();

        assertThat(report.said()).isEmpty();
        assertThat(report.flows("shop/till > shop/stock"))
                .filteredOn(flow -> flow.flow().flow().tcp().initiator().syns() == 0)
                .singleElement()
                .satisfies(flow -> {
                    assertThat(flow.flow().flow().forward().packets()).isEqualTo(2);
                    assertThat(flow.flow().flow().reverse().packets()).isEqualTo(2);
                });
    }
}

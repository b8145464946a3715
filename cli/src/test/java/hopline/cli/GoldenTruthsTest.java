package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is known to be true of captures that other people made at several points, held against what `analyze`
/// says.
///
/// They lie beside a development checkout, under the system property `hopline.testdata`.
class GoldenTruthsTest {

    private static final String ANTREA = "k8s-containers/antrea-packet-capture__capture.pcap";
    private static final String RETIS = "k8s-containers/retis__test_events_packets.pcap";

    /// `if10 10.244.0.5->8.8.8.8 ttl=64 ipid=0x2997`
    private static final Pattern TAP = Pattern.compile("if(\\d+) (\\S+)->(\\S+) .*");

    private static Path corpus() {
        Path corpus = Path.of(System.getProperty("hopline.testdata", ""), "pcap");
        assumeTrue(Files.exists(corpus.resolve("facts/golden.json")), "no third-party captures beside this checkout");
        return corpus;
    }

    private static Json truths(Path corpus, String file) throws IOException {
        return Json.of(corpus.resolve("facts/golden.json")).get(file);
    }

    private static Json analysis(Path corpus, String file) {
        Session run =
                Session.of("analyze", "--format", "json", corpus.resolve(file).toString());
        assertThat(run.err()).isEmpty();
        return Json.of(run.out());
    }

    /// A ping from a pod: at its interface, at the bridge's, and behind the node's translation; `tcpdump -i
    /// any` put all of them into one file of one interface.
    @Test
    void aPingIsFollowedThroughTheInterfacesOfANodeAndItsTranslation() throws IOException {
        Path corpus = corpus();
        Json report = analysis(corpus, ANTREA);
        Set<List<String>> expected = new LinkedHashSet<>();
        truths(corpus, ANTREA).get("icmp_same_packet_at_taps").object().forEach((packet, taps) -> {
            List<String> stages = new ArrayList<>();
            for (Json tap : new Json(taps).array()) {
                Matcher matcher = TAP.matcher(tap.text());
                assertThat(matcher.matches()).isTrue();
                stages.add("interface " + matcher.group(1) + " " + matcher.group(2) + " " + matcher.group(3));
            }
            expected.add(stages);
        });

        Set<List<String>> paths = new LinkedHashSet<>();
        for (Json flow : icmpFlows(report)) {
            paths.add(stages(flow.get("path").get("forward")));
            paths.add(stages(flow.get("path").get("reverse")));
        }

        assertThat(paths).isEqualTo(expected);
        assertThat(report.get("findings").array()).isEmpty();
    }

    @Test
    void everyInterfaceOfACaptureOnAllIsAPoint() throws IOException {
        Path corpus = corpus();
        Json report = analysis(corpus, ANTREA);
        Set<String> expected = new TreeSet<>();
        for (String index :
                truths(corpus, ANTREA).get("frames_per_ifindex").object().keySet()) {
            expected.add("interface " + index);
        }

        Set<String> points = new TreeSet<>();
        report.get("inputs").array().getFirst().get("capturePoints").array().forEach(point -> points.add(point.text()));

        assertThat(points).isEqualTo(expected);
    }

    /// Probes of a kernel: what one packet passes is one journey. A path names each point once, at its first
    /// visit; two of these probes see every packet twice, before and after the bridge.
    @Test
    void aPacketAtManyProbesIsOnePacket() throws IOException {
        Path corpus = corpus();
        Json report = analysis(corpus, RETIS);
        Map<String, Object> truths = truths(corpus, RETIS).get("packets").object();
        List<List<String>> expected =
                visits(truths).stream().map(GoldenTruthsTest::once).toList();

        Json flow = icmpFlows(report).getFirst();

        assertThat(report.get("packets").get("distinct").number()).isEqualTo(truths.size());
        assertThat(flow.get("forward").get("packets").number()
                        + flow.get("reverse").get("packets").number())
                .isEqualTo(truths.size());
        assertThat(expected).contains(points(flow.get("path").get("forward")));
        assertThat(expected).contains(points(flow.get("path").get("reverse")));
    }

    /// Both visits to a point are records of the same packet: the way names it at the first, and the second is told
    /// beside it.
    @Test
    void everyVisitOfAPacketToAProbeIsItsOwnInTheOrderTheyHappened() throws IOException {
        Path corpus = corpus();
        List<List<String>> expected =
                visits(truths(corpus, RETIS).get("packets").object());

        Session run =
                Session.of("packets", "--format", "jsonl", corpus.resolve(RETIS).toString());
        List<Json> packets = run.out().lines().map(Json::of).toList();

        assertThat(packets).extracting(GoldenTruthsTest::visits).isEqualTo(expected);
        assertThat(packets)
                .extracting(packet -> points(packet.get("stages")))
                .isEqualTo(expected.stream().map(GoldenTruthsTest::once).toList());
    }

    /// The points of each packet, in order.
    private static List<List<String>> visits(Map<String, Object> truths) {
        return truths.values().stream()
                .map(points -> new Json(points).array().stream().map(Json::text).toList())
                .toList();
    }

    /// The points of all records of a packet, in the order of the file.
    private static List<String> visits(Json packet) {
        return Stream.of("stages", "copies")
                .flatMap(kind -> packet.get(kind).array().stream())
                .sorted(Comparator.comparingLong(visit -> visit.get("record").number()))
                .map(visit -> visit.get("point").text())
                .toList();
    }

    private static List<String> once(List<String> points) {
        return points.stream().distinct().toList();
    }

    private static List<Json> icmpFlows(Json report) {
        return report.get("flows").array().stream()
                .filter(flow -> flow.get("protocol").text().equals("ICMP"))
                .toList();
    }

    private static List<String> stages(Json path) {
        return path.array().stream()
                .map(hop -> hop.get("point").text() + " " + hop.get("source").text() + " "
                        + hop.get("destination").text())
                .toList();
    }

    private static List<String> points(Json path) {
        return path.array().stream().map(hop -> hop.get("point").text()).toList();
    }
}

package hopline.flows.state.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every sample that others published is read, or refused for what it is.
class StateSamplesTest {

    private static final Path SAMPLES =
            Path.of(System.getProperty("hopline.testdata", "../shared/data")).resolve("state");

    /// What is no node state, and what the refusal calls it.
    private static final Map<String, String> REFUSED = Map.of(
            "netsh/aks-netsh-start-stop-output.txt", "what netsh says",
            "linux/calico5171-tcpdump-vxlan4096.txt", "printed by tcpdump",
            "pktmon/mslearn-packetloss-etl2txt-drop.txt", "printed by pktmon or netsh",
            "pktmon/mslearn-packetloss-netsh-convert.txt", "printed by pktmon or netsh",
            "pktmon/wc439-etl2txt-ws2022-l2bridge-fragment1.txt", "printed by pktmon or netsh",
            "pktmon/wc439-etl2txt-ws2022-l2bridge-fragment2.txt", "printed by pktmon or netsh",
            "pktmon/pktmon-event-templates.tsv", "text of no known kind");

    /// Damage that the list of samples tells of, and that must be told with its line.
    private static final Map<String, String> DAMAGED = Map.of(
            "cni/wcn-flannel_l2bridge.conf", "no-break spaces",
            "cni/wcn-flannel_overlay.conf", "no-break spaces",
            "cni/calico-cni.conf.template", "placeholder",
            "cni/seed001-typo-exceptionlist-fragment.txt", "without the brace",
            "hns/seed001-policy-elb-dns.json", "trailing comma",
            "hns/seed001-policy-elb-fragment.json.txt", "without the brace",
            "hns/seed001-endpoint-fragment.json.txt", "without the brace",
            "hns/calico-overlay-endpoint-fragment.json.txt", "left out",
            "hns/calico4682-endpoint-fragment.json.txt", "ends inside");

    static List<String> samples() throws IOException {
        Path manifest = SAMPLES.resolve("MANIFEST.tsv");
        if (!Files.exists(manifest)) {
            return List.of("(no samples beside this checkout)");
        }
        return Files.readAllLines(manifest).stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf('\t')))
                .toList();
    }

    @BeforeEach
    void samplesAreThere() {
        assumeTrue(Files.exists(SAMPLES.resolve("MANIFEST.tsv")), "no samples in " + SAMPLES);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isReadOrRefusedForWhatItIs(String sample) {
        StateFinder finder = new StateFinder();
        finder.add(SAMPLES.resolve(sample).toString());
        FileReport report = StateReader.read(finder).files().getFirst();
        String refusal = REFUSED.get(sample);
        if (refusal != null) {
            assertThat(report.isUsed()).isFalse();
            assertThat(report.problem())
                    .hasValueSatisfying(reason -> assertThat(reason).contains(refusal));
            return;
        }
        assertThat(report.isUsed()).as(report.toString()).isTrue();
        assertThat(report.problem()).isEmpty();
        String damage = DAMAGED.getOrDefault(sample, "");
        assertThat(report.damage().toString()).contains(damage);
        if (damage.isEmpty()) {
            assertThat(report.damage()).isEmpty();
        } else {
            assertThat(report.damage())
                    .allSatisfy(note -> assertThat(note.first().line()).isPositive());
        }
    }
}

package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The lab's captures against what its nodes have programmed.
class PredictionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TUNNEL_PORT = "8472";

    static Stream<String> healthy() {
        return SampleCaptures.names().stream().filter(name -> name.startsWith("healthy-"));
    }

    /// Faults, the finding, and what the state says of it.
    static Stream<List<String>> faults() {
        return Stream.of(
                List.of("service-wrong-backend", "service-wrong-backend", "10.42.2.29:8080"),
                List.of("service-wrong-port", "service-wrong-port", "dnat 10.43.80.15:80 → 10.42.2.21:8081"),
                List.of("snat-unexpected", "snat-unexpected", "ip network-plugin postrouting"),
                List.of("snat-missing", "snat-missing", "no rule that was read"),
                List.of(
                        "vxlan-wrong-remote",
                        "vxlan-wrong-remote",
                        "forwarding entry 0e:5b:6c:11:a4:0b dst 172.30.0.13"),
                List.of("vxlan-vni-mismatch", "vxlan-vni-mismatch", "its VNI is 4096, the interface's 1"),
                List.of("wrong-next-hop", "wrong-next-hop", "by route 0.0.0.0/0"),
                List.of("packet-vanished", "packet-vanished", "a rule drops it"),
                List.of("ttl-expired", "ttl-expired", "its time to live ran out"));
    }

    private static JsonNode analysis(String name) throws IOException {
        Path folder = SampleCaptures.folder(name);
        Session session = Session.of(
                "analyze",
                "--format",
                "json",
                "--vxlan-port",
                TUNNEL_PORT,
                folder.toString(),
                "--state",
                folder.resolve("state").toString());
        return JSON.readTree(session.out());
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void everyHealthyFlowIsAsPredicted(String name) throws IOException {
        List<String> contradicted = new ArrayList<>();
        for (JsonNode flow : analysis(name).path("flows")) {
            for (String direction : List.of("forward", "reverse")) {
                JsonNode ruling = flow.path("expected").path(direction);
                if (ruling.path("ruling").asText().equals("contradicted")) {
                    contradicted.add(flow.path("id").asText() + " " + direction + ": " + ruling.path("difference"));
                }
            }
        }

        assertThat(contradicted).isEmpty();
    }

    static Stream<String> captured() {
        return SampleCaptures.names().stream()
                .filter(name -> Files.isDirectory(SampleCaptures.folder(name).resolve("state")));
    }

    /// What is wrong stays wrong when the state shows why: only what nodes and cluster agree on may fall silent.
    @ParameterizedTest
    @MethodSource("captured")
    void theStateHidesNoFault(String name) throws IOException {
        JsonNode without = JSON.readTree(Session.of(
                        "analyze",
                        "--format",
                        "json",
                        "--vxlan-port",
                        TUNNEL_PORT,
                        SampleCaptures.folder(name).toString())
                .out());

        assertThat(faults(analysis(name))).containsAll(faults(without));
    }

    private static Set<String> faults(JsonNode analysis) {
        Set<String> rules = new TreeSet<>();
        for (JsonNode finding : analysis.path("findings")) {
            if (!finding.path("severity").asText().equals("note")) {
                rules.add(finding.path("rule").asText());
            }
        }
        return rules;
    }

    @ParameterizedTest
    @MethodSource("faults")
    void theFindingCitesWhatIsProgrammed(List<String> fault) throws IOException {
        List<String> said = new ArrayList<>();
        for (JsonNode finding : analysis(fault.getFirst()).path("findings")) {
            if (finding.path("rule").asText().equals(fault.get(1))) {
                said.add(finding.path("state").path("text").asText());
            }
        }

        assertThat(said).isNotEmpty().allSatisfy(text -> assertThat(text).contains(fault.get(2)));
    }
}

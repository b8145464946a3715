package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every sample capture through the real command line: the whole text that people read, and the findings and flows that
/// programs read, next to the captures as `NAME.expected.txt` and `NAME.expected.json`.
class SampleCapturesTest {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    static List<String> names() {
        return SampleCaptures.names();
    }

    static Stream<String> healthy() {
        return names().stream().filter(name -> name.startsWith("healthy-") || name.equals("clock-offset"));
    }

    static Stream<String> faulty() {
        return names().stream().filter(name -> !name.startsWith("healthy-") && !name.startsWith("clock-"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void theTextIsAsExpected(String name) throws IOException {
        Session session = analyze(name);
        GoldenFile.check(expected(name, "txt"), session.out());
    }

    @ParameterizedTest
    @MethodSource("names")
    void findingsAndFlowsAreAsExpected(String name) throws IOException {
        JsonNode report = JSON.readTree(analyze(name, "--format", "json").out());
        ObjectNode told = JSON.createObjectNode();
        told.set("packets", report.get("packets"));
        told.set("findings", report.get("findings"));
        told.set("flows", JSON.valueToTree(flows(report)));
        GoldenFile.check(expected(name, "json"), JSON.writeValueAsString(told).replace("\r\n", "\n") + "\n");
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void healthyTrafficGivesNoErrorAndNoWarning(String name) throws IOException {
        Session session = analyze(name, "--format", "json");
        assertThat(JSON.readTree(session.out()).get("findings").findValuesAsText("severity"))
                .doesNotContain("error", "warning");
        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(session.err()).isEmpty();
    }

    /// Folders are named after the rule they show; what follows the rule's id tells variants apart.
    @ParameterizedTest
    @MethodSource("faulty")
    void theFaultThatAFolderIsNamedAfterIsFound(String name) throws IOException {
        JsonNode findings =
                JSON.readTree(analyze(name, "--format", "json").out()).get("findings");
        assertThat(findings.findValuesAsText("rule")).anyMatch(name::startsWith);
    }

    @Test
    void thereAreAtLeastFourteenFaults() {
        assertThat(faulty()).hasSizeGreaterThanOrEqualTo(14);
    }

    private static Session analyze(String name, String... options) {
        List<String> arguments = new ArrayList<>(List.of("analyze"));
        arguments.addAll(List.of(options));
        arguments.add(SampleCaptures.folder(name).toString());
        return Session.of(arguments.toArray(String[]::new));
    }

    private static Path expected(String name, String kind) {
        return SampleCaptures.folder(name).resolve(name + ".expected." + kind);
    }

    /// A line for each flow, in the order they were found: enough to see that it was rebuilt as it was.
    private static List<String> flows(JsonNode report) {
        List<JsonNode> flows = new ArrayList<>();
        report.get("flows").forEach(flows::add);
        flows.sort(Comparator.comparingInt(
                flow -> Integer.parseInt(flow.get("id").asText().substring(1))));
        List<String> lines = new ArrayList<>();
        for (JsonNode flow : flows) {
            lines.add(String.join(
                    " ",
                    flow.get("id").asText(),
                    flow.get("protocol").asText(),
                    end(flow.get("initiator")),
                    end(flow.get("target")),
                    end(flow.get("responder")),
                    flow.get("category").asText(),
                    flow.get("verdict").asText(),
                    points(flow.at("/path/forward")) + " / " + points(flow.at("/path/reverse"))));
        }
        return lines;
    }

    private static String end(JsonNode party) {
        return party.isMissingNode() || party.isNull()
                ? "-"
                : party.path("ip").asText() + ":" + party.path("port").asText("-");
    }

    private static String points(JsonNode path) {
        List<String> points = new ArrayList<>();
        path.forEach(hop ->
                points.add(hop.get("node").asText() + "." + hop.get("point").asText()));
        return String.join(" ", points);
    }
}

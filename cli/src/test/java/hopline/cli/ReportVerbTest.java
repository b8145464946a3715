package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The report as one page. What a person sees of it is tested in [BrowserTest].
class ReportVerbTest {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @TempDir
    Path folder;

    static List<String> samples() {
        return SampleCaptures.names();
    }

    private ReportPage report(String name) throws IOException {
        Path page = folder.resolve("page.html");
        Session session = Session.of("report", SampleCaptures.folder(name).toString(), "-o", page.toString());
        assertThat(session.exitCode()).isNotIn(ExitCode.USAGE, ExitCode.ENVIRONMENT);
        assertThat(session.out()).isEmpty();
        return new ReportPage(Files.readString(page));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void thePageHoldsTheWholeAnalysisAndEveryPacketItPromises(String name) throws IOException {
        ReportPage page = report(name);
        Session analyzed = Session.of(
                "analyze", "--format", "json", SampleCaptures.folder(name).toString());
        JsonNode analysis = page.json("analysis");
        assertThat(analysis).isEqualTo(JSON.readTree(analyzed.out()));

        JsonNode view = page.json("view");
        for (JsonNode flow : analysis.get("flows")) {
            JsonNode extra = view.at("/flows/" + flow.get("id").asText());
            assertThat(extra.has("page")).as("packets of " + flow.get("id")).isTrue();
            List<JsonNode> packets =
                    packets(page, extra.get("page").asInt(), flow.get("id").asText());
            assertThat(packets).as("packets of " + flow.get("id")).isNotEmpty();
        }
        for (JsonNode finding : analysis.get("findings")) {
            assertThat(view.at("/findings/" + finding.get("id").asText() + "/where")
                            .asText())
                    .isNotEmpty();
            assertThat(view.at("/rules").has(finding.get("rule").asText())).isTrue();
        }
    }

    private static List<JsonNode> packets(ReportPage page, int number, String flow) throws IOException {
        return Stream.of(page.data("packets-" + number).split("\n"))
                .filter(line -> !line.isBlank())
                .map(ReportVerbTest::read)
                .filter(packet -> packet.path("flow").asText().equals(flow))
                .toList();
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aStrictPolicyAllowsTheScriptAndTheStyleAndNothingElse() throws IOException {
        ReportPage page = report("service-wrong-backend");
        assertThat(page.html()).contains("content=\"" + page.policyThatFits() + "\"");
        assertThat(page.markup())
                .doesNotContain("<script", " style=", "javascript:", "http-equiv=\"refresh\"")
                .doesNotContainPattern("(?i)\\son[a-z]+=")
                .doesNotContainPattern("(?:src|href)=\"(?!#)");
    }

    @Test
    void everyRecordIsShownWithItsHeadersAndWhereTheyBegin() throws IOException {
        ReportPage page = report("service-wrong-backend");
        JsonNode syn = packets(page, 0, "f5").getFirst();
        assertThat(syn.get("summary").asText()).isEqualTo("SYN");
        JsonNode first = syn.at("/stages/0");
        assertThat(first.get("layers").findValuesAsText("layer")).containsExactly("ethernet", "ipv4", "tcp");
        assertThat(first.get("layers").findValuesAsText("offset")).containsExactly("0", "14", "34");
        assertThat(first.get("octets").asText()).hasSize(2 * 74).startsWith("2a1cc276347e0a580a2a010b0800");
        assertThat(syn.at("/stages/1/rewrites/0/to").asText()).isEqualTo("10.42.2.29:8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"service-wrong-backend", "packet-dropped", "arp-unanswered", "healthy-overlay"})
    void whatThePageShowsBesideTheAnalysisIsAsExpected(String name) throws IOException {
        ObjectNode shown = (ObjectNode) report(name).json("view");
        shown.remove("rules"); // their pages have tests of their own
        String view = JSON.writeValueAsString(shown).replace("\r\n", "\n") + "\n";
        GoldenFile.check(Path.of("src/test/resources/hopline/cli/report-" + name + ".json"), view);
    }

    @Test
    void chartsAreDrawnForScreensAndForPhones() throws IOException {
        String markup = report("service-wrong-backend").markup();
        assertThat(markup.split("<figure class=\"chart\">", -1)).hasSize(4);
        assertThat(markup.split("</svg", -1)).hasSize(1 + 1 + 6);
        assertThat(markup).contains("class=\"f-accent\"").doesNotContain("rgb(251");
    }

    @Test
    void drawingTwiceGivesTheSamePage() throws IOException {
        assertThat(report("packet-dropped")).isEqualTo(report("packet-dropped"));
    }

    @Test
    void findingsMakeTheExitCode() throws IOException {
        String faulty = SampleCaptures.folder("service-wrong-backend").toString();
        String out = folder.resolve("x.html").toString();
        assertThat(Session.of("report", faulty, "-o", out).exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(Session.of("report", faulty, "-o", out, "--fail-on", "never").exitCode())
                .isEqualTo(ExitCode.CLEAN);
    }

    @Test
    void theOutputMustBeNamedAndWritable() {
        String sample = SampleCaptures.folder("packet-dropped").toString();
        assertThat(Session.of("report", sample).exitCode()).isEqualTo(ExitCode.USAGE);
        Session unwritable =
                Session.of("report", sample, "-o", folder.resolve("none/x.html").toString());
        assertThat(unwritable.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(unwritable.messages()).singleElement().asString().contains("x.html: no such folder");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void standardOutputTakesThePage() {
        Session session =
                Session.of("report", SampleCaptures.folder("packet-dropped").toString(), "-o", "-");
        assertThat(session.out()).startsWith("<!doctype html>").endsWith("</html>\n");
    }

    @Test
    void namesFromPacketsStandInThePageAsTextOnly() throws IOException {
        Path capture = folder.resolve("hostile.pcap");
        Files.write(capture, HostileCapture.pcap());
        Path page = folder.resolve("hostile.html");
        String node = "<img src=x onerror=hostile>".replace("=", "\uFF1D"); // an option is split at the first one
        Session.of("report", "--node", node + "=" + capture, capture.toString(), "-o", page.toString());
        ReportPage report = new ReportPage(Files.readString(page));
        assertThat(report.markup()).doesNotContain("<img", "<iframe", "<script", "onerror=hostile=1>");
        assertThat(report.html()).contains("content=\"" + report.policyThatFits() + "\"");
        assertThat(report.data("analysis")).contains("<img src\uFF1Dx", "srcdoc='<script>");
    }
}

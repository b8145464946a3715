package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Captures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The flows of a sample capture in the forms of other programs.
class FlowExportsTest {

    private static final String SAMPLE =
            SampleCaptures.folder("service-wrong-backend").toString();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> HUBBLE_FIELDS = Set.of(
            "time",
            "uuid",
            "verdict",
            "drop_reason_desc",
            "ethernet",
            "IP",
            "l4",
            "tunnel",
            "source",
            "destination",
            "Type",
            "node_name",
            "source_service",
            "destination_service",
            "event_type",
            "traffic_direction",
            "trace_observation_point",
            "is_reply",
            "interface",
            "Summary",
            "hopline");

    @TempDir
    Path folder;

    @Test
    void csvHasAsManyColumnsInEveryLineAsInItsHeading() {
        List<String> lines =
                Session.of("flows", "--format", "csv", SAMPLE).out().lines().toList();

        assertThat(lines).hasSize(15);
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(24));
        assertThat(lines.get(5)).contains("mistranslated,pod-to-service,tcp,10.42.1.11,46728,shop/client");
    }

    @Test
    void zeeksLinesHaveTheFieldsOfTheirHeading() {
        List<String> lines =
                Session.of("flows", "--format", "zeek", SAMPLE).out().lines().toList();

        assertThat(lines.subList(0, 5))
                .containsExactly(
                        "#separator \\x09",
                        "#set_separator\t,",
                        "#empty_field\t(empty)",
                        "#unset_field\t-",
                        "#path\tconn");
        assertThat(lines.get(5)).matches("#open\t\\d{4}(-\\d\\d){5}");
        assertThat(lines.get(6).split("\t")).hasSize(23);
        assertThat(lines.get(7).split("\t")).hasSize(23);
        assertThat(lines.getLast()).startsWith("#close\t");
        assertThat(lines.subList(8, lines.size() - 1)).hasSize(14).allSatisfy(line -> {
            assertThat(line.split("\t")).hasSize(22);
            assertThat(line).matches("\\d+\\.\\d{6}\tC[0-9A-Za-z]{17}\t.*");
        });
        assertThat(lines.get(10)).contains("\tSF\tT\tT\t0\tShADadFf\t");
        assertThat(lines.get(12)).contains("\tS0\t");
    }

    @Test
    void hubblesLinesHaveTheNamesOfItsFieldsAndFitItsReader() throws IOException {
        Set<String> points = new HashSet<>();
        for (String line :
                Session.of("flows", "--format", "hubble", SAMPLE).out().lines().toList()) {
            JsonNode response = JSON.readTree(line);
            assertThat(line.length()).isLessThan(1 << 16);
            assertThat(names(response)).containsExactlyInAnyOrder("flow", "node_name", "time");
            assertThat(HUBBLE_FIELDS).containsAll(names(response.get("flow")));
            assertThat(response.at("/flow/verdict").asText()).isIn("FORWARDED", "DROPPED");
            assertThat(response.at("/flow/IP/ipVersion").asText()).isEqualTo("IPv4");
            points.add(response.at("/flow/trace_observation_point").asText());
        }
        assertThat(points).contains("FROM_ENDPOINT", "TO_OVERLAY", "FROM_NETWORK", "TO_ENDPOINT");
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void documentsOfTheElasticSchemaSayWhatBecameOfAFlow() throws IOException {
        List<String> lines =
                Session.of("flows", "--format", "ecs", SAMPLE).out().lines().toList();
        JsonNode wrong = JSON.readTree(lines.get(4));

        assertThat(lines).hasSize(14);
        assertThat(wrong.at("/event/outcome").asText()).isEqualTo("failure");
        assertThat(wrong.at("/destination/ip").asText()).isEqualTo("10.43.80.15");
        assertThat(wrong.at("/destination/nat/ip").asText()).isEqualTo("10.42.2.29");
        assertThat(wrong.at("/network/community_id").asText()).startsWith("1:");
    }

    @Test
    void aCollectorGetsTemplatesAndARecordForEachFlow() throws IOException {
        try (DatagramSocket collector = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            collector.setSoTimeout(10_000);

            Session session = Session.of("flows", "--collector", "udp://127.0.0.1:" + collector.getLocalPort(), SAMPLE);

            assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
            DatagramPacket datagram = new DatagramPacket(new byte[1 << 16], 1 << 16);
            collector.receive(datagram);
            ByteBuffer message = ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength());
            assertThat(message.getShort(0)).isEqualTo((short) 10);
            assertThat(message.getShort(2)).isEqualTo((short) datagram.getLength());
            assertThat(message.getShort(16)).as("a set of templates").isEqualTo((short) 2);
            assertThat(message.getShort(20)).as("the first template").isEqualTo((short) 256);
        }
    }

    /// nfdump's collector is Debian's package of that name; libfixbuf's printer is in libfixbuf-tools.
    @Test
    void libfixbufReadsTheMessagesOfAFile() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ipfixDump")), "libfixbuf-tools is not installed");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
        Main.run(
                new String[] {"flows", "--format", "ipfix", SAMPLE},
                new Console(stream, System.err, false, false, 100));
        stream.flush();
        Path file = Files.write(folder.resolve("flows.ipfix"), out.toByteArray());

        String told = run("/usr/bin/ipfixDump", "--in", file.toString());

        assertThat(told).contains("sourceIPv4Address : 10.42.1.11", "destinationIPv4Address : 10.43.80.15");
        assertThat(told.lines().filter(line -> line.contains("--- data record")))
                .hasSize(14);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(20, TimeUnit.SECONDS);
        return told;
    }

    @Test
    void wiresharkShowsWhatTheAnalysisSaysBesideEachPacket() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "tshark is not installed");
        Path enriched = folder.resolve("told.pcapng");
        assertThat(Session.of("convert", "--enrich", SAMPLE, enriched.toString())
                        .exitCode())
                .isEqualTo(ExitCode.CLEAN);

        String told = run(
                "tshark",
                "-r",
                enriched.toString(),
                "-N",
                "n",
                "-T",
                "fields",
                "-e",
                "frame.comment",
                "-e",
                "frame.verdict.hw",
                "-e",
                "_ws.col.Source");

        assertThat(told)
                .containsPattern(
                        "\\[stage 2/6 cni0\\] .*dnat 10\\.43\\.80\\.15:80 -> 10\\.42\\.2\\.29:8080; .*f5 mistranslated")
                .contains("client.shop.pod")
                .containsPattern("6d[: ]?69[: ]?73[: ]?74[: ]?72"); // "mistr…"
    }

    @Test
    void theCommentBesideAPacketNamesTheRuleThatChangedIt() throws IOException {
        Path enriched = folder.resolve("told.pcapng");
        Session.of(
                "convert", "--enrich", SampleCaptures.folder("policy-blocked").toString(), enriched.toString());

        List<String> comments = new ArrayList<>();
        try (CaptureReader reader = Captures.open(enriched)) {
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                comments.addAll(record.notes().comments());
            }
        }

        assertThat(comments)
                .anyMatch(comment -> comment.contains("dnat 10.96.0.50:80 -> 10.244.2.20:8080")
                        && comment.contains(
                                "; dnat by rule LB_DSR_9d1c4_10.20.0.11_10.96.0.50_80_8080_6 of layer LB_DSR"));
    }

    @Test
    void listsAndPortsServeWhoeverWritesTheAnalysisBesidePackets() throws IOException {
        Path sample = SampleCaptures.folder("service-wrong-backend");
        Path enriched = folder.resolve("told.pcapng");
        Session told = Session.of(
                "convert",
                "--enrich",
                "--state",
                sample.resolve("pods.json").toString(),
                "--vxlan-port",
                "4790",
                sample.resolve("node-a.pcapng").toString(),
                enriched.toString());

        assertThat(told.exitCode()).as(told.err()).isEqualTo(ExitCode.CLEAN);
        assertThat(Session.of("info", "--format", "json", enriched.toString()).exitCode())
                .isEqualTo(ExitCode.CLEAN);
        assertThat(new String(Files.readAllBytes(enriched), StandardCharsets.ISO_8859_1))
                .contains("client.shop.pod");
        for (String option : List.of("--state", "--vxlan-port")) {
            Session plain = Session.of("convert", option, "4790", SAMPLE, folder + "/x.pcapng");
            assertThat(plain.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(plain.err()).contains(option + " needs --enrich");
        }
    }

    /// Only verbs that read the state of nodes say so.
    @ParameterizedTest
    @CsvSource({"analyze, true", "report, true", "bundle, true", "flows, true", "packets, true", "diagram, true"})
    void helpSaysWhatStateIsUsed(String verb, boolean ofNodes) {
        String help = Session.of(verb, "--help").out().replaceAll("\\s+", " ");

        assertThat(help).contains("kubectl get pods,services,endpointslices,nodes -A -o json");
        assertThat(help.contains("what was collected of nodes")).isEqualTo(ofNodes);
    }

    @Test
    void aCollectorThatIsNotThereIsTold() throws IOException {
        int port;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        Session session = Session.of("flows", "--collector", "udp://127.0.0.1:" + port, SAMPLE);

        assertThat(session.messages()).containsExactly("hopline: udp://127.0.0.1:" + port + ": nobody listens there");
        assertThat(session.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
    }

    @Test
    void whatCannotBeIsAWrongCommandLine() {
        assertThat(Session.of("flows", "--format", "xml", SAMPLE).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Session.of("flows", "--collector", "nowhere", SAMPLE).exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(Session.of("convert", "--enrich", "--to", "pcap", SAMPLE, folder + "/x.pcap")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
    }
}

package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Captures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Packets through the real command line.
class PacketsVerbTest {

    private static final String SAMPLE =
            SampleCaptures.folder("service-wrong-backend").toString();

    @TempDir
    Path folder;

    private static Session packets(String... arguments) {
        List<String> words = new ArrayList<>(List.of("packets"));
        words.addAll(Arrays.asList(arguments));
        return Session.of(words.toArray(String[]::new));
    }

    private static List<Json> objects(String... arguments) {
        List<String> words = new ArrayList<>(List.of("--format", "jsonl"));
        words.addAll(Arrays.asList(arguments));
        Session session = packets(words.toArray(String[]::new));
        assertThat(session.err()).isEmpty();
        return session.out().lines().map(Json::of).toList();
    }

    private static void golden(String name, Session session) throws IOException {
        assertThat(session.err()).isEmpty();
        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        GoldenFile.check(Path.of("src/test/resources/hopline/cli", name), session.out());
    }

    @Test
    void rulesThatEventsTellStandBesideWhatTheyChanged() {
        String folder = SampleCaptures.folder("policy-blocked").toString();
        Json hop = objects("--flow", "f2", "-c", "1", folder)
                .getFirst()
                .get("stages")
                .array()
                .get(1);

        assertThat(packets("--flow", "f2", "-c", "1", folder).out())
                .contains("snat by rule SNAT_TCP_OUTBOUNDNAT_3c9e1 of layer SLB_NAT_LAYER");
        assertThat(hop.get("rewrites").array().getFirst().get("by").get("layer").text())
                .isEqualTo("SLB_NAT_LAYER");
    }

    /// A spanning tree's frame, and octets of a link without addresses.
    @Test
    void whatIsNoIpShowsItsFramesAddresses() throws IOException {
        String frame = "0180c2000000 0a580a2a010b 0007 424203 00000000";
        String stp = file("stp.pcap", 1, frame);
        String bare = file("bare.pcap", 101, "00010203");

        assertThat(packets(stp).out()).contains("  0a:58:0a:2a:01:0b → 01:80:c2:00:00:00\n");
        assertThat(packets(bare).out()).contains("  without addresses\n");
        assertThat(stage(stp).get("sourceMac").text()).isEqualTo("0a:58:0a:2a:01:0b");
        assertThat(stage(stp).get("destinationMac").text()).isEqualTo("01:80:c2:00:00:00");
        assertThat(stage(stp).has("source")).isFalse();
        assertThat(stage(bare).has("sourceMac")).isFalse();
    }

    private static Json stage(String file) {
        return objects(file).getFirst().get("stages").array().getFirst();
    }

    private String file(String name, int linkType, String octets) throws IOException {
        byte[] packet = HexFormat.of().parseHex(octets.replace(" ", ""));
        ByteBuffer pcap = ByteBuffer.allocate(40 + packet.length);
        pcap.putInt(0xa1b2c3d4).putInt(2 << 16 | 4).putLong(0).putInt(65_535).putInt(linkType);
        pcap.putInt(1_700_000_000).putInt(0).putInt(packet.length).putInt(packet.length);
        return Files.write(folder.resolve(name), pcap.put(packet).array()).toString();
    }

    @Test
    void theTextIsAsExpected() throws IOException {
        golden("packets.txt", packets("--flow", "f5", SAMPLE));
        golden("packets-kinds.txt", packets("--not", "--protocol", "tcp", "-c", "24", SAMPLE));
        golden("packets-verbose.txt", packets("-v", "-x", "--protocol", "dns", "-c", "1", SAMPLE));
        golden("packets.jsonl", packets("-v", "-x", "--flow", "f5", "-c", "1", "--format", "jsonl", SAMPLE));
    }

    @Test
    void theFieldsOfTunnelsAndFramingsAreAsExpected(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("node.pcapng"), FramingsCapture.pcapng());
        golden("packets-framings.txt", packets("-v", file.toString()));
        assertThat(objects("-v", file.toString())).hasSize(31);
    }

    /// A packet has two ends, whichever side of its flow sent it.
    private record Case(String filters, int packets) {}

    private static final List<Case> CASES = List.of(
            new Case("", 162),
            new Case("--flow f4", 12),
            new Case("--flow f4 --from-pod shop/client", 7),
            new Case("--flow f4 --to-pod shop/client", 5),
            new Case("--flow f4 --from-service shop/cart", 5),
            new Case("--flow f4 --from-pod shop/cart-1", 5),
            new Case("--flow f4 --pod shop/cart-1", 12),
            new Case("--flow f4 --tcp-flags syn", 2),
            new Case("--flow f4 --tcp-flags syn,ack", 1),
            new Case("--flow f4 --tcp-flags syn --not --tcp-flags ack", 1),
            new Case("--flow f4 --from-ip 10.43.37.204", 5),
            new Case("--flow f4 --to-port 7070", 7),
            new Case("--flow f4 -c 3", 3),
            new Case("--flow f4 --last 3", 3),
            new Case("--flow f4 --last 99", 12),
            new Case("--flow f4 -c 0", 0),
            new Case("--verdict mistranslated", 7));

    @ParameterizedTest
    @FieldSource("CASES")
    void filtersLetThroughWhatTheySay(Case filter) {
        List<String> words = new ArrayList<>(Arrays.asList(filter.filters().split(" ")));
        words.removeIf(String::isEmpty);
        words.add(SAMPLE);
        assertThat(objects(words.toArray(String[]::new))).hasSize(filter.packets());
    }

    @Test
    void theLastAreTheEndOfAll() {
        List<Json> all = objects("--flow", "f4", SAMPLE);
        assertThat(objects("--flow", "f4", "--last", "3", SAMPLE)).isEqualTo(all.subList(9, 12));
    }

    /// Nothing is left out, nothing shown twice, and the octets are those of the file.
    @ParameterizedTest
    @ValueSource(
            strings = {"service-wrong-backend", "healthy-promiscuous-bridge", "healthy-large-send", "clock-offset"})
    void everyRecordIsShownOnceWithItsOctets(String sample) throws IOException {
        Map<String, String> shown = new TreeMap<>();
        for (Json packet : objects("-x", SampleCaptures.folder(sample).toString())) {
            List<Json> stages = new ArrayList<>(packet.get("stages").array());
            stages.addAll(packet.has("copies") ? packet.get("copies").array() : List.of());
            for (Json stage : stages) {
                String record =
                        stage.get("file").text() + " " + stage.get("record").number();
                assertThat(shown.put(record, stage.get("octets").text()))
                        .as(record)
                        .isNull();
            }
        }
        assertThat(shown).isEqualTo(recorded(sample));
    }

    private static Map<String, String> recorded(String sample) throws IOException {
        Map<String, String> records = new TreeMap<>();
        for (String file : List.of("node-a.pcapng", "node-b.pcapng")) {
            try (CaptureReader reader =
                    Captures.open(SampleCaptures.folder(sample).resolve(file))) {
                for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                    records.put(file + " " + record.number(), record.octets().toString());
                }
            }
        }
        return records;
    }

    @Test
    void jsonIsOneDocument() {
        Json document =
                Json.of(packets("--format", "json", "--flow", "f4", SAMPLE).out());
        assertThat(document.get("schemaVersion").number()).isEqualTo(1);
        assertThat(document.get("packets").array()).isEqualTo(objects("--flow", "f4", SAMPLE));
        assertThat(Json.of(packets("--format", "json", "--port", "9", SAMPLE).out())
                        .get("packets")
                        .array())
                .isEmpty();
    }

    @Test
    void aPipeIsReadTwice() throws IOException {
        InputStream before = System.in;
        byte[] capture = Files.readAllBytes(
                SampleCaptures.folder("service-wrong-backend").resolve("node-a.pcapng"));
        try {
            System.setIn(new ByteArrayInputStream(capture));
            assertThat(objects("--tcp-flags", "syn,ack", "-")).hasSize(6);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void whatBreaksIsSaidAndTheRestIsShown() throws IOException {
        byte[] whole = Files.readAllBytes(
                SampleCaptures.folder("service-wrong-backend").resolve("node-a.pcapng"));
        Path cut = Files.write(folder.resolve("cut.pcapng"), Arrays.copyOf(whole, whole.length / 2));
        Session session = packets("-x", cut.toString());
        assertThat(session.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(session.messages()).singleElement().asString().contains("cut.pcapng", "file ends inside");
        assertThat(session.out()).containsPattern("[1-9][0-9]* of [1-9][0-9]* packets\n$");
    }

    @Test
    void namesThatWouldSteerATerminalAreEscaped() throws IOException {
        Path hostile = folder.resolve("evil\u001b[2J.pcapng");
        Files.copy(SampleCaptures.folder("dns-nxdomain").resolve("node-a.pcapng"), hostile);
        for (String[] options : new String[][] {{"-v"}, {"-x"}, {"--format", "json", "-v"}}) {
            List<String> words = new ArrayList<>(Arrays.asList(options));
            words.add(hostile.toString());
            Session session = packets(words.toArray(String[]::new));
            assertThat(session.out() + session.err()).doesNotContain("\u001b").isNotEmpty();
        }
    }
}

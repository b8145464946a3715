package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hopline.capture.CaptureFormat;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Captures;
import hopline.capture.RecordNotes;
import hopline.capture.WatchedReader;
import hopline.capture.convert.Conversion;
import hopline.capture.convert.ConversionSource;
import hopline.capture.event.SystemEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the verbs make of the traces among the sample captures.
class WindowsTraceTest {

    /// Where the first buffer says how many there are: in the header of the log file, behind those of buffer and event.
    private static final int BUFFERS_WRITTEN = 140;

    private static final int EVENTS_LOST = 152;

    private static final Path GROUPED = SampleCaptures.folder("packet-dropped").resolve("win-a.etl");
    private static final Path UNGROUPED =
            SampleCaptures.folder("packet-dropped-server-2025").resolve("win-a.etl");
    /// With events of several providers.
    private static final Path LOGGED = SampleCaptures.folder("policy-blocked").resolve("win-a.etl");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void infoTellsOfSystemEventsAndComponents() throws IOException {
        JsonNode file = JSON.readTree(Session.of("info", "--format", "json", GROUPED.toString())
                        .out())
                .at("/files/0");

        assertThat(file.get("format").asText()).isEqualTo("etl");
        assertThat(file.get("readable").asText()).isEqualTo("whole");
        assertThat(file.get("build").asInt()).isEqualTo(20348);
        assertThat(file.get("records").asInt()).isEqualTo(35);
        assertThat(file.get("lostEvents").asInt()).isZero();
        assertThat(file.get("lostBuffers").asInt()).isZero();
        assertThat(file.at("/events/Microsoft-Windows-PktMon~1160").asInt()).isEqualTo(31);
        assertThat(file.at("/events/Microsoft-Windows-PktMon~1170").asInt()).isEqualTo(4);
        assertThat(file.get("components")).hasSize(4);
        assertThat(file.at("/components/2/name").asText()).isEqualTo("client");
    }

    @Test
    void infoSaysWhyATraceHoldsNoPacket() throws IOException {
        Path header = part("header.etl", Arrays.copyOf(Files.readAllBytes(GROUPED), 1024));

        assertThat(Session.of("info", header.toString()).out())
                .contains("Note           no packet: neither the packet monitor nor NDIS packet capture was traced");
    }

    @Test
    void whatTheSystemLostAreEventsOfWhichItSaysNotWhatTheyWere() throws IOException {
        byte[] trace = Files.readAllBytes(GROUPED);
        ByteBuffer.wrap(trace).order(ByteOrder.LITTLE_ENDIAN).putInt(EVENTS_LOST, 3);
        String file = Files.write(folder.resolve("lossy.etl"), trace).toString();

        assertThat(Session.of("info", file).out()).contains("what 3 events held that the capturing system lost");
        assertThat(Session.of("analyze", file).out().replaceAll("\\s+", " "))
                .contains("the capturing system itself lost 3 events")
                .contains("lacks events, which may have been packets: the capturing system could not keep up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "packets"})
    void eventsAreListedOneALine(String verb) {
        Session session = Session.of(
                verb, "--events", "--provider", "microsoft-windows-pktmon", "--id", "170", GROUPED.toString());

        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(session.out().lines())
                .hasSize(4)
                .allMatch(line -> line.contains("Microsoft-Windows-PktMon/170  drop"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Microsoft-Windows-Hyper-V-VfpExt",
                "9f2660ea-cfe7-428f-9850-aeca612619b0",
                "{9F2660EA-CFE7-428F-9850-AECA612619B0}"
            })
    void aProviderIsKnownByItsNameAndItsGuid(String provider) {
        assertThat(events("--provider", provider))
                .isNotEmpty()
                .allMatch(line -> line.contains("  Microsoft-Windows-Hyper-V-VfpExt/"));
    }

    @Test
    void ofEventsTheFirstAndTheLastFewAreChosen() {
        List<String> all = events();
        int count = all.size();

        assertThat(events("-c", "3")).isEqualTo(all.subList(0, 3));
        assertThat(events("--first", "0")).isEmpty();
        assertThat(events("--last", "3")).isEqualTo(all.subList(count - 3, count));
        assertThat(events("--last", "1000")).isEqualTo(all);
        assertThat(events("--last", "2", "--id", "115"))
                .isEqualTo(events("--id", "115").subList(4, 6));
    }

    @Test
    void eventsAreChosenByTime() {
        List<String> all = events();
        String middle = all.get(all.size() / 2).split(" ", 2)[0];
        List<String> late = all.stream()
                .filter(line -> line.split(" ", 2)[0].compareTo(middle) >= 0)
                .toList();

        assertThat(events("--since", middle)).isEqualTo(late).hasSizeLessThan(all.size());
        assertThat(events("--not", "--since", middle)).hasSize(all.size() - late.size());
        assertThat(events("--until", middle, "--since", middle)).isNotEmpty().allMatch(line -> line.startsWith(middle));
        assertThat(events("--since", "1d")).isEqualTo(all);
        assertThat(events("--since", "0s")).isNotEmpty().hasSizeLessThan(all.size());
    }

    /// What `packets` lists of all that the trace logged.
    private static List<String> events(String... options) {
        List<String> args = new ArrayList<>(List.of("packets", "--events"));
        args.addAll(List.of(options));
        args.add(LOGGED.toString());
        Session session = Session.of(args.toArray(new String[0]));
        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        return session.out().lines().toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "packets --ip 10.0.0.1",
                "packets --port 80",
                "packets --bpf tcp",
                "packets -x",
                "info --timeline"
            })
    void whatIsNotAboutEventsIsRefusedWithThem(String line) {
        List<String> args = new ArrayList<>(List.of(line.split(" ")));
        args.addAll(List.of("--events", LOGGED.toString()));
        Session session = Session.of(args.toArray(new String[0]));

        assertThat(session.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(session.out()).isEmpty();
        assertThat(session.messages()).singleElement().asString().contains("has no meaning for what --events lists");
    }

    @Test
    void convertKeepsWhatTheTraceKnows() throws IOException {
        Path out = folder.resolve("win-a.pcapng");
        Session session = Session.of("convert", GROUPED.toString(), out.toString());

        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(records(out)).isEqualTo(records(GROUPED));
    }

    /// A line for each record: all that is known of it.
    private static String records(Path file) throws IOException {
        StringBuilder lines = new StringBuilder();
        try (CaptureReader reader = Captures.open(file)) {
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                RecordNotes notes = Objects.requireNonNull(record.notes());
                lines.append(record.epochNanos())
                        .append(' ')
                        .append(reader.interfaces().get(record.interfaceIndex()).name())
                        .append(' ')
                        .append(record.originalLength())
                        .append(' ')
                        .append(record.octets())
                        .append(' ')
                        .append(notes.direction())
                        .append(notes.packetId())
                        .append(notes.verdicts())
                        .append(notes.facts())
                        .append('\n');
            }
        }
        return lines.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"packet-dropped", "packet-dropped-server-2025"})
    void theAnalysisOfTheResultIsThatOfTheTrace(String name) throws IOException {
        Path trace = SampleCaptures.folder(name).resolve("win-a.etl");
        Path out = folder.resolve("win-a.pcapng");
        Session.of("convert", trace.toString(), out.toString());

        assertThat(analysis(out)).isEqualTo(analysis(trace));
    }

    /// Microsoft's own tool writes these 114 packets of 38 groups, each seen at three components.
    @Test
    void aRealTraceHasAJourneyForEachGroup() throws IOException {
        Path trace = Path.of(System.getProperty("hopline.testdata", ""), "etl", "demikernel-ws2022-PktMon.etl");
        assumeThat(trace).exists();
        Path out = folder.resolve("demikernel-ws2022-PktMon.pcapng");

        Session.of("convert", trace.toString(), out.toString());

        JsonNode packets = JSON.readTree(analysis(trace)).get("packets");
        assertThat(packets.get("records").asInt()).isEqualTo(114);
        assertThat(packets.get("distinct").asInt()).isEqualTo(38);
        assertThat(analysis(out)).isEqualTo(analysis(trace));
    }

    /// Had the system not told that it drops them, the parts of the virtual switch say where packets are missing.
    @ParameterizedTest
    @ValueSource(strings = {"packet-dropped", "packet-dropped-server-2025"})
    void aJourneyThatJustStopsIsMissedAtTheNextPartOfTheSwitch(String name) throws IOException {
        Path trace = SampleCaptures.folder(name).resolve("win-a.etl");
        Path out = folder.resolve("win-a.pcapng");
        try (CaptureReader silent = new WatchedReader(Captures.open(trace), (record, at) -> !isDrop(record))) {
            ConversionSource source = new ConversionSource("win-a", "win-a", Optional.of("win-a"), silent);
            Conversion.run(
                    List.of(source), CaptureFormat.PCAPNG, Files.newOutputStream(out), OptionalInt.empty(), n -> {});
        }

        JsonNode finding = JSON.readTree(analysis(out)).at("/findings/0");
        assertThat(finding.get("rule").asText()).isEqualTo("packet-vanished");
        assertThat(finding.at("/lastSeen/point").asText()).isEqualTo("client (VmsVmNic 31)");
        assertThat(finding.at("/nextExpected/point").asText()).isEqualTo("vxlan0 external (VmsExtMiniport 23)");
    }

    private static boolean isDrop(CaptureRecord record) {
        return Objects.requireNonNull(record.notes()).verdicts().size() == 1;
    }

    private static String analysis(Path file) {
        return Session.of("analyze", "--format", "json", file.toString())
                .out()
                .replaceAll("(\"(?:file|format)\" : )\"[^\"]*\"", "$1\"\"");
    }

    @ParameterizedTest
    @CsvSource({
        "packet-dropped, --drops-only, 4",
        "packet-dropped, --component=31, 13",
        "packet-dropped, --one-appearance, 13",
        "packet-dropped-server-2025, --drops-only, 4",
        "packet-dropped-server-2025, --one-appearance, 13"
    })
    void convertsWhatIsChosen(String name, String option, int expected) throws IOException {
        Path out = folder.resolve("chosen.pcapng");
        Session session = Session.of(
                "convert",
                option,
                SampleCaptures.folder(name).resolve("win-a.etl").toString(),
                out.toString());

        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(records(out).lines()).hasSize(expected);
    }

    /// Of what was logged beside packets only what says of a drop stays, and nobody need open the file to
    /// learn that there is no packet in it.
    @ParameterizedTest
    @CsvSource({"--drops-only, 3", "--component=99, 0"})
    void whereNothingIsChosenItIsTold(String option, int events) throws IOException {
        Path out = folder.resolve("chosen.pcapng");
        Path again = folder.resolve("again.pcapng");
        String trace =
                SampleCaptures.folder("policy-blocked").resolve("win-a.etl").toString();

        Session session = Session.of("convert", option, trace, out.toString());

        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(session.messages())
                .last()
                .isEqualTo("hopline: " + out + ": it holds no packet, because none is what was asked for");
        assertThat(events(out))
                .hasSize(events)
                .allMatch(event -> event.matter().text().contains("(block)"));
        assertThat(Session.of("convert", trace, again.toString()).exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(Session.of("convert", option, again.toString(), out.toString())
                        .exitCode())
                .isEqualTo(ExitCode.CLEAN);
        assertThat(events(out)).hasSize(events);
    }

    private static List<SystemEvent> events(Path capture) throws IOException {
        List<SystemEvent> events = new ArrayList<>();
        try (CaptureReader reader = Captures.open(capture)) {
            reader.listen(block -> block.event().ifPresent(events::add));
            while (reader.next() != null) {
                // what lies between records is told meanwhile
            }
        }
        return events;
    }

    /// The kept record is where the packet was seen first, before translation, tunnel and drop.
    @Test
    void onePacketOnceIsKeptAsItWasSeenFirstWithOrWithoutGroups() throws IOException {
        assertThat(firstSeen("packet-dropped-server-2025")).isEqualTo(firstSeen("packet-dropped"));
        assertThat(firstSeen("packet-dropped"))
                .hasSize(13)
                .startsWith("client (VmsVmNic 31)", "Ethernet (Miniport 5)", "client (VmsVmNic 31)");
    }

    private List<String> firstSeen(String name) throws IOException {
        Path out = folder.resolve(name + ".pcapng");
        Session.of(
                "convert",
                "--one-appearance",
                SampleCaptures.folder(name).resolve("win-a.etl").toString(),
                out.toString());
        List<String> points = new ArrayList<>();
        try (CaptureReader reader = Captures.open(out)) {
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                points.add(reader.interfaces().get(record.interfaceIndex()).name());
            }
        }
        return points;
    }

    /// What `fileMode=single` leaves when a session goes on in a new file: each has a header and what components are
    /// called, the packets of one processor here, so that the files overlap in time.
    @ParameterizedTest
    @ValueSource(strings = {"packet-dropped", "packet-dropped-server-2025"})
    void theFilesOfASequenceAreOneNodesTraceInOrder(String name) throws IOException {
        Path whole = SampleCaptures.folder(name).resolve("win-a.etl");
        List<byte[]> buffers = buffers(Files.readAllBytes(whole));
        assertThat(buffers).hasSize(4);
        String first = "win-a=" + part("trace_1.etl", buffers.get(0), buffers.get(1), buffers.get(3));
        String second = "win-a=" + part("trace_2.etl", buffers.get(0), buffers.get(2), buffers.get(3));
        Path out = folder.resolve("sequence.pcapng");
        Path expected = folder.resolve("whole.pcapng");
        Session.of("convert", whole.toString(), expected.toString());

        Session session = Session.of("convert", "--node", first, "--node", second, out.toString());

        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(timesAndOctets(out)).hasSize(35).isEqualTo(timesAndOctets(expected));
        assertThat(interfaces(out)).isEqualTo(interfaces(expected));
        assertThat(journeys("--node", first, "--node", second)).isEqualTo(journeys(whole.toString()));
        assertThat(journeys(out.toString())).isEqualTo(journeys(whole.toString()));
    }

    private static List<String> interfaces(Path file) throws IOException {
        try (CaptureReader reader = Captures.open(file)) {
            while (reader.next() != null) {
                // on to the end
            }
            return reader.interfaces().stream()
                    .map(CaptureInterface::name)
                    .sorted()
                    .toList();
        }
    }

    private static List<byte[]> buffers(byte[] trace) {
        List<byte[]> buffers = new ArrayList<>();
        ByteBuffer octets = ByteBuffer.wrap(trace).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < trace.length; at += octets.getInt(at)) {
            buffers.add(Arrays.copyOfRange(trace, at, at + octets.getInt(at)));
        }
        return buffers;
    }

    private Path part(String name, byte[]... buffers) throws IOException {
        ByteArrayOutputStream trace = new ByteArrayOutputStream();
        for (byte[] buffer : buffers) {
            trace.writeBytes(buffer);
        }
        byte[] octets = trace.toByteArray();
        ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN).putInt(BUFFERS_WRITTEN, buffers.length);
        return Files.write(folder.resolve(name), octets);
    }

    private static List<String> timesAndOctets(Path file) throws IOException {
        List<String> records = new ArrayList<>();
        try (CaptureReader reader = Captures.open(file)) {
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                records.add(record.epochNanos() + " " + record.octets());
            }
        }
        return records;
    }

    /// How many records and packets there are, and what became of the flows.
    private static String journeys(String... inputs) throws IOException {
        List<String> command = new ArrayList<>(List.of("analyze", "--format", "json"));
        command.addAll(List.of(inputs));
        JsonNode analysis =
                JSON.readTree(Session.of(command.toArray(String[]::new)).out());
        return analysis.get("packets") + " " + analysis.findValuesAsText("verdict") + " "
                + analysis.at("/findings").findValuesAsText("rule");
    }

    @Test
    void aTraceWithoutPacketsBecomesAnEmptyCaptureAndTheReasonIsTold() throws IOException {
        Path header = folder.resolve("header.etl");
        byte[] first = Arrays.copyOf(Files.readAllBytes(UNGROUPED), 1024);
        ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).putInt(BUFFERS_WRITTEN, 1);
        Files.write(header, first);
        Path out = folder.resolve("empty.pcapng");

        Session session = Session.of("convert", header.toString(), out.toString());

        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(session.messages()).hasSize(2).first().asString().contains("no packet: ");
        assertThat(session.messages().getLast()).contains("event without a packet (1)");
        try (CaptureReader reader = Captures.open(out)) {
            assertThat(reader.next()).isNull();
        }
    }

    /// A filter looks at records only: what the trace tells of itself passes it.
    @Test
    void whatTheTraceTellsOfItselfPassesAFilter() throws IOException {
        try (CaptureReader reader = new WatchedReader(Captures.open(GROUPED), (record, at) -> false)) {
            assertThat(reader.next()).isNull();
            assertThat(reader.records()).isZero();
            assertThat(reader.trace().orElseThrow().build()).isEqualTo(20348);
        }
    }

    @Test
    void aTraceCutShortIsConvertedAsFarAsItGoes() throws IOException {
        byte[] trace = Files.readAllBytes(GROUPED);
        Path cut = folder.resolve("cut.etl");
        Files.write(cut, Arrays.copyOf(trace, trace.length - 100));
        Path out = folder.resolve("cut.pcapng");

        Session session = Session.of("convert", cut.toString(), out.toString());

        assertThat(session.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(session.err()).contains("file ends inside a buffer");
        assertThat(records(out).lines()).hasSize(35);
    }
}

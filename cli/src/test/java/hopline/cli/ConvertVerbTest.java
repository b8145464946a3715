package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureInterface;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Captures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvertVerbTest {

    private static final Path SAMPLE = SampleCaptures.folder("service-wrong-backend");
    private static final String NODE_A = SAMPLE.resolve("node-a.pcapng").toString();

    /// A pcap file with one record that begins with an IPv4 header.
    private static final byte[] RAW_IP = HexFormat.of()
            .parseHex("d4c3b2a1020004000000000000000000ffff000065000000" + "00f1536500000000020000003c000000" + "4500");

    @TempDir
    Path folder;

    private Path out(String name) {
        return folder.resolve(name);
    }

    private static Session convert(Object... arguments) {
        return Session.of(Stream.concat(Stream.of("convert"), Arrays.stream(arguments))
                .map(String::valueOf)
                .toArray(String[]::new));
    }

    private static List<Long> times(CaptureReader reader) throws IOException {
        List<Long> times = new ArrayList<>();
        for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
            times.add(record.epochNanos());
        }
        return times;
    }

    private List<String> filesLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFolderBecomesOneCaptureInWhichTheSameIsFound() throws IOException {
        Path lists = Files.createDirectory(folder.resolve("incident"));
        for (String list : List.of("pods", "services", "endpointslices", "nodes")) {
            Files.copy(SAMPLE.resolve(list + ".json"), lists.resolve(list + ".json"));
        }

        Session session = convert(SAMPLE, lists.resolve("all.pcapng"));

        assertThat(session.err()).isEmpty();
        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(session.out()).isEmpty();
        String found = Session.of("analyze", lists.toString()).out();
        assertThat(found)
                .contains("node node-a, 502 records")
                .contains("1. error: Service shop/web is sent to 10.42.2.29:8080")
                .contains("node-b  eth0 ");
    }

    /// What a trace says of a record beyond its octets, such as why it was dropped, is in the capture too.
    @Test
    void aTraceBecomesACaptureInWhichTheSameIsFound() throws IOException {
        Path sample = SampleCaptures.folder("packet-dropped");
        Path traced = sample.resolve("win-a.etl");
        Path captured = out("win-a.pcapng");

        assertThat(convert(traced, captured).exitCode()).isEqualTo(ExitCode.CLEAN);

        String lists = lists(sample).toString();
        String expected = Session.of("analyze", "--format", "json", "--state", lists, traced.toString())
                .out();
        String found = Session.of("analyze", "--format", "json", "--state", lists, captured.toString())
                .out();
        assertThat(expected).contains("packet-dropped", "No Unicast destination ports available");
        assertThat(found)
                .isEqualTo(expected.replace("win-a.etl", "win-a.pcapng").replace("\"etl\"", "\"pcapng\""));
    }

    private Path lists(Path sample) throws IOException {
        Path lists = Files.createDirectory(folder.resolve("lists"));
        try (Stream<Path> files = Files.list(sample)) {
            for (Path list : files.filter(file -> file.toString().matches(".*/[a-z]+\\.json"))
                    .toList()) {
                Files.copy(list, lists.resolve(list.getFileName()));
            }
        }
        return lists;
    }

    @Test
    void recordsComeInTheOrderOfTheirTimes() throws IOException {
        Path all = out("all.pcapng");
        convert(SAMPLE.resolve("node-b.pcapng"), NODE_A, all);

        try (CaptureReader reader = Captures.open(all)) {
            List<Long> times = times(reader);
            long stepsBack = 0;
            for (int i = 1; i < times.size(); i++) {
                stepsBack += times.get(i) < times.get(i - 1) ? 1 : 0;
            }
            assertThat(times).hasSize(502);
            assertThat(stepsBack).isLessThan(times.size() / 4); // as the captures of several interfaces do themselves
            assertThat(reader.interfaces())
                    .extracting(CaptureInterface::name)
                    .startsWith("eth0", "cni0", "vx0", "v-worker")
                    .hasSize(13);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.pcap, PCAP",
        "a.CAP, PCAP",
        "a.pcap.gz, PCAP",
        "a.pcapng, PCAPNG",
        "a.pcapng.zst, PCAPNG",
        "a.pcapng.lz4, PCAPNG",
        "a, PCAPNG",
    })
    void theFormatIsToldByTheName(String name, String format) throws IOException {
        assertThat(convert(NODE_A, out(name)).exitCode()).isEqualTo(ExitCode.CLEAN);

        try (CaptureReader reader = Captures.open(out(name))) {
            assertThat(reader.format().name()).isEqualTo(format);
            assertThat(times(reader)).hasSize(317);
        }
        boolean plain = !name.matches(".*\\.(gz|zst|lz4)");
        assertThat(Files.size(out(name)) > 20_000).isEqualTo(plain);
    }

    @Test
    void theFormatIsToldByTheOption() throws IOException {
        convert("--to", "pcap", NODE_A, out("a.pcapng"));

        try (CaptureReader reader = Captures.open(out("a.pcapng"))) {
            assertThat(reader.format().label()).isEqualTo("pcap");
        }
    }

    @Test
    void saysWhatPcapCannotHold() {
        Session session = convert(NODE_A, out("a.pcap"));

        assertThat(session.messages())
                .containsExactly("hopline: " + out("a.pcap")
                        + ": pcap cannot hold, and so it was left out: Interface Statistics Blocks (7), interface names"
                        + " (7), interface options (7), interfaces to tell records apart by (7), section options (3);"
                        + " pcapng keeps it");
        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
    }

    @Test
    void writesToStandardOutput() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        String[] command = {"convert", "--to", "pcap", NODE_A, "-"};

        int exitCode = Main.run(command, new Console(stream, nowhere, false, false, 100));
        stream.flush();

        assertThat(exitCode).isEqualTo(ExitCode.CLEAN);
        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(times(reader)).hasSize(317);
        }
    }

    @Test
    void aClosedStandardOutputIsTold() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("closed");
            }
        };
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(closed, false, StandardCharsets.UTF_8),
                new PrintStream(messages, true, StandardCharsets.UTF_8),
                false,
                false,
                100);

        assertThat(Main.run(new String[] {"convert", NODE_A, "-"}, console)).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("hopline: -: standard output could not be written to its end");
    }

    @Test
    void theNodeIsKept() throws IOException {
        convert("--node", "win-a=" + NODE_A, out("renamed.pcapng"));

        try (CaptureReader reader = Captures.open(out("renamed.pcapng"))) {
            assertThat(reader.comments(0)).contains("node=win-a");
        }
    }

    @Test
    void twoLinkTypesDoNotFitIntoPcap() throws IOException {
        Path raw = Files.write(out("raw.pcap"), RAW_IP);

        Session session = convert(NODE_A, raw, out("both.pcap"));

        assertThat(session.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(session.messages())
                .singleElement()
                .asString()
                .startsWith("hopline: a pcap file holds one link type, and the records are ")
                .contains("--split makes one file each, --to pcapng holds all");
        assertThat(filesLeft()).containsExactly("raw.pcap");
    }

    @Test
    void splitMakesAFileForEachLinkType() throws IOException {
        Path raw = Files.write(out("raw.pcap"), RAW_IP);

        Session session = convert("--split", NODE_A, raw, out("both.pcap.gz"));

        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(filesLeft()).containsExactly("both.ethernet.pcap.gz", "both.raw.pcap.gz", "raw.pcap");
        try (CaptureReader ethernet = Captures.open(out("both.ethernet.pcap.gz"));
                CaptureReader ip = Captures.open(out("both.raw.pcap.gz"))) {
            assertThat(times(ethernet)).hasSize(317);
            assertThat(times(ip)).hasSize(1);
        }
    }

    /// It is read once for the link types and once for each file.
    @Test
    void splitReadsAPipeOnlyOnce() throws IOException {
        InputStream before = System.in;
        Session session;
        try {
            System.setIn(new ByteArrayInputStream(RAW_IP));
            session = convert("--split", "-", out("piped.pcap"));
        } finally {
            System.setIn(before);
        }

        assertThat(session.messages()).isEmpty();
        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        try (CaptureReader raw = Captures.open(out("piped.raw.pcap"))) {
            assertThat(times(raw)).hasSize(1);
        }
    }

    @Test
    void whatCanBeReadIsConverted() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(NODE_A));
        Path cut = Files.write(out("cut.pcapng"), Arrays.copyOf(whole, whole.length / 2 + 1));

        Session session = convert(cut, out("rest.pcapng"));

        assertThat(session.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(session.messages()).singleElement().asString().contains("cut.pcapng: offset ", "file ends inside");
        assertThat(Session.of("info", out("rest.pcapng").toString()).exitCode()).isEqualTo(ExitCode.CLEAN);
    }

    @Test
    void theOthersAreConvertedAllTheSame() throws IOException {
        Path text = Files.writeString(out("notes.pcap"), "nothing here");

        Session session = convert(text, NODE_A, out("rest.pcapng"));

        assertThat(session.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(session.messages()).singleElement().asString().contains("notes.pcap: text, not a capture");
        assertThat(filesLeft()).containsExactly("notes.pcap", "rest.pcapng");
    }

    @Test
    void whereThereIsNoFolderNothingCanBeWritten() {
        Session session = convert(NODE_A, folder.resolve("missing").resolve("a.pcapng"));

        assertThat(session.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(session.messages()).singleElement().asString().contains("a.pcapng: no such folder");
    }

    /// A link stays a link, and what was there is there until the new file is complete.
    @Test
    void replacesWhatTheLinkLeadsTo() throws IOException {
        Path old = Files.writeString(out("old.pcapng"), "old");
        Path link = Files.createSymbolicLink(out("link.pcapng"), old);

        assertThat(convert(out("missing.pcapng"), link).exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(old).hasContent("old");
        assertThat(convert(NODE_A, link).exitCode()).isEqualTo(ExitCode.CLEAN);

        assertThat(link).isSymbolicLink();
        assertThat(Files.size(old)).isGreaterThan(20_000);
        assertThat(filesLeft()).containsExactly("link.pcapng", "old.pcapng");
    }

    record Wrong(List<String> arguments, String message) {}

    @Test
    void refusesAWrongCommandLine() throws IOException {
        Path raw = Files.write(out("raw.pcap"), RAW_IP);
        List<Wrong> wrong = List.of(
                new Wrong(List.of(), "input and output are missing"),
                new Wrong(List.of(NODE_A), "the output is missing"),
                new Wrong(List.of("--to", "etl", NODE_A, "x"), "--to is pcapng or pcap, not etl"),
                new Wrong(List.of("--split", NODE_A, "-"), "--split makes several files"),
                new Wrong(List.of("--node", "a", NODE_A, "x"), "--node takes NAME=PATH, not a"),
                new Wrong(List.of(raw.toString(), raw.toString()), "is both input and output"));
        for (Wrong line : wrong) {
            Session session = convert(line.arguments().toArray());
            assertThat(session.exitCode()).as(line.message()).isEqualTo(ExitCode.USAGE);
            assertThat(session.messages()).singleElement().asString().contains(line.message());
        }
        assertThat(raw).hasBinaryContent(RAW_IP);
    }

    /// What the README shows.
    @Test
    void theReadmeShowsRealOutput() throws IOException {
        String readme = Files.readString(SampleCaptures.HOME.resolve("README.md"));
        Session session = convert(SAMPLE, out("incident.pcap"));

        assertThat(readme)
                .contains("./hopline convert sample-captures/service-wrong-backend incident.pcap\n"
                        + session.err().replace(folder + "/", ""));
    }
}

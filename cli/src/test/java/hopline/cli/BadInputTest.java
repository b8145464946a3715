package hopline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is wrong with an input: one line that says so, the right exit code, and nothing lost that could be read.
class BadInputTest {

    private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ffe000104a46494600010100000100010000ffd9");
    private static final int BLOCK_TYPE_ENHANCED_PACKET = 6;

    @TempDir
    Path folder;

    private Path good;

    @BeforeEach
    void copyACapture() throws IOException {
        good = folder.resolve("node-a.pcapng");
        Files.copy(SampleCaptures.folder("healthy-overlay").resolve("node-a.pcapng"), good);
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static void refused(Session session, Path file, String reason) {
        assertThat(session.messages()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("hopline: ")
                .contains(file.getFileName().toString())
                .contains(reason));
        assertThat(session.exitCode()).isEqualTo(ExitCode.UNREADABLE);
    }

    @Test
    void aMissingFile() {
        Path missing = folder.resolve("missing.pcapng");
        Session session = Session.of("analyze", missing.toString());
        refused(session, missing, "no such file");
        assertThat(session.out()).isEmpty();
    }

    @Test
    void anEmptyFile() throws IOException {
        Path empty = file("empty.pcapng", new byte[0]);
        refused(Session.of("analyze", empty.toString()), empty, "empty");
    }

    @Test
    void aPicture() throws IOException {
        Path picture = file("holiday.pcap", JPEG);
        refused(Session.of("analyze", picture.toString()), picture, "JPEG");
    }

    @Test
    void aFolderWithoutCaptures() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("nothing"));
        Files.writeString(empty.resolve("notes.txt"), "nothing here");
        refused(Session.of("analyze", empty.toString()), empty, "no capture");
    }

    /// Told once, though lists and the state of nodes are looked for in it.
    @Test
    void stateThatIsMissingOrOfNoUse() throws IOException {
        Path missing = folder.resolve("missing.json");
        refused(Session.of("analyze", "--state", missing.toString(), good.toString()), missing, "no such file");
        Path empty = Files.createDirectory(folder.resolve("nothing"));
        refused(Session.of("analyze", "--state", empty.toString(), good.toString()), empty, "no file in this folder");
        Path note = file("note.txt", "a note".getBytes(UTF_8));
        for (String verb : List.of("analyze", "flows", "packets")) {
            refused(Session.of(verb, "--state", note.toString(), good.toString()), note, "text of no known kind");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyze", "flows", "packets"})
    void stateWithoutACapture(String verb) {
        Session session = Session.of(
                verb, SampleCaptures.folder("node-state/overlay-faulty").toString());

        assertThat(session.messages())
                .containsExactly("hopline: no capture among the inputs; hopline state check reads what was collected of"
                        + " nodes");
        assertThat(session.exitCode()).isEqualTo(ExitCode.UNREADABLE);
    }

    @Test
    void theOthersAreAnalysedAllTheSame() throws IOException {
        Path picture = file("holiday.pcap", JPEG);
        Session session = Session.of("analyze", picture.toString(), good.toString());
        refused(session, picture, "JPEG");
        assertThat(session.out()).contains("649 records").contains("24 flows");
    }

    @Test
    void aCaptureCutInTheMiddleOfARecord() throws IOException {
        byte[] whole = Files.readAllBytes(good);
        Path cut = file("cut.pcapng", Arrays.copyOf(whole, whole.length / 2 + 1));
        Session session = Session.of("analyze", cut.toString());
        refused(session, cut, "file ends inside");
        assertThat(session.messages().getFirst())
                .contains("offset")
                .contains("expected")
                .contains("found");
        assertThat(session.out()).contains("capture-incomplete").containsPattern("[1-9][0-9]* records");
    }

    @Test
    void aBlockWhoseLengthLies() throws IOException {
        byte[] octets = Files.readAllBytes(good);
        int at = middleBlock(octets);
        ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 4, 0x7fff_fff0);
        Path lying = file("lying.pcapng", octets);
        Session session = Session.of("analyze", lying.toString());
        refused(session, lying, "offset " + at);
        assertThat(session.out()).containsPattern("[1-9][0-9]* records");
    }

    /// The first packet block past the middle, found by walking the blocks.
    private static int middleBlock(byte[] octets) {
        ByteBuffer buffer = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at < octets.length / 2 || buffer.getInt(at) != BLOCK_TYPE_ENHANCED_PACKET) {
            at += buffer.getInt(at + 4);
        }
        return at;
    }

    @Test
    void aListThatIsAWebPage() throws IOException {
        Path page = file("services.json", "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>".getBytes(UTF_8));
        Session session = Session.of("analyze", folder.toString());
        refused(session, page, "HTML");
        assertThat(session.out()).contains("649 records");
    }

    @Test
    void aGzippedCaptureIsReadAsIfItWereNot() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(Files.readAllBytes(good));
        }
        Path file = file("packed.bin", packed.toByteArray());
        Session session = Session.of("analyze", "--node", "node-a=" + file, file.toString());
        assertThat(session.err()).isEmpty();
        assertThat(session.out()).contains("649 records");
    }

    @Test
    void wrongCommandLines() {
        String[][] wrong = {
            {"analyse", "x"},
            {"analyze"},
            {"analyze", "--no-such-option", "x"},
            {"analyze", "--format", "xml", "x"},
            {"analyze", "--fail-on", "sometimes", "x"},
            {"analyze", "--flows", "-1", "x"},
            {"analyze", "--vxlan-port", "70000", "x"},
            {"analyze", "--node", "x.pcap", "x"},
            {"analyze", "--color", "pink", "x"},
        };
        for (String[] arguments : wrong) {
            Session session = Session.of(arguments);
            assertThat(session.exitCode()).as(String.join(" ", arguments)).isEqualTo(ExitCode.USAGE);
            assertThat(session.messages()).as(String.join(" ", arguments)).hasSize(1);
            assertThat(session.out()).isEmpty();
        }
    }

    @Test
    void aMistypedVerbIsToldWithTheNearestOne() {
        assertThat(Session.of("analyse", "x").messages())
                .containsExactly("hopline: there is no verb 'analyse': did you mean analyze?");
        assertThat(Session.of("xyzzy").messages())
                .containsExactly("hopline: there is no verb 'xyzzy'; hopline --help lists them");
    }

    @Test
    void helpOnAVerbIsThatVerbsHelp() {
        assertThat(Session.of("help", "analyze")).isEqualTo(Session.of("analyze", "--help"));
        assertThat(Session.of("help").out()).startsWith("Hopline shows every hop");
        assertThat(Session.of("help", "analyse").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void namesThatWouldSteerATerminalAreEscaped() throws IOException {
        Path hostile = folder.resolve("evil\u001b[2J.pcapng");
        Files.copy(good, hostile);
        Session session = Session.of("analyze", hostile.toString());
        assertThat(session.out() + session.err()).doesNotContain("\u001b");
    }

    @Test
    void theSeverityThatFailsIsAMatterOfChoice() {
        String warned = SampleCaptures.folder("dns-slow").toString();
        assertThat(Session.of("analyze", warned).exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(Session.of("analyze", "--fail-on", "warning", warned).exitCode())
                .isEqualTo(ExitCode.FINDINGS);
        String faulty = SampleCaptures.folder("connection-refused").toString();
        assertThat(Session.of("analyze", faulty).exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(Session.of("analyze", "--fail-on", "never", faulty).exitCode())
                .isEqualTo(ExitCode.CLEAN);
    }
}

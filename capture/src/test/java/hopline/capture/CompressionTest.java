package hopline.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\u001f", "plain text"})
    void leavesWhatIsNotCompressedAsItIs(String content) throws IOException {
        assertThat(unwrap(content.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void takesGzipOffByItsContent() throws IOException {
        byte[] content = "what was compressed".getBytes(StandardCharsets.UTF_8);

        assertThat(unwrap(gzip(content))).isEqualTo(content);
    }

    @Test
    void joinsTheMembersOfAGzipFile() throws IOException {
        byte[] twoMembers = CaptureBytes.littleEndian()
                .octets(gzip(new byte[] {1, 2}))
                .octets(gzip(new byte[] {3}))
                .toByteArray();

        assertThat(unwrap(twoMembers)).containsExactly(1, 2, 3);
    }

    record Case(String what, String hex) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Case> BROKEN_HEADERS = List.of(
            new Case("ends behind the magic", "1f8b"),
            new Case("ends inside the header", "1f8b 0800 0000"),
            new Case("states an unknown method", "1f8b 0700 0000 0000 00ff"),
            new Case("ends inside the name", "1f8b 0808 0000 0000 00ff 6162"));

    @ParameterizedTest
    @FieldSource("BROKEN_HEADERS")
    void refusesABrokenGzipHeader(Case broken) {
        byte[] file = Octets.ofHex(broken.hex()).toByteArray();

        assertThatThrownBy(() -> Captures.open(new ByteArrayInputStream(file)))
                .isInstanceOf(MalformedCaptureException.class)
                .hasMessage("offset 0: gzip header is broken or cut short");
    }

    /// Of every compressed length, the records that were compressed before the cut are read.
    @Test
    void aGzipFileCutAnywhereGivesTheRecordsBeforeTheCut() throws IOException {
        CaptureBytes capture = CaptureBytes.littleEndian().section().describe("eth0");
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            byte[] incompressible = new byte[60];
            random.nextBytes(incompressible);
            capture.packet(0, i, Octets.wrap(incompressible).toString());
        }
        byte[] whole = gzip(capture.toByteArray());
        List<String> expected = Reading.of(whole).octets();
        assertThat(expected).hasSize(20);

        int mostBeforeACut = 0;
        for (int length = 0; length < whole.length; length++) {
            Reading cut = Reading.of(Arrays.copyOf(whole, length));
            assertThat(cut.octets()).isEqualTo(expected.subList(0, cut.records().size()));
            assertThat(cut.problem())
                    .as("problem of a file cut to %d octets", length)
                    .isNotNull();
            mostBeforeACut = Math.max(mostBeforeACut, cut.records().size());
        }
        assertThat(mostBeforeACut).isEqualTo(20); // those cut inside gzip's closing checksum
    }

    @Test
    void saysThatTheCompressedStreamBrokeWhereNoRecordDid() throws IOException {
        CaptureBytes capture =
                CaptureBytes.littleEndian().section().describe("eth0").packet(0, 0, "01020304");
        byte[] whole = gzip(capture.toByteArray());
        byte[] withoutChecksum = Arrays.copyOf(whole, whole.length - 8);

        assertThat(Reading.of(withoutChecksum).problem())
                .isEqualTo("offset " + capture.size() + ": compressed stream ends early or is damaged");
    }

    @Test
    void aDamagedGzipFileGivesTheRecordsBeforeTheDamage() throws IOException {
        CaptureBytes capture =
                CaptureBytes.littleEndian().section().describe("eth0").packet(0, 0, "01020304");
        byte[] file = gzip(capture.toByteArray());
        file[file.length - 8] ^= 1; // the checksum

        Reading reading = Reading.of(file);

        assertThat(reading.octets()).containsExactly("01020304");
        assertThat(reading.problem()).endsWith("compressed stream ends early or is damaged");
    }

    private static byte[] unwrap(byte[] content) throws IOException {
        return Compression.unwrap(new ByteArrayInputStream(content)).readAllBytes();
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        }
        return compressed.toByteArray();
    }
}

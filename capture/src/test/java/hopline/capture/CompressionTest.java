package hopline.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
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

    /// A way to compress.
    record Codec(String name, Compressor compressor) {

        interface Compressor {
            OutputStream over(OutputStream out) throws IOException;
        }

        byte[] compress(byte[] content) throws IOException {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (OutputStream out = compressor.over(compressed)) {
                out.write(content);
            }
            return compressed.toByteArray();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Codec> CODECS = List.of(
            new Codec("gzip", GZIPOutputStream::new),
            new Codec("zstd with a checksum", out -> new ZstdOutputStream(out).setChecksum(true)),
            new Codec("lz4", FramedLZ4CompressorOutputStream::new),
            new Codec(
                    "lz4 of linked blocks",
                    out -> new FramedLZ4CompressorOutputStream(
                            out,
                            new FramedLZ4CompressorOutputStream.Parameters(
                                    FramedLZ4CompressorOutputStream.BlockSize.K64, true, true, true))));

    private static CaptureBytes capture(int records) {
        CaptureBytes capture = CaptureBytes.littleEndian().section().describe("eth0");
        Random random = new Random(1);
        for (int i = 0; i < records; i++) {
            byte[] incompressible = new byte[60];
            random.nextBytes(incompressible);
            capture.packet(0, i, Octets.wrap(incompressible).toString());
        }
        return capture;
    }

    @ParameterizedTest
    @FieldSource("CODECS")
    void takesEveryCompressionOffByItsContent(Codec codec) throws IOException {
        byte[] content = capture(5_000).toByteArray();

        assertThat(unwrap(codec.compress(content))).isEqualTo(content);
        assertThat(Reading.of(codec.compress(content)).records()).hasSize(5_000);
    }

    @ParameterizedTest
    @FieldSource("CODECS")
    void joinsFrames(Codec codec) throws IOException {
        byte[] frames = CaptureBytes.littleEndian()
                .octets(codec.compress(new byte[] {1, 2}))
                .octets(codec.compress(new byte[] {3}))
                .octets(codec.compress(new byte[] {4}))
                .toByteArray();

        assertThat(unwrap(frames)).containsExactly(1, 2, 3, 4);
    }

    /// A pipe may have nothing to give just between two frames.
    @ParameterizedTest
    @FieldSource("CODECS")
    void joinsFramesThatArriveOneByOne(Codec codec) throws IOException {
        byte[] first = codec.compress(new byte[] {1, 2});
        byte[] second = codec.compress(new byte[] {3});
        InputStream halting =
                new SequenceInputStream(new ByteArrayInputStream(first), new ByteArrayInputStream(second)) {
                    @Override
                    public int available() {
                        return 0;
                    }
                };

        assertThat(Compression.unwrap(halting).readAllBytes()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @FieldSource("CODECS")
    void aStreamCutAnywhereGivesARunOfRecordsAndTheProblem(Codec codec) throws IOException {
        byte[] whole = codec.compress(capture(20).toByteArray());
        List<String> expected = Reading.of(whole).octets();
        assertThat(expected).hasSize(20);

        for (int length = 0; length < whole.length; length++) {
            Reading cut = Reading.of(Arrays.copyOf(whole, length));
            assertThat(cut.octets()).isEqualTo(expected.subList(0, cut.records().size()));
            assertThat(cut.problem()).as("cut to %d octets", length).isNotNull();
        }
    }

    @ParameterizedTest
    @FieldSource("CODECS")
    void aStreamWithAnyOctetChangedIsReadOrRefused(Codec codec) throws IOException {
        byte[] whole = codec.compress(capture(3).toByteArray());

        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x55;
            assertThat(Reading.of(damaged).records()).as("octet %d", at).hasSizeLessThanOrEqualTo(3);
        }
    }

    /// Frames that hold no content, as zstd's parallel compressors write them first.
    @Test
    void passesOverSkippableFrames() throws IOException {
        byte[] file = CaptureBytes.littleEndian()
                .hex("502a4d18 04000000 01020304")
                .octets(CODECS.get(1).compress(new byte[] {1, 2}))
                .toByteArray();

        assertThat(unwrap(file)).containsExactly(1, 2);
    }

    /// Its header asks for 2 GiB of memory before the first octet.
    @Test
    void refusesAZstdWindowThatIsTooLarge() {
        byte[] file = Octets.ofHex("28b52ffd 00 a8 010000").toByteArray();

        assertThatThrownBy(() -> Captures.open(new ByteArrayInputStream(file)))
                .isInstanceOf(UnrecognizedContentException.class)
                .hasMessageContaining("window of more than 128 MiB");
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
                .hasMessage("offset 0: header of the compressed stream is broken or cut short");
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

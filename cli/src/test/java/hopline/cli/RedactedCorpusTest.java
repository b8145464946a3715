package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hopline.capture.CaptureFormat;
import hopline.capture.CaptureReader;
import hopline.capture.Captures;
import hopline.capture.convert.Conversion;
import hopline.capture.convert.ConversionSource;
import hopline.decode.redact.Redaction;
import hopline.decode.redact.RedactionKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Captures of other projects, redacted: nothing of the originals is left in any form. They lie beside a
/// development checkout, under the system property `hopline.testdata`.
class RedactedCorpusTest {

    private static final int CAPTURES = 300;
    private static final long MAX_SIZE = 1 << 20;

    @Test
    void nothingOfTheOriginalsIsFoundInThreeHundredCaptures() throws IOException {
        Path corpus = Path.of(System.getProperty("hopline.testdata", "")).resolve("pcap");
        assumeTrue(Files.isDirectory(corpus), "no captures at " + corpus);
        RedactionKey key = RedactionKey.of("corpus");
        List<String> left = new ArrayList<>();
        int captures = 0;
        for (Path file : files(corpus)) {
            if (captures == CAPTURES) {
                break;
            }
            Originals originals = new Originals();
            try (CaptureReader reader = Captures.open(file)) {
                originals.read(reader);
            } catch (IOException e) {
                continue; // broken, or no capture: others are for that
            }
            if (!originals.addresses.isEmpty()) {
                captures++;
                find(originals, redacted(file, key))
                        .forEach((what, where) -> left.add(file + ": " + what + " at " + where));
            }
        }
        assertThat(left).isEmpty();
        assertThat(captures).isEqualTo(CAPTURES);
    }

    private static Map<String, Long> find(Originals originals, byte[] redacted) throws IOException {
        return originals.search().find(new ByteArrayInputStream(redacted));
    }

    /// Every third, so that all kinds take part.
    private static List<Path> files(Path corpus) throws IOException {
        try (Stream<Path> all = Files.walk(corpus)) {
            List<Path> sorted = all.filter(Files::isRegularFile)
                    .filter(file -> Set.of("pcap", "pcapng", "cap").contains(extension(file)))
                    .filter(file -> file.toFile().length() < MAX_SIZE)
                    .sorted()
                    .toList();
            List<Path> mixed = new ArrayList<>();
            for (int start = 0; start < 3; start++) {
                for (int i = start; i < sorted.size(); i += 3) {
                    mixed.add(sorted.get(i));
                }
            }
            return mixed;
        }
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static byte[] redacted(Path file, RedactionKey key) throws IOException {
        Redaction redaction = new Redaction(key, false, false, List.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CaptureReader reader = redaction.of(Captures.open(file))) {
            Conversion.run(
                    List.of(new ConversionSource("x", "", Optional.empty(), reader)),
                    CaptureFormat.PCAPNG,
                    out,
                    OptionalInt.empty(),
                    records -> {});
        }
        return out.toByteArray();
    }
}

package hopline.decode.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hopline.capture.CaptureFormat;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Captures;
import hopline.capture.MalformedCaptureException;
import hopline.capture.UnrecognizedContentException;
import hopline.capture.convert.Conversion;
import hopline.capture.convert.ConversionSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Whatever a capture of any kind holds in records, options and blocks, it is redacted as far as it can be read: to a
/// whole capture of as many records, each as long as it was.
///
/// The seeds beside the test's resources, and what fuzzing found, are run with all tests; `JAZZER_FUZZ=1` fuzzes.
class CaptureFuzzTest {

    private final Redaction redaction = new Redaction(RedactionKey.of("fuzz"), false, false, List.of());

    @FuzzTest(maxDuration = "60s")
    void redact(byte @NotNull [] octets) throws IOException {
        List<Integer> lengths = new ArrayList<>();
        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(octets))) {
            readToItsEnd(reader, lengths);
        } catch (UnrecognizedContentException | MalformedCaptureException e) {
            return;
        }
        List<Integer> made = new ArrayList<>();
        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(redacted(octets)))) {
            assertThat(readToItsEnd(reader, made)).isTrue();
        }
        assertThat(made).isEqualTo(lengths);
    }

    private byte[] redacted(byte[] octets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CaptureReader reader = redaction.of(Captures.open(new ByteArrayInputStream(octets)))) {
            Conversion.run(
                    List.of(new ConversionSource("a", "", Optional.empty(), reader)),
                    CaptureFormat.PCAPNG,
                    out,
                    OptionalInt.empty(),
                    records -> {});
        }
        return out.toByteArray();
    }

    /// False when it is broken.
    private static boolean readToItsEnd(CaptureReader reader, List<Integer> lengths) throws IOException {
        try {
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                lengths.add(record.capturedLength());
            }
            return true;
        } catch (MalformedCaptureException e) {
            return false;
        }
    }
}

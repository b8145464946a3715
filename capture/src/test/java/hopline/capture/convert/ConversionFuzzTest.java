package hopline.capture.convert;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hopline.capture.CaptureFormat;
import hopline.capture.CaptureReader;
import hopline.capture.Captures;
import hopline.capture.Reading;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Whatever a capture of any kind holds, and however it is damaged: what we write of it, we read back whole, with the
/// same packets and times. Times before 1970 or after 2262, which only broken clocks tell, are held there.
///
/// The seeds beside the test's resources, and what fuzzing found, are run with all tests; `JAZZER_FUZZ=1` fuzzes.
class ConversionFuzzTest {

    /// In the units of traces.
    private static final long LATEST = Long.MAX_VALUE / 100 * 100;

    private record Packet(String octets, long originalLength, long epochNanos) {}

    @FuzzTest(maxDuration = "60s")
    void readsBackWhatItWrites(byte @NotNull [] octets) throws IOException {
        List<Packet> packets = packets(Reading.of(octets));
        if (packets.isEmpty()) {
            return;
        }
        Reading written = Reading.of(converted(octets));

        assertThat(written.problem()).isNull();
        assertThat(packets(written)).isEqualTo(packets);
    }

    private static List<Packet> packets(Reading reading) {
        return reading.records().stream()
                .map(record -> new Packet(
                        record.octets(), record.originalLength(), Math.clamp(record.epochNanos(), 0, LATEST)))
                .toList();
    }

    private static byte[] converted(byte[] octets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(octets))) {
            Conversion.run(
                    List.of(new ConversionSource("a", "", Optional.empty(), reader)),
                    CaptureFormat.PCAPNG,
                    out,
                    OptionalInt.empty(),
                    records -> {});
        }
        return out.toByteArray();
    }
}

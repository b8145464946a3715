package hopline.capture.etl;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hopline.capture.CaptureReader;
import hopline.capture.Cost;
import hopline.capture.MalformedCaptureException;
import hopline.capture.Reading;
import hopline.capture.TraceFacts;
import hopline.capture.file.ReadWindow;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/// Whatever a trace holds, it is read as far as it goes, and what breaks it is told. Each event is a record, or counted
/// as one without a packet.
///
/// The seeds beside the test's resources, and what fuzzing found, are run with all tests; `JAZZER_FUZZ=1` fuzzes.
class EtlFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void read(byte @NotNull [] octets) throws IOException {
        Cost.inProportion(octets.length, () -> Reading.of(octets, EtlFuzzTest::open));
        try (CaptureReader reader = open(new ByteArrayInputStream(octets))) {
            readToItsEnd(reader);
            TraceFacts facts = reader.trace().orElseThrow();
            long withoutPacket = reader.skippedBlocks().getOrDefault(EtlReader.WITHOUT_PACKET, 0L);
            assertThat(reader.records() + withoutPacket)
                    .isEqualTo(facts.events().values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
        } catch (MalformedCaptureException e) {
            assertThat(e.getMessage()).isNotBlank(); // no trace at all
        }
    }

    private static CaptureReader open(java.io.InputStream in) throws IOException {
        return new EtlReader(TraceSpool.copy(new ReadWindow(in)));
    }

    private static void readToItsEnd(CaptureReader reader) throws IOException {
        try {
            while (reader.next() != null) {
                continue;
            }
        } catch (MalformedCaptureException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}

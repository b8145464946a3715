package hopline.capture.erf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hopline.capture.Cost;
import hopline.capture.Octets;
import hopline.capture.Reading;
import hopline.capture.file.ReadWindow;

/// Whatever a file of capture cards holds, it is read as far as it goes, and what breaks it is told. Of a
/// whole one each record is handed out or counted among those passed over.
///
/// The seeds beside the test's resources, and what fuzzing found, are run with all tests; `JAZZER_FUZZ=1` fuzzes.
class ErfFuzzTest {

    private static final int RECORD_LENGTH = 10;

    @FuzzTest(maxDuration = "60s")
    void read(byte @NotNull [] octets) {
        Reading reading =
                Cost.inProportion(octets.length, () -> Reading.of(octets, in -> new ErfReader(new ReadWindow(in))));

        long skipped = reading.skippedBlocks().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        if (reading.problem() == null) {
            assertThat(reading.records().size() + skipped).isEqualTo(records(Octets.wrap(octets)));
        }
        assertThat(ErfReader.isErf(Octets.wrap(octets))).isIn(true, false);
    }

    /// How many there are, found by nothing but their lengths, to the last octet.
    private static long records(Octets file) {
        long records = 0;
        for (int at = 0; at < file.length(); at += file.u16(at + RECORD_LENGTH)) {
            records++;
        }
        return records;
    }
}

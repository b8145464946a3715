package hopline.capture.etl;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hopline.capture.Reading;
import hopline.capture.file.ReadWindow;

/// Whatever a trace holds, it is read as far as it goes, and what breaks it is told.
///
/// The seeds beside the test's resources, and what fuzzing found, are run with all tests; `JAZZER_FUZZ=1` fuzzes.
class EtlFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void read(byte @NotNull [] octets) {
        Reading.of(octets, in -> new EtlReader(TraceSpool.copy(new ReadWindow(in))));
    }
}

package hopline.capture.node.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a plan holds, it is a plan or refused in a sentence.
///
/// The seeds beside the test's resources, and what fuzzing found, are run with all tests; `JAZZER_FUZZ=1` fuzzes.
class PlanFuzzTest {

    @TempDir
    static Path folder;

    @FuzzTest(maxDuration = "60s")
    void read(byte @NotNull [] octets) throws IOException {
        Path file = Files.write(folder.resolve("plan.yaml"), octets);
        try {
            assertThat(CapturePlan.of(PlanFile.read(file)).bounds().octets()).isPositive();
        } catch (PlanException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}

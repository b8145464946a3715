package hopline.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.StateFinder;
import hopline.flows.state.collection.StateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a file of state holds, in whatever mix of formats, it is read as far as it makes sense, and the rules
/// look at what there is.
///
/// The seeds beside the test's resources, one for each format, and what fuzzing found, are run with all tests;
/// `JAZZER_FUZZ=1` fuzzes.
class StateFuzzTest {

    @TempDir
    static Path folder;

    @FuzzTest(maxDuration = "60s")
    void check(byte @NotNull [] octets) throws IOException {
        Path file = Files.write(folder.resolve("state.txt"), octets);
        StateFinder finder = new StateFinder();
        finder.add(file.toString());

        CollectedState state = StateReader.read(finder);

        assertThat(StateRules.check(state))
                .allSatisfy(finding -> assertThat(finding.claim().title()).isNotBlank());
    }
}

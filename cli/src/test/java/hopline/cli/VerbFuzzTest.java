package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a file holds, each verb ends as it should, prints what a terminal or a program can take, and no more
/// than is reasonable for what it was given.
///
/// The first octet chooses the verb, the rest is the file. The seeds beside the test's resources, and what fuzzing
/// found, are run with all tests; `JAZZER_FUZZ=1` fuzzes.
class VerbFuzzTest {

    private static final String[][] COMMANDS = {
        {"info"},
        {"analyze"},
        {"analyze", "--format", "json"},
        {"packets", "-v", "-x"},
        {"packets", "--format", "jsonl"},
        {"flows", "--format", "csv"},
        {"flows", "--format", "jsonl"},
        {"state", "show", "--format", "json"},
        {"state", "check"},
    };

    @TempDir
    static Path folder;

    @FuzzTest(maxDuration = "60s")
    void run(byte @NotNull [] octets) throws IOException {
        if (octets.length == 0) {
            return;
        }
        String[] command = COMMANDS[(octets[0] & 0xff) % COMMANDS.length];
        Path file = folder.resolve("input");
        Files.write(file, Arrays.copyOfRange(octets, 1, octets.length));
        String[] words = Arrays.copyOf(command, command.length + 1);
        words[command.length] = file.toString();

        Session run = Session.of(words);

        assertThat(run.exitCode()).isIn(ExitCode.CLEAN, ExitCode.FINDINGS, ExitCode.UNREADABLE);
        assertThat(run.err()).doesNotContain("internal error").doesNotContainPattern(InjectionTest.CONTROL);
        assertThat(run.out().replace("\r\n", "\n")).doesNotContainPattern(InjectionTest.CONTROL);
        assertThat((long) run.out().getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(BrokenCorpusTest.mayPrint(octets.length));
        if (command[command.length - 1].equals("json") && !run.out().isEmpty()) {
            assertThat(Json.of(run.out()).value()).isNotNull();
        }
    }
}

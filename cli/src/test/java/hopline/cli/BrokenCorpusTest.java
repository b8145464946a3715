package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Captures that broke other programs, or were made to: each verb ends as it should, says at most a line for each thing
/// that is wrong, and prints no more than is reasonable for what it was given.
///
/// They lie beside a development checkout, under the system property `hopline.testdata`. [#SAMPLE] of them are taken;
/// `-Dhopline.corpus=all` takes all, and holds the processor's time for each to [#MAX_TIME]. That we read what tshark
/// reads before the damage is seen in [InfoCorpusTest]: as many records, holding the same, but for the files
/// in its table.
class BrokenCorpusTest {

    private static final List<String> FOLDERS = List.of("malformed-fuzz", "crafted-edge");
    private static final boolean ALL = "all".equals(System.getProperty("hopline.corpus"));
    static final int SAMPLE = 60;
    private static final long SEED = 1_502;

    /// What a verb may take for one of them.
    private static final Duration MAX_TIME = Duration.ofSeconds(2);

    private static final long FREE_OUTPUT = 1 << 20;
    private static final int OUTPUT_FOR_INPUT = 10;

    private static final List<List<String>> COMMANDS = List.of(
            List.of("info"),
            List.of("analyze"),
            List.of("analyze", "--format", "json"),
            List.of("packets", "-v"),
            List.of("flows", "--format", "jsonl"));

    @TestFactory
    Stream<DynamicTest> noneBreaksAnyVerb() throws IOException {
        Path corpus = Path.of(System.getProperty("hopline.testdata", ""), "pcap");
        assumeTrue(Files.isDirectory(corpus), "no third-party captures beside this checkout");
        return files(corpus).stream()
                .map(file -> DynamicTest.dynamicTest(corpus.relativize(file).toString(), () -> check(file)));
    }

    private static List<Path> files(Path corpus) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : FOLDERS) {
            try (Stream<Path> all = Files.list(corpus.resolve(folder))) {
                files.addAll(all.sorted().collect(Collectors.toList()));
            }
        }
        if (ALL) {
            return files;
        }
        Collections.shuffle(files, new Random(SEED));
        return files.subList(0, SAMPLE);
    }

    /// Octets that may be printed for so many of input.
    static long mayPrint(long octets) {
        return FREE_OUTPUT + OUTPUT_FOR_INPUT * octets;
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static void check(Path file) throws IOException {
        for (List<String> command : COMMANDS) {
            List<String> words = new ArrayList<>(command);
            words.add(file.toString());
            Duration before = processorTime();
            Session run = Session.of(words.toArray(String[]::new));
            Duration taken = processorTime().minus(before);

            assertThat(run.exitCode())
                    .as(String.join(" ", command))
                    .isIn(ExitCode.CLEAN, ExitCode.FINDINGS, ExitCode.UNREADABLE);
            if (ALL) {
                assertThat(taken).as("of %s", words).isLessThan(MAX_TIME);
            }
            assertThat(run.messages())
                    .allSatisfy(line -> assertThat(line).startsWith("hopline: ").doesNotContain("internal error"));
            assertThat((long) run.out().getBytes(StandardCharsets.UTF_8).length)
                    .as("octets that " + command + " prints")
                    .isLessThanOrEqualTo(mayPrint(Files.size(file)));
        }
    }
}

package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hopline.capture.bundle.BundleFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Interrupted or killed at any moment, a verb leaves what it writes whole under its name, or not at all; what it
/// read is as it was, and nothing is in the way of the next run.
///
/// `-Dhopline.rounds=25` makes 200 rounds of these 8.
class SignalsTest {

    private static final int ROUNDS = Integer.getInteger("hopline.rounds", 1);
    private static final int FRACTIONS = 1000;

    private final Random random = new Random();

    @TempDir
    Path folder;

    private Path input;
    private Path output;
    private Path scratch;

    @BeforeEach
    void copyOfASample() throws IOException {
        input = Files.createDirectory(folder.resolve("input"));
        output = Files.createDirectory(folder.resolve("output"));
        scratch = Files.createDirectory(folder.resolve("scratch"));
        try (Stream<Path> files = Files.list(SampleCaptures.folder("service-wrong-backend"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path -> path.toString().matches(".*\\.(pcapng|json)")
                            && !path.toString().contains("expected"))
                    .toList()) {
                Files.copy(file, input.resolve(file.getFileName().toString()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"convert, all.pcapng", "analyze, -", "report, all.html", "bundle, all.zip"})
    void whatIsInterruptedLeavesNothingHalf(String verb, String name) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "no signals here");
        Map<String, String> originals = contents(input);
        Path written = output.resolve(name);
        long begin = System.nanoTime();
        assertThat(run(verb, written).waitFor()).isIn(ExitCode.CLEAN, ExitCode.FINDINGS);
        long nanos = System.nanoTime() - begin;
        for (int round = 0; round < 2 * ROUNDS; round++) {
            Files.deleteIfExists(written);
            boolean killed = round % 2 > 0;
            interrupt(run(verb, written), killed ? "KILL" : "INT", nanos * random.nextInt(FRACTIONS) / FRACTIONS);

            if (Files.exists(written)) {
                assertWhole(written);
            }
            assertThat(contents(input)).isEqualTo(originals);
            assertThat(names(output)).allMatch(left -> left.equals(name) || (killed && left.endsWith(".part")));
            if (!killed) {
                assertThat(names(scratch)).isEmpty();
            }
            clear(output);
            clear(scratch);
        }
        assertThat(run(verb, written).waitFor()).isIn(ExitCode.CLEAN, ExitCode.FINDINGS);
    }

    private Process run(String verb, Path written) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(verb, input.toString()));
        switch (verb) {
            case "convert" -> arguments.add(written.toString());
            case "analyze" -> {}
            default -> arguments.addAll(List.of("-o", written.toString()));
        }
        return new ProcessBuilder(Own.command(arguments, "-Djava.io.tmpdir=" + scratch))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void interrupt(Process process, String signal, long nanos) throws IOException, InterruptedException {
        if (!process.waitFor(nanos, TimeUnit.NANOSECONDS)) {
            new ProcessBuilder("/bin/kill", "-" + signal, String.valueOf(process.pid()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD) // it may have ended
                    .start()
                    .waitFor();
            process.waitFor();
        }
    }

    private static void clear(Path folder) throws IOException {
        BundleFile.remove(folder);
        Files.createDirectory(folder);
    }

    private static void assertWhole(Path file) throws IOException {
        if (file.toString().endsWith(".zip")) {
            try (ZipFile zip = new ZipFile(file.toFile())) {
                assertThat(zip.stream().map(entry -> entry.getName())).contains("manifest.json", "report.html");
            }
        } else if (file.toString().endsWith(".html")) {
            assertThat(Files.readString(file).strip()).endsWith("</html>");
        } else {
            assertThat(Session.of("info", file.toString()).out()).contains(": pcapng, whole\n");
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("hsperfdata"))
                    .toList();
        }
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (String name : names(folder)) {
            contents.put(name, Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1));
        }
        return contents;
    }

    /// A part that a killed run left is no input of the next.
    @Test
    void whatAKilledRunLeftIsNotRead() throws IOException {
        String before = Session.of("info", "--format", "json", input.toString()).out();
        Files.copy(input.resolve("node-a.pcapng"), input.resolve(".all.pcapng.4711.part"));

        assertThat(Session.of("info", "--format", "json", input.toString()).out())
                .isEqualTo(before);
    }
}

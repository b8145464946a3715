package hopline.capture.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Captures;
import hopline.capture.MalformedCaptureException;
import hopline.capture.UnrecognizedContentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Traces with some octets changed at random: none makes the reader fail in another way than by saying so, or read
/// more than there is. With `-Dhopline.corpus=all`, ten thousand of each sample.
class TraceMutationTest {

    private static final Path FOLDER = Path.of(System.getProperty("hopline.testdata", "no-test-data"), "etl");
    private static final boolean ALL = "all".equals(System.getProperty("hopline.corpus"));
    private static final int MUTATIONS = ALL ? 10_000 : 40;

    /// Larger ones take time and show nothing more.
    private static final int MAX_SIZE = ALL ? 64 << 10 : 32 << 10;

    private static final long SEED = 20_260_101;

    @TempDir
    private Path scratch;

    @TestFactory
    Stream<DynamicTest> nothingButARefusalComesOfDamage() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        byte[] made = MadeTraces.everything();
        tests.add(DynamicTest.dynamicTest("a made trace", () -> mutate(made)));
        if (Files.isDirectory(FOLDER)) {
            try (Stream<Path> files = Files.list(FOLDER)) {
                files.filter(file -> file.toString().endsWith(".etl"))
                        .sorted()
                        .forEach(file -> tests.add(
                                DynamicTest.dynamicTest(file.getFileName().toString(), () -> mutate(front(file)))));
            }
        }
        return tests.stream();
    }

    /// As much as is worth changing: the rest of a large trace is more of the same.
    private static byte[] front(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        return all.length <= MAX_SIZE ? all : Arrays.copyOf(all, MAX_SIZE);
    }

    private void mutate(byte[] trace) throws IOException {
        Random random = new Random(SEED);
        Path file = scratch.resolve("mutated-" + trace.length + ".etl");
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = trace.clone();
            for (int change = 1 + random.nextInt(8); change > 0; change--) {
                mutated[position(random, mutated.length)] = (byte) interesting(random);
            }
            Files.write(file, mutated);
            int number = i;
            assertThatCode(() -> read(file, mutated.length))
                    .as("mutation %d of seed %d", number, SEED)
                    .doesNotThrowAnyException();
        }
    }

    /// Headers and lengths are where a change hurts most.
    private static int position(Random random, int length) {
        return random.nextBoolean() ? random.nextInt(Math.min(length, 1024)) : random.nextInt(length);
    }

    private static int interesting(Random random) {
        int[] values = {0, 1, 0x7f, 0x80, 0xff, 0xc0};
        return random.nextBoolean() ? random.nextInt(256) : values[random.nextInt(values.length)];
    }

    private static void read(Path file, int length) throws IOException {
        try (CaptureReader reader = Captures.open(file)) {
            reader.hear(event -> assertThat(event.matter().text()).isNotNull());
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                assertThat(record.capturedLength()).isLessThanOrEqualTo(64 << 10);
                assertThat(reader.records()).isLessThan(64L * length);
                Objects.requireNonNull(record.notes()).facts();
            }
            reader.trace();
        } catch (MalformedCaptureException | UnrecognizedContentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}

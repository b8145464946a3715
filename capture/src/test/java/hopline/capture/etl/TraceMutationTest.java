package hopline.capture.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Captures;
import hopline.capture.EventReader;
import hopline.capture.LoggedEvent;
import hopline.capture.MalformedCaptureException;
import hopline.capture.UnrecognizedContentException;
import java.io.IOException;
import java.io.RandomAccessFile;
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
/// more than there is. With `-Dhopline.corpus=all`, ten thousand of each sample, whole; in 256 MB when
/// `JAVA_TOOL_OPTIONS=-Xmx256m` says so.
class TraceMutationTest {

    private static final Path FOLDER = Path.of(System.getProperty("hopline.testdata", "no-test-data"), "etl");
    private static final boolean ALL = "all".equals(System.getProperty("hopline.corpus"));
    private static final int MUTATIONS = ALL ? 10_000 : 40;

    /// The rest of a large trace is more of the same.
    private static final int MAX_SIZE = ALL ? Integer.MAX_VALUE : 32 << 10;

    private static final long SEED = 20_260_101;

    @TempDir
    private Path scratch;

    @TestFactory
    Stream<DynamicTest> nothingButARefusalComesOfDamage() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(test("a made trace", MadeTraces.everything()));
        tests.add(test("the sample of Server 2022", SampleTraces.server2022()));
        tests.add(test("the sample of Server 2025", SampleTraces.server2025()));
        if (Files.isDirectory(FOLDER)) {
            try (Stream<Path> files = Files.list(FOLDER)) {
                for (Path file : files.filter(file -> file.toString().endsWith(".etl"))
                        .sorted()
                        .toList()) {
                    tests.add(test(file.getFileName().toString(), front(file)));
                }
            }
        }
        return tests.stream();
    }

    private DynamicTest test(String name, byte[] trace) {
        return DynamicTest.dynamicTest(name, () -> mutate(name, trace));
    }

    private static byte[] front(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        return all.length <= MAX_SIZE ? all : Arrays.copyOf(all, MAX_SIZE);
    }

    /// Changes the file in place, and back again: most of it stays as it is.
    private void mutate(String name, byte[] trace) throws IOException {
        Random random = new Random(SEED);
        Path file = scratch.resolve("mutated.etl");
        Files.write(file, trace);
        try (RandomAccessFile changed = new RandomAccessFile(file.toFile(), "rw")) {
            for (int i = 0; i < MUTATIONS; i++) {
                int[] places = new int[1 + random.nextInt(8)];
                for (int at = 0; at < places.length; at++) {
                    places[at] = position(random, trace.length);
                    put(changed, places[at], interesting(random));
                }
                int number = i;
                assertThatCode(() -> {
                            read(file, trace.length);
                            readEvents(file);
                        })
                        .as("mutation %d of seed %d of %s", number, SEED, name)
                        .doesNotThrowAnyException();
                for (int place : places) {
                    put(changed, place, trace[place]);
                }
            }
        }
    }

    private static void put(RandomAccessFile file, int position, int octet) throws IOException {
        file.seek(position);
        file.write(octet);
    }

    /// Headers and lengths are where a change hurts most.
    private static int position(Random random, int length) {
        return random.nextBoolean() ? random.nextInt(Math.min(length, 1024)) : random.nextInt(length);
    }

    private static int interesting(Random random) {
        int[] values = {0, 1, 0x7f, 0x80, 0xff, 0xc0};
        return random.nextBoolean() ? random.nextInt(256) : values[random.nextInt(values.length)];
    }

    private static void readEvents(Path file) throws IOException {
        try (EventReader reader = Captures.openEvents(file)) {
            EventReader.Filter everyTenth = (provider, guid, id) -> id % 10 == 0;
            for (LoggedEvent event = reader.next(everyTenth); event != null; event = reader.next(everyTenth)) {
                assertThat(event.fields()).isNotNull();
            }
        } catch (MalformedCaptureException | UnrecognizedContentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static void read(Path file, int length) throws IOException {
        try (CaptureReader reader = Captures.open(file)) {
            reader.hear(event -> assertThat(event.matter().text()).isNotNull());
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                assertThat(record.capturedLength()).isLessThanOrEqualTo(64 << 10);
                assertThat(reader.records()).isLessThan(64L * length + 1024);
                Objects.requireNonNull(record.notes()).facts();
            }
            reader.trace();
        } catch (MalformedCaptureException | UnrecognizedContentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}

package hopline.flows.state.collection;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.state.Timestamps;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When a node's state was collected, by its bundle's manifest or by the names of its files.
class CollectedAtTest {

    private static final String STATE = "net.ipv4.ip_forward = 1\n";

    private static final String MANIFEST = "{\"kind\": \"hopline-bundle\", \"node\": \"node-a\", \"complete\": true,"
            + " \"started\": \"2026-03-01T10:00:00Z\", \"ended\": \"%s\"}";

    @TempDir
    Path folder;

    private OptionalLong collectedAt(Path operand) {
        StateFinder finder = new StateFinder();
        finder.add(operand.toString());
        CollectedState state = StateReader.read(finder);
        assertThat(state.problems()).isEmpty();
        return state.nodes().getFirst().collectedAt();
    }

    private static OptionalLong nanos(String time) {
        return time == null
                ? OptionalLong.empty()
                : OptionalLong.of(Timestamps.epochNanos(Instant.parse("2026-03-01T" + time + "Z")));
    }

    @ParameterizedTest
    @CsvSource({
        "state/before/sysctl.txt, 2026-03-01T12:00:00Z, 10:00:00",
        "state/after/sysctl.txt,  2026-03-01T12:00:00Z, 12:00:00",
        "state/after/sysctl.txt,  yesterday,"
    })
    void ofABundleTheManifestSays(String file, String ended, String time) throws IOException {
        Path bundle = folder.resolve("bundle");
        Files.createDirectories(bundle.resolve(file).getParent());
        Files.writeString(bundle.resolve(file), STATE);
        Files.writeString(bundle.resolve("manifest.json"), MANIFEST.formatted(ended));
        assertThat(collectedAt(bundle)).isEqualTo(nanos(time));

        Path zip = folder.resolve("bundle.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            entries.putNextEntry(new ZipEntry("manifest.json"));
            entries.write(MANIFEST.formatted(ended).getBytes(StandardCharsets.UTF_8));
            entries.putNextEntry(new ZipEntry(file));
            entries.write(STATE.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(collectedAt(zip)).isEqualTo(nanos(time));
    }

    /// Of several files the last one.
    @ParameterizedTest
    @CsvSource({
        "-2026-03-01T10-22-05Z, -2026-03-01T10-25-05Z, 10:25:05",
        "-2026-03-01T10-22-05Z, '', 10:22:05",
        "'', '',"
    })
    void ofOtherFilesTheirNamesSay(String one, String other, String time) throws IOException {
        Path node = Files.createDirectories(folder.resolve("node-a"));
        Files.writeString(node.resolve("sysctl" + one + ".txt"), STATE);
        Files.writeString(node.resolve("more" + other + ".txt"), "net.ipv4.conf.all.rp_filter = 0\n");
        Files.writeString(node.resolve("notes-2026-03-01T23-00-00Z.txt"), "Collected by hand.\n");
        assertThat(collectedAt(folder)).isEqualTo(nanos(time));
    }
}

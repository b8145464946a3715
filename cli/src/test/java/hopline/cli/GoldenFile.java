package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that holds what people are meant to see. `-Dgolden.update=true` writes what is seen now: read the difference
/// before it is committed.
final class GoldenFile {

    static final boolean UPDATE = Boolean.getBoolean("golden.update");

    private GoldenFile() {}

    /// Fails when `seen` differs from what `file` holds.
    static void check(Path file, String seen) throws IOException {
        if (UPDATE) {
            Files.writeString(file, seen);
        }
        assertThat(file)
                .as("missing; run the test with -Dgolden.update=true and read what it wrote")
                .exists();
        assertThat(seen).as(file.getFileName().toString()).isEqualTo(Files.readString(file));
    }
}

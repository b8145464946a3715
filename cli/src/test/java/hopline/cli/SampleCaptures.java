package hopline.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The recorded scenarios that come with the project.
final class SampleCaptures {

    /// The root of the project.
    static final Path HOME = Path.of(System.getProperty("hopline.home", ".."));

    static final Path FOLDER = HOME.resolve("sample-captures");

    private SampleCaptures() {}

    /// Their names, sorted.
    static List<String> names() {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(folder -> Files.exists(folder.resolve("nodes.json")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path folder(String name) {
        return FOLDER.resolve(name);
    }
}

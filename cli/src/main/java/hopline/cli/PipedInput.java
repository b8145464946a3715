package hopline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What comes through a pipe as a file, for what is read more than once or from anywhere.
///
/// A pipe can be read only once in the life of a process, so each is copied once. Single-threaded.
final class PipedInput {

    private static final int FILE_TYPE = 0xf000;
    private static final int FIFO = 0x1000;

    private static final Map<Path, Path> COPIES = new HashMap<>();

    private PipedInput() {}

    /// `path` itself; of a named pipe, or a shell's `<(command)`, a copy of all that comes.
    static Path file(Path path) throws IOException {
        Path known = COPIES.get(path.toAbsolutePath());
        if (known != null || !isPipe(path)) {
            return known == null ? path : known;
        }
        try (InputStream in = Files.newInputStream(path)) {
            Path copy = copy(in, String.valueOf(path.getFileName()));
            COPIES.put(path.toAbsolutePath(), copy);
            return copy;
        }
    }

    /// The same by name; what is no name of a file stays as it is.
    static String file(String name) throws IOException {
        try {
            return file(Path.of(name)).toString();
        } catch (InvalidPathException e) {
            return name;
        }
    }

    /// A copy of all that comes by standard input, named `stdin`.
    static Path copyOfStandardInput() throws IOException {
        return copy(System.in, "stdin");
    }

    /// Devices, which may never end, are no pipes.
    private static boolean isPipe(Path path) {
        try {
            return ((int) Files.getAttribute(path, "unix:mode") & FILE_TYPE) == FIFO;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false; // there is none, or the system is Windows
        }
    }

    /// In a folder of its own; both are gone when the process ends.
    private static Path copy(InputStream in, String name) throws IOException {
        Path folder = Files.createTempDirectory("hopline-");
        folder.toFile().deleteOnExit();
        Path copy = folder.resolve(name);
        copy.toFile().deleteOnExit();
        Files.copy(in, copy);
        return copy;
    }
}

package hopline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// What comes through a pipe as a file, for what is read more than once or from anywhere.
final class PipedInput {

    private PipedInput() {}

    /// Whether `path` can be read only once: a named pipe, or a shell's `<(command)`.
    static boolean isPipe(Path path) {
        return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
    }

    /// The file that `operand` names; of `-`, which is standard input, and of another pipe a [#copy].
    static Path file(String operand) throws IOException {
        if (operand.equals("-")) {
            return copyOfStandardInput();
        }
        Path path = Path.of(operand);
        return isPipe(path)
                ? copy(Files.newInputStream(path), path.getFileName().toString())
                : path;
    }

    static Path copyOfStandardInput() throws IOException {
        return copy(System.in, "stdin");
    }

    /// A copy of all that comes, of that name, in a folder of its own; both are gone when the process ends.
    static Path copy(InputStream in, String name) throws IOException {
        Path folder = Files.createTempDirectory("hopline-");
        folder.toFile().deleteOnExit();
        Path copy = folder.resolve(name);
        copy.toFile().deleteOnExit();
        try (in) {
            Files.copy(in, copy);
        }
        return copy;
    }
}

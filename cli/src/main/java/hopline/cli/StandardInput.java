package hopline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Standard input as a file, for what is read more than once or from anywhere.
final class StandardInput {

    private StandardInput() {}

    /// A copy of all that comes, named `stdin`, in a folder of its own; both are gone when the process ends.
    static Path copy() throws IOException {
        Path folder = Files.createTempDirectory("hopline-");
        folder.toFile().deleteOnExit();
        Path copy = folder.resolve("stdin");
        copy.toFile().deleteOnExit();
        Files.copy(System.in, copy);
        return copy;
    }
}

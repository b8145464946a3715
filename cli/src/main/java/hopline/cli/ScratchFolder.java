package hopline.cli;

import hopline.capture.bundle.BundleFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder for files on their way elsewhere; it is removed when it closes, and also when the user interrupts.
final class ScratchFolder implements Closeable {

    /// Whoever was interrupted may still be writing.
    private static final int ATTEMPTS = 20;

    private final Path path;
    private final Thread removal = new Thread(this::removeAtLast, "hopline-remove");

    ScratchFolder() throws IOException {
        path = Files.createTempDirectory("hopline-");
        Runtime.getRuntime().addShutdownHook(removal);
    }

    Path path() {
        return path;
    }

    private void removeAtLast() {
        for (int i = 0; i < ATTEMPTS && Files.exists(path); i++) {
            try {
                BundleFile.remove(path);
            } catch (IOException e) {
                continue; // something was written into it meanwhile
            }
        }
    }

    @Override
    public void close() throws IOException {
        BundleFile.remove(path);
        try {
            Runtime.getRuntime().removeShutdownHook(removal);
        } catch (IllegalStateException e) {
            return; // it runs already
        }
    }
}

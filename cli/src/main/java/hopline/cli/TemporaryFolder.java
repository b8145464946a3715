package hopline.cli;

import hopline.capture.bundle.BundleFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder that is gone with all that is in it when it is closed, and when the user interrupts.
final class TemporaryFolder implements Closeable {

    private final Path path;
    private final Thread hook = new Thread(this::remove);

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    static TemporaryFolder create() throws IOException {
        TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory("hopline-"));
        Runtime.getRuntime().addShutdownHook(folder.hook);
        return folder;
    }

    Path path() {
        return path;
    }

    /// What still writes into it may put back what was just removed.
    private void remove() {
        for (int i = 0; i < 3 && Files.exists(path); i++) {
            try {
                BundleFile.remove(path);
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the hook runs, and does the same
        }
        BundleFile.remove(path);
    }
}

package hopline.capture;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file for what does not fit into memory, readable by its owner alone.
///
/// Where the system allows it, it loses its name at once: however the program ends, no packet is left on the disk.
public final class ScratchFile {

    private ScratchFile() {}

    /// Opens a new one for reading and writing; it is gone when the channel closes.
    public static FileChannel open() throws IOException {
        Path file = Files.createTempFile("hopline-", ".scratch");
        file.toFile().deleteOnExit();
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            return channel; // the system keeps the names of open files
        }
        return channel;
    }
}

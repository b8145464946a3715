package hopline.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
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
    ///
    /// @throws ScratchException when there is no room for it
    public static FileChannel open() {
        try {
            return create();
        } catch (IOException e) {
            throw new ScratchException(e);
        }
    }

    /// Writes all of `octets` at `position`.
    ///
    /// @throws ScratchException when there is no room for them
    public static void write(FileChannel file, ByteBuffer octets, long position) {
        try {
            for (long at = position; octets.hasRemaining(); ) {
                at += file.write(octets, at);
            }
        } catch (IOException e) {
            throw new ScratchException(e);
        }
    }

    private static FileChannel create() throws IOException {
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

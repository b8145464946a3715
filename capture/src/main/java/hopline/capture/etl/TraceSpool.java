package hopline.capture.etl;

import hopline.capture.ScratchException;
import hopline.capture.ScratchFile;
import hopline.capture.file.ReadWindow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Puts a trace that comes from a pipe or out of an archive into a temporary file: a trace is read twice, and not from
/// front to back. The file is gone when its channel closes.
public final class TraceSpool {

    /// Octets a temporary file may take.
    private static final long MAX_SIZE = 16L << 30;

    private static final int CHUNK = 128 << 10;

    private TraceSpool() {}

    /// All that is left in `window`, which stays open.
    public static FileChannel copy(ReadWindow window) throws IOException {
        FileChannel channel = ScratchFile.open();
        try {
            copy(window, channel);
            return channel;
        } catch (IOException | ScratchException e) {
            channel.close();
            throw e;
        }
    }

    private static void copy(ReadWindow window, FileChannel channel) throws IOException {
        for (int size = window.available(CHUNK); size > 0; size = window.available(CHUNK)) {
            if (channel.size() + size > MAX_SIZE) {
                throw new IOException("a piped or compressed trace of more than " + (MAX_SIZE >> 30)
                        + " GiB: unpack it to a file first");
            }
            ByteBuffer chunk = ByteBuffer.wrap(window.array(), window.indexOf(0), size);
            ScratchFile.write(channel, chunk, channel.size());
            window.skip(size);
        }
    }
}

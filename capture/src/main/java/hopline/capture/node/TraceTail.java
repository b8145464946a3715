package hopline.capture.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Cuts off the block that a capture in pcapng was writing when its process ended, so that what remains is
/// whole.
final class TraceTail {

    private static final int BLOCK_OVERHEAD = 12;
    private static final long LONGEST = 16L << 20;

    private TraceTail() {}

    /// Returns how many octets it cut off.
    static long repair(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            long whole = 0;
            for (long length = lengthAt(channel, whole, size); length > 0; length = lengthAt(channel, whole, size)) {
                whole += length;
            }
            if (whole < size) {
                channel.truncate(whole);
            }
            return size - whole;
        }
    }

    /// The length of the block there; 0 when it is not whole. Files are written in this machine's byte
    /// order.
    private static long lengthAt(FileChannel channel, long at, long size) throws IOException {
        if (size - at < BLOCK_OVERHEAD) {
            return 0;
        }
        long length = number(channel, at + 4);
        boolean isPlausible = length >= BLOCK_OVERHEAD && length <= LONGEST && length % 4 == 0 && length <= size - at;
        return isPlausible && number(channel, at + length - 4) == length ? length : 0;
    }

    private static long number(FileChannel channel, long at) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder());
        while (octets.hasRemaining()) {
            if (channel.read(octets, at + octets.position()) < 0) {
                return 0;
            }
        }
        return octets.getInt(0) & 0xffff_ffffL;
    }
}

package hopline.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/// Takes the compression off a stream, told by its first octets.
public final class Compression {

    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int GZIP_BUFFER = 64 << 10;

    private Compression() {}

    /// The decompressed content of `in`, or `in`'s own content when it is not compressed.
    ///
    /// @throws java.io.EOFException when what begins as if compressed ends too early
    /// @throws java.util.zip.ZipException when what begins as if compressed goes on otherwise
    public static InputStream unwrap(InputStream in) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(in, 2);
        byte[] magic = peeked.readNBytes(2);
        peeked.unread(magic);
        boolean gzip = magic.length == 2 && Octets.wrap(magic).u16(0) == GZIP_MAGIC;
        return gzip ? new GZIPInputStream(peeked, GZIP_BUFFER) : peeked;
    }
}

package hopline.capture;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;

/// Takes the compression off a stream, told by its first octets: gzip, zstd and lz4, in one frame or several; and puts
/// it on one, told by a file's name.
public final class Compression {

    private static final int MAGIC_LENGTH = 4;
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int ZSTD_MAGIC = 0x28b52ffd;
    private static final int LZ4_MAGIC = 0x04224d18;

    /// Begins a frame without content, which zstd's parallel compressors write first; the first octet's lower half
    /// may be anything.
    private static final int SKIPPABLE_MAGIC = 0x502a4d18;

    private static final int SKIPPABLE_MASK = 0xf0ff_ffff;

    private static final int BUFFER = 64 << 10;

    /// Largest zstd window, as a power of 2: 128 MiB, what the zstd program takes without being asked.
    private static final int MAX_ZSTD_WINDOW = 27;

    private Compression() {}

    /// The decompressed content of `in`, or `in`'s own content when it is not compressed.
    ///
    /// Reading it may throw [java.io.EOFException] or [ZipException] where what began as if compressed ends too
    /// early or goes on otherwise, whatever the compression.
    ///
    /// @throws java.io.EOFException when what begins as if compressed ends too early
    /// @throws ZipException when what begins as if compressed goes on otherwise
    public static InputStream unwrap(InputStream in) throws IOException {
        PushbackInputStream peeked = new Peeked(in);
        byte[] head = peeked.readNBytes(MAGIC_LENGTH);
        peeked.unread(head);
        if (head.length >= 2 && Octets.wrap(head).u16(0) == GZIP_MAGIC) {
            return new GZIPInputStream(peeked, BUFFER);
        }
        int magic = head.length == MAGIC_LENGTH ? Octets.wrap(head).i32(0) : 0;
        if (magic == ZSTD_MAGIC || (magic & SKIPPABLE_MASK) == SKIPPABLE_MAGIC) {
            return new Decoded(new ZstdInputStreamNoFinalizer(peeked).setLongMax(MAX_ZSTD_WINDOW));
        }
        if (magic == LZ4_MAGIC) {
            return new Decoded(lz4(peeked));
        }
        return peeked;
    }

    /// True when a file of that name is to be compressed: it ends in `.gz`, `.zst` or `.lz4`.
    public static boolean isNamed(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).matches(".*\\.(gz|zst|lz4)");
    }

    /// Compresses what is written to `out` as `fileName` asks for, or leaves it as it is; see [#isNamed].
    public static OutputStream wrap(OutputStream out, String fileName) throws IOException {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".gz")) {
            return new GZIPOutputStream(out, BUFFER);
        }
        if (name.endsWith(".zst")) {
            return new ZstdOutputStreamNoFinalizer(out);
        }
        return name.endsWith(".lz4") ? new FramedLZ4CompressorOutputStream(out) : out;
    }

    private static InputStream lz4(InputStream in) throws IOException {
        try {
            return new FramedLZ4CompressorInputStream(new BufferedInputStream(in, BUFFER), true);
        } catch (IOException | RuntimeException e) {
            throw broken(e);
        }
    }

    private static ZipException broken(Exception cause) {
        ZipException broken = new ZipException(cause.getMessage());
        broken.initCause(cause);
        return broken;
    }

    /// Allows looking at the first octets, and claims that there is always more: the JDK's gzip would otherwise take a
    /// pause of the writer, between two members, for the end.
    private static final class Peeked extends PushbackInputStream {

        Peeked(InputStream in) {
            super(in, MAGIC_LENGTH);
        }

        @Override
        public int available() {
            return 1;
        }
    }

    /// Tells damage in the same way as the JDK's gzip does.
    private static final class Decoded extends FilterInputStream {

        Decoded(InputStream decoder) {
            super(decoder);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return super.read(into, offset, length);
            } catch (ZstdIOException e) {
                if (e.getErrorCode() == Zstd.errFrameParameterWindowTooLarge()) {
                    throw new UnrecognizedContentException(
                            "zstd with a window of more than 128 MiB, which is not opened: decompress it with zstd -d");
                }
                throw broken(e);
            } catch (IOException | RuntimeException e) {
                throw broken(e);
            }
        }
    }
}

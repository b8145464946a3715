package hopline.capture.file;

import hopline.capture.file.Prefetch.Piece;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A window that slides forward over a capture: whatever is asked for lies whole in one array.
///
/// Readers first [#has] what they need, read it in the capture's byte order at offsets from the window's start,
/// then [#skip] it. The array grows only as octets really arrive, so a length that lies cannot claim memory.
public final class ReadWindow implements Closeable {

    /// What to report of content that ends where it may while the compressed stream around it does not.
    public static final String CUT_SHORT = "compressed stream ends early or is damaged";

    /// Large enough that reads are few, small enough to stay in the processor's cache.
    private static final int SIZE = 256 << 10;

    /// Of many captures that are open most have only begun.
    private static final int FIRST_SIZE = 16 << 10;

    /// What is shorter is read before a thread is at work.
    private static final long PREFETCHED_FROM = 4 << 20;

    private static final byte[] NOTHING = {};

    private final InputStream in;
    private boolean prefetches;
    private @Nullable Prefetch ahead;
    private @Nullable Piece piece;
    private byte[] array = new byte[FIRST_SIZE];
    private int start;
    private int end;
    private long position;
    private boolean bigEndian;
    private boolean cutShort;

    public ReadWindow(InputStream in) {
        this(in, false);
    }

    /// @param prefetches whether more is read on a thread of its own, once some of it was looked at; not of a stream
    /// that waits for whoever writes it
    public ReadWindow(InputStream in, boolean prefetches) {
        this.in = in;
        this.prefetches = prefetches;
    }

    /// Sets the byte order of the multi-byte reads that follow; little-endian at first.
    public void order(ByteOrder order) {
        bigEndian = order == ByteOrder.BIG_ENDIAN;
    }

    public boolean isBigEndian() {
        return bigEndian;
    }

    public ByteOrder order() {
        return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /// File offset of the window's start.
    public long position() {
        return position;
    }

    public byte[] array() {
        return array;
    }

    /// Where in [#array] the octet `at` of the window lies.
    public int indexOf(int at) {
        return start + at;
    }

    /// True when `size` octets are there, reading more of the file when needed; false when it ends before.
    public boolean has(int size) throws IOException {
        return end - start >= size || fill(size);
    }

    /// Octets that can be had without the end of the file in between; at most `size`.
    public int available(int size) throws IOException {
        return has(size) ? size : end - start;
    }

    /// True when the compressed stream around the capture ended early or was damaged.
    public boolean isCutShort() {
        return cutShort;
    }

    private boolean fill(int size) throws IOException {
        if (prefetches && position >= PREFETCHED_FROM) {
            prefetches = false;
            ahead = Prefetch.begin(in);
        }
        return ahead == null ? read(size) : attach(ahead, size);
    }

    private boolean read(int size) throws IOException {
        if (start + size > array.length) {
            byte[] room = array.length < SIZE ? new byte[2 * array.length] : array;
            System.arraycopy(array, start, room, 0, end - start);
            array = room;
            end -= start;
            start = 0;
        }
        while (end - start < size) {
            if (end == array.length) {
                array = Arrays.copyOf(array, Math.min(Math.max(size, SIZE), 2 * array.length));
            }
            int read = read();
            if (read < 0) {
                return false;
            }
            end += read;
        }
        return true;
    }

    private boolean attach(Prefetch pieces, int size) throws IOException {
        while (end - start < size) {
            Piece next = next(pieces);
            if (next == null) {
                return false;
            }
            if (end - start <= Prefetch.ROOM) {
                moveInto(pieces, next);
            } else {
                append(pieces, next);
            }
        }
        return true;
    }

    private void moveInto(Prefetch pieces, Piece next) {
        int rest = end - start;
        System.arraycopy(array, start, next.octets, Prefetch.ROOM - rest, rest);
        if (piece != null) {
            pieces.giveBack(piece);
        }
        piece = next;
        array = next.octets;
        start = Prefetch.ROOM - rest;
        end = next.end;
    }

    /// What is asked for is too long for a piece.
    private void append(Prefetch pieces, Piece next) {
        int rest = end - start;
        int length = next.end - Prefetch.ROOM;
        if (piece != null || length > array.length - end) {
            byte[] longer = new byte[Math.max(rest + length, 2 * rest)];
            System.arraycopy(array, start, longer, 0, rest);
            array = longer;
            start = 0;
            end = rest;
        }
        System.arraycopy(next.octets, Prefetch.ROOM, array, end, length);
        end += length;
        pieces.giveBack(next);
        if (piece != null) {
            pieces.giveBack(piece);
            piece = null;
        }
    }

    private @Nullable Piece next(Prefetch pieces) throws IOException {
        try {
            return pieces.next();
        } catch (EOFException | java.util.zip.ZipException e) {
            cutShort = true;
            return null;
        }
    }

    /// A compressed stream that breaks off still gave everything before the break: report it as the end.
    private int read() throws IOException {
        try {
            return in.read(array, end, array.length - end);
        } catch (EOFException | java.util.zip.ZipException e) {
            cutShort = true;
            return -1;
        }
    }

    /// Moves the window's start forward; the octets before it are gone.
    public void skip(int size) {
        start += size;
        position += size;
    }

    public int u8(int at) {
        return array[start + at] & 0xff;
    }

    public int u16(int at) {
        int i = start + at;
        int value = (array[i] & 0xff) | (array[i + 1] & 0xff) << 8;
        return bigEndian ? (value & 0xff) << 8 | value >>> 8 : value;
    }

    public int i32(int at) {
        byte[] octets = array;
        int i = start + at;
        int value =
                (octets[i] & 0xff) | (octets[i + 1] & 0xff) << 8 | (octets[i + 2] & 0xff) << 16 | octets[i + 3] << 24;
        return bigEndian ? Integer.reverseBytes(value) : value;
    }

    public long u32(int at) {
        return i32(at) & 0xffff_ffffL;
    }

    /// The octets from `at` on as text, up to the first NUL if there is one.
    public String text(int at, int length) {
        int size = 0;
        while (size < length && array[start + at + size] != 0) {
            size++;
        }
        return new String(array, start + at, size, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        if (ahead != null) {
            ahead.close();
        }
        array = NOTHING; // a reader is kept for what it has learnt
        start = 0;
        end = 0;
        in.close();
    }
}

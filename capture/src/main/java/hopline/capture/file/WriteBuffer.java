package hopline.capture.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Collects what is written to a capture, in one byte order, and hands it on in large pieces.
public final class WriteBuffer implements Closeable {

    private static final VarHandle U16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int SIZE = 256 << 10;
    private static final int LONGEST_NUMBER = 8;

    private final OutputStream out;
    private final boolean bigEndian;
    private final byte[] array = new byte[SIZE];
    private int size;
    private long written;

    public WriteBuffer(OutputStream out, ByteOrder order) {
        this.out = out;
        this.bigEndian = order == ByteOrder.BIG_ENDIAN;
    }

    public ByteOrder order() {
        return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /// Octets written so far.
    public long position() {
        return written + size;
    }

    public void u16(int value) throws IOException {
        room(LONGEST_NUMBER);
        U16.set(array, size, bigEndian ? Short.reverseBytes((short) value) : (short) value);
        size += 2;
    }

    public void u32(long value) throws IOException {
        room(LONGEST_NUMBER);
        U32.set(array, size, bigEndian ? Integer.reverseBytes((int) value) : (int) value);
        size += 4;
    }

    public void octets(byte[] from, int offset, int length) throws IOException {
        int at = offset;
        int rest = length;
        while (rest > 0) {
            room(1);
            int piece = Math.min(rest, SIZE - size);
            System.arraycopy(from, at, array, size, piece);
            size += piece;
            at += piece;
            rest -= piece;
        }
    }

    /// Writes `length` zeros, at most 8.
    public void zeros(int length) throws IOException {
        room(LONGEST_NUMBER);
        for (int i = 0; i < length; i++) {
            array[size++] = 0;
        }
    }

    private void room(int more) throws IOException {
        if (SIZE - size < more) {
            flush();
        }
    }

    /// Hands on what was collected.
    public void flush() throws IOException {
        out.write(array, 0, size);
        written += size;
        size = 0;
    }

    /// Hands on the rest and closes the stream.
    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }
}

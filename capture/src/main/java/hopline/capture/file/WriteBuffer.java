package hopline.capture.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Collects what is written to a capture, in one byte order, and hands it on in large pieces. From the second piece on
/// they are written on a thread of their own.
public final class WriteBuffer implements Closeable {

    private static final VarHandle U16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /// Long, for Linux keeps the pages of a long piece together: to a file, a fifth to a third sooner than 256 KiB.
    private static final int SIZE = 1 << 20;
    private static final int LONGEST_NUMBER = 8;

    private final OutputStream out;
    private final boolean bigEndian;
    private byte[] array = new byte[SIZE];
    private int size;
    private @Nullable WriteBehind behind;

    public WriteBuffer(OutputStream out, ByteOrder order) {
        this.out = out;
        this.bigEndian = order == ByteOrder.BIG_ENDIAN;
    }

    public ByteOrder order() {
        return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
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
            handOn();
        }
    }

    private void handOn() throws IOException {
        if (behind == null) {
            behind = new WriteBehind(out, SIZE);
        }
        array = behind.exchange(array, size);
        size = 0;
    }

    /// Hands on what was collected so far, for whoever reads the file while it grows.
    public void flush() throws IOException {
        if (size > 0) {
            handOn();
        }
    }

    /// Writes the rest and closes the stream.
    @Override
    public void close() throws IOException {
        try (out) {
            if (behind == null) {
                out.write(array, 0, size);
            } else {
                finish(behind);
            }
        }
    }

    private void finish(WriteBehind writing) throws IOException {
        try {
            writing.exchange(array, size);
        } finally {
            writing.finish();
        }
    }
}

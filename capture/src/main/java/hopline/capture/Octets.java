package hopline.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/// A read-only window onto captured bytes. Slicing never copies.
///
/// Multi-byte reads are big-endian (network order). Every read is checked against the window, not the backing
/// array, so a header can never see its neighbour; a read outside it throws [IndexOutOfBoundsException].
public final class Octets {

    private static final VarHandle U16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle U64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Octets(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /// Wraps all of `array` without copying; the caller gives up the right to modify it.
    public static Octets wrap(byte[] array) {
        return new Octets(array, 0, array.length);
    }

    /// Wraps `length` octets of `array` from `offset` on without copying.
    public static Octets wrap(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return new Octets(array, offset, length);
    }

    /// Parses hex such as `"0800 4500"`; blanks are ignored. Meant for tests.
    public static Octets ofHex(String hex) {
        return wrap(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }

    public int length() {
        return length;
    }

    public int u8(int at) {
        return array[index(at, 1)] & 0xff;
    }

    public int u16(int at) {
        return (short) U16.get(array, index(at, 2)) & 0xffff;
    }

    public int u24(int at) {
        return u8(at) << 16 | u16(at + 1);
    }

    public long u32(int at) {
        return i32(at) & 0xffff_ffffL;
    }

    public int i32(int at) {
        return (int) U32.get(array, index(at, 4));
    }

    public long u48(int at) {
        return (long) u16(at) << 32 | u32(at + 2);
    }

    public long i64(int at) {
        return (long) U64.get(array, index(at, 8));
    }

    public Octets slice(int from, int size) {
        Objects.checkFromIndexSize(from, size, length);
        return new Octets(array, offset + from, size);
    }

    public Octets from(int start) {
        return slice(start, length - start);
    }

    /// The first `size` octets, or all when there are fewer.
    public Octets truncatedTo(int size) {
        return slice(0, Math.min(size, length));
    }

    /// A copy that outlives the backing array.
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    private int index(int at, int size) {
        return offset + Objects.checkFromIndexSize(at, size, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /// Lower-case hex without blanks.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(array, offset, offset + length);
    }
}

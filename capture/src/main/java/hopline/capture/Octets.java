package hopline.capture;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/// A read-only window onto captured bytes. Slicing never copies.
///
/// Multi-byte reads are big-endian (network order). Every read is checked against the window, not the backing
/// array, so a header can never see its neighbour; a read outside it throws [IndexOutOfBoundsException].
public final class Octets {

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
        if ((offset | length) < 0 || offset > array.length - length) {
            Objects.checkFromIndexSize(offset, length, array.length); // throws, and says what was asked for
        }
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
        int i = index(at, 2);
        return (array[i] & 0xff) << 8 | (array[i + 1] & 0xff);
    }

    public int u24(int at) {
        return u8(at) << 16 | u16(at + 1);
    }

    public long u32(int at) {
        return i32(at) & 0xffff_ffffL;
    }

    public int i32(int at) {
        int i = index(at, 4);
        return array[i] << 24 | (array[i + 1] & 0xff) << 16 | (array[i + 2] & 0xff) << 8 | (array[i + 3] & 0xff);
    }

    public long u48(int at) {
        return (long) u16(at) << 32 | u32(at + 2);
    }

    public long i64(int at) {
        return (long) i32(at) << 32 | u32(at + 4);
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
        if (at < 0 || at > length - size) {
            Objects.checkFromIndexSize(at, size, length); // throws, and says what was asked for
        }
        return offset + at;
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

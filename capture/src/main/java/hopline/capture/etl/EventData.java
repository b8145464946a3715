package hopline.capture.etl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The octets of one event or a part of it, read from front to back, little-endian.
///
/// What lies beyond the end reads as zero or empty, and [#isExceeded] tells so afterwards: an event shorter than its
/// layout is data, not an error.
public final class EventData {

    private static final VarHandle U16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle U64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] array;
    private int start;
    private int at;
    private int end;
    private boolean exceeded;

    /// The `length` octets of `array` from `offset` on, not copied.
    public EventData(byte[] array, int offset, int length) {
        this.array = array;
        this.start = offset;
        this.at = offset;
        this.end = offset + length;
    }

    /// Points at other octets, from their front.
    void set(byte[] other, int offset, int length) {
        array = other;
        start = offset;
        at = offset;
        end = offset + length;
        exceeded = false;
    }

    /// The number at index `at` of `array`, little-endian; it must lie in the array whole.
    public static int u16(byte[] array, int at) {
        return (short) U16.get(array, at) & 0xffff;
    }

    /// As [#u16], of four octets.
    public static int i32(byte[] array, int at) {
        return (int) U32.get(array, at);
    }

    /// As [#u16], of eight octets.
    public static long i64(byte[] array, int at) {
        return (long) U64.get(array, at);
    }

    /// True when something was read that is not there.
    public boolean isExceeded() {
        return exceeded;
    }

    /// Octets not read yet.
    public int remaining() {
        return end - at;
    }

    /// Octets read so far.
    public int position() {
        return at - start;
    }

    /// Where in [#array] the next octet lies.
    public int offset() {
        return at;
    }

    public byte[] array() {
        return array;
    }

    /// Moves to `position` octets after the front, at most to the end.
    public void seek(int position) {
        exceeded |= position < 0 || position > end - start;
        at = start + Math.clamp(position, 0, end - start);
    }

    /// Ends after `size` octets more, unless it ends before.
    public void truncate(int size) {
        end = Math.min(end, at + size);
    }

    /// Passes over `size` octets, or over all that are left when there are fewer.
    public void skip(int size) {
        take(size);
    }

    /// Passes over `size` octets and tells where they start, or -1 when there are fewer; then none are left.
    private int take(long size) {
        if (size < 0 || size > end - at) {
            exceeded = true;
            at = end;
            return -1;
        }
        int from = at;
        at += (int) size;
        return from;
    }

    public int u8() {
        int from = take(1);
        return from < 0 ? 0 : array[from] & 0xff;
    }

    public int u16() {
        int from = take(2);
        return from < 0 ? 0 : u16(array, from);
    }

    public int i32() {
        int from = take(4);
        return from < 0 ? 0 : i32(array, from);
    }

    public long u32() {
        return i32() & 0xffff_ffffL;
    }

    public long i64() {
        int from = take(8);
        return from < 0 ? 0 : i64(array, from);
    }

    /// A pointer-sized number: 4 or 8 octets.
    public long pointer(int size) {
        return size == 8 ? i64() : u32();
    }

    public Guid guid() {
        return new Guid(i64(), i64());
    }

    /// A copy of the next `size` octets; empty when there are fewer.
    public byte[] octets(long size) {
        int from = take(size);
        return from < 0 ? new byte[0] : Arrays.copyOfRange(array, from, at);
    }

    /// The next `size` octets as a view of their own; empty when there are fewer.
    public EventData slice(long size) {
        int from = take(size);
        return from < 0 ? new EventData(array, end, 0) : new EventData(array, from, (int) size);
    }

    /// UTF-16 up to its NUL, which is passed over, or to the end of the data when there is none.
    public String utf16() {
        int size = 0;
        while (end - at - size >= 2 && u16(array, at + size) != 0) {
            size += 2;
        }
        String text = new String(array, at, size, StandardCharsets.UTF_16LE);
        at = Math.min(end, at + size + 2);
        return text;
    }

    /// UTF-16 of `size` octets, up to a NUL in it if there is one.
    public String utf16(long size) {
        return slice(size).utf16();
    }

    /// UTF-8 up to its NUL, which is passed over, or to the end of the data when there is none.
    public String utf8() {
        int size = 0;
        while (size < end - at && array[at + size] != 0) {
            size++;
        }
        String text = new String(array, at, size, StandardCharsets.UTF_8);
        at = Math.min(end, at + size + 1);
        return text;
    }

    /// UTF-8 of `size` octets, up to a NUL in it if there is one.
    public String utf8(long size) {
        return slice(size).utf8();
    }
}

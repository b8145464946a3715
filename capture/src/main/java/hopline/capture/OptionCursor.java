package hopline.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Walks options as they lie in a pcapng block. Reusable, and allocates nothing but what it is asked to copy.
///
/// ```
/// +------+--------+-----------------+
/// | Code | Length | Value (padded)… |
/// +------+--------+-----------------+
/// ```
///
/// Ends at `opt_endofopt`, at the end of the octets, or at an option that would reach beyond it.
public final class OptionCursor {

    /// Octets before an option's value.
    public static final int HEADER_LENGTH = 4;

    private static final int END = 0;
    private static final VarHandle U16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle U64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] array = {};
    private int limit;
    private boolean bigEndian;
    private int next;
    private int code;
    private int value;
    private int length;

    /// A cursor over nothing, to be placed.
    public OptionCursor() {}

    /// Places the cursor before the options that lie in `array` from index `from` to before `limit`.
    public OptionCursor over(byte[] array, int from, int limit, ByteOrder order) {
        this.array = array;
        this.next = from;
        this.limit = limit;
        this.bigEndian = order == ByteOrder.BIG_ENDIAN;
        return this;
    }

    /// Moves to the next option; false after the last.
    public boolean next() {
        if (limit - next < HEADER_LENGTH) {
            return false;
        }
        code = u16At(next);
        length = u16At(next + 2);
        value = next + HEADER_LENGTH;
        next = value + ((length + 3) & ~3);
        return code != END && value + length <= limit;
    }

    /// The option's code; its meaning depends on the block.
    public int code() {
        return code;
    }

    /// Octets of the value, without padding.
    public int length() {
        return length;
    }

    /// The octet at `at` of the value, which must be there as for all reads of numbers.
    public int u8(int at) {
        return array[value + at] & 0xff;
    }

    public int u16(int at) {
        return u16At(value + at);
    }

    public int i32(int at) {
        int found = (int) U32.get(array, value + at);
        return bigEndian ? Integer.reverseBytes(found) : found;
    }

    public long i64(int at) {
        long found = (long) U64.get(array, value + at);
        return bigEndian ? Long.reverseBytes(found) : found;
    }

    /// The byte order of the numbers.
    public ByteOrder order() {
        return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /// Copies the value to `into` from index `at` on.
    void copyTo(byte[] into, int at) {
        System.arraycopy(array, value, into, at, length);
    }

    /// The value as text, up to the first NUL if there is one.
    public String text() {
        return text(0);
    }

    /// The value from `at` on as text, up to the first NUL if there is one.
    public String text(int at) {
        int size = 0;
        while (size < length - at && array[value + at + size] != 0) {
            size++;
        }
        return new String(array, value + at, size, StandardCharsets.UTF_8);
    }

    /// A copy of the value from `at` on.
    public Octets octets(int at) {
        return Octets.wrap(Arrays.copyOfRange(array, value + Math.min(at, length), value + length));
    }

    private int u16At(int index) {
        short found = (short) U16.get(array, index);
        return (bigEndian ? Short.reverseBytes(found) : found) & 0xffff;
    }
}

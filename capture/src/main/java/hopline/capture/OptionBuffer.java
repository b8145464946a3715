package hopline.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Collects options for [CaptureOptions] or [RecordNotes]; numbers in the order given. Reusable.
///
/// A value longer than an option can hold, 65,535 octets, is cut; text is cut between characters.
public final class OptionBuffer {

    /// Longest value.
    public static final int MAX_LENGTH = 0xffff;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteOrder order;
    private final boolean swapped;
    private byte[] array = new byte[256];
    private int size;

    public OptionBuffer(ByteOrder order) {
        this.order = order;
        this.swapped = order == ByteOrder.BIG_ENDIAN;
    }

    public ByteOrder order() {
        return order;
    }

    /// Forgets all options.
    public OptionBuffer clear() {
        size = 0;
        return this;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /// Octets collected so far, with headers and padding.
    public int size() {
        return size;
    }

    /// Where the options lie, from 0 to [#size]; valid until the next is added.
    public byte[] array() {
        return array;
    }

    public OptionBuffer text(int code, String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(encoded.length, MAX_LENGTH);
        while (length < encoded.length && (encoded[length] & 0xc0) == 0x80) {
            length--;
        }
        return octets(code, encoded, 0, length);
    }

    /// A text for each of `values`.
    public OptionBuffer texts(int code, List<String> values) {
        for (String value : values) {
            text(code, value);
        }
        return this;
    }

    public OptionBuffer octets(int code, byte[] value) {
        return octets(code, value, 0, value.length);
    }

    public OptionBuffer octets(int code, Octets value) {
        return octets(code, value.toByteArray());
    }

    public OptionBuffer octets(int code, byte[] from, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, from.length);
        int kept = Math.min(length, MAX_LENGTH);
        header(code, kept);
        room(kept + 3);
        System.arraycopy(from, offset, array, size, kept);
        size += kept;
        pad();
        return this;
    }

    public OptionBuffer u8(int code, int value) {
        header(code, 1);
        room(4);
        array[size++] = (byte) value;
        pad();
        return this;
    }

    public OptionBuffer u32(int code, long value) {
        header(code, 4);
        word(value);
        return this;
    }

    public OptionBuffer u64(int code, long value) {
        header(code, 8);
        twoWords(value);
        return this;
    }

    /// An `epb_verdict` of kind 1 (Linux eBPF TC) or 2 (Linux eBPF XDP), whose value is a number.
    public OptionBuffer verdict(int kind, long value) {
        header(CaptureOptions.RECORD_VERDICT, 9);
        room(12);
        array[size++] = (byte) kind;
        twoWords(value);
        pad();
        return this;
    }

    /// Process and thread of a record.
    public OptionBuffer processAndThread(long process, long thread) {
        header(CaptureOptions.RECORD_PROCESS_THREAD, 8);
        word(process);
        word(thread);
        return this;
    }

    /// A custom option; `code` is one of the four.
    public OptionBuffer custom(int code, long enterprise, byte[] value) {
        int kept = Math.min(value.length, MAX_LENGTH - 4);
        header(code, kept + 4);
        word(enterprise);
        room(kept + 3);
        System.arraycopy(value, 0, array, size, kept);
        size += kept;
        pad();
        return this;
    }

    /// Adds the option at which `option` stands, its numbers in this buffer's order.
    public OptionBuffer add(OptionCursor option, OptionLayout layout) {
        header(option.code(), option.length());
        room(option.length() + 3);
        option.copyTo(array, size);
        if (option.order() != order) {
            swap(layout.numbers(option), size);
        }
        size += option.length();
        pad();
        return this;
    }

    /// Adds all options that `options` has yet to come to.
    public OptionBuffer addAll(OptionCursor options, OptionLayout layout) {
        while (options.next()) {
            add(options, layout);
        }
        return this;
    }

    /// Adds all that another buffer of the same order collected.
    void addCollected(byte[] from, int length) {
        room(length);
        System.arraycopy(from, 0, array, size, length);
        size += length;
    }

    private void swap(OptionLayout.Numbers numbers, int start) {
        for (int at = numbers.from(); numbers.width() > 0 && at < numbers.limit(); at += numbers.width()) {
            for (int i = 0; i < numbers.width() / 2; i++) {
                int low = start + at + i;
                int high = start + at + numbers.width() - 1 - i;
                byte kept = array[low];
                array[low] = array[high];
                array[high] = kept;
            }
        }
    }

    /// What was collected, as a value of its own.
    public CaptureOptions toOptions() {
        return CaptureOptions.copyOf(array, 0, size, order);
    }

    private void header(int code, int length) {
        word(swapped ? (code & 0xffffL) << 16 | length : (long) length << 16 | (code & 0xffff));
    }

    private void word(long value) {
        room(4);
        WORDS.set(array, size, swapped ? Integer.reverseBytes((int) value) : (int) value);
        size += 4;
    }

    private void twoWords(long value) {
        word(swapped ? value >>> Integer.SIZE : value);
        word(swapped ? value : value >>> Integer.SIZE);
    }

    private void pad() {
        while ((size & 3) != 0) {
            array[size++] = 0;
        }
    }

    private void room(int more) {
        if (size + more > array.length) {
            array = Arrays.copyOf(array, Math.max(2 * array.length, size + more));
        }
    }
}

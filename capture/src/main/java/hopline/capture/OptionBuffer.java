package hopline.capture;

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

    private final ByteOrder order;
    private byte[] array = new byte[256];
    private int size;

    public OptionBuffer(ByteOrder order) {
        this.order = order;
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

    /// Writes a value where it will stand.
    @FunctionalInterface
    interface ValueWriter {

        /// Writes into `array` from index `at` on and returns where the value ends.
        int write(byte[] array, int at);
    }

    /// A value of at most `most` octets, 65,535 themselves at most, that `writer` puts in its place.
    OptionBuffer written(int code, int most, ValueWriter writer) {
        int start = size;
        header(code, 0);
        room(most + 3);
        int value = size;
        size = writer.write(array, value);
        int end = size;
        size = start;
        header(code, end - value);
        size = end;
        pad();
        return this;
    }

    /// A text for each of `values`.
    public OptionBuffer texts(int code, List<String> values) {
        values.forEach(value -> text(code, value));
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
        number(value, 4);
        return this;
    }

    public OptionBuffer u64(int code, long value) {
        header(code, 8);
        number(value, 8);
        return this;
    }

    /// An `epb_verdict` of kind 1 (Linux eBPF TC) or 2 (Linux eBPF XDP), whose value is a number.
    public OptionBuffer verdict(int kind, long value) {
        header(CaptureOptions.RECORD_VERDICT, 9);
        room(12);
        array[size++] = (byte) kind;
        number(value, 8);
        pad();
        return this;
    }

    /// Process and thread of a record.
    public OptionBuffer processAndThread(long process, long thread) {
        header(CaptureOptions.RECORD_PROCESS_THREAD, 8);
        number(process, 4);
        number(thread, 4);
        return this;
    }

    /// A custom option; `code` is one of the four.
    public OptionBuffer custom(int code, long enterprise, byte[] value) {
        int kept = Math.min(value.length, MAX_LENGTH - 4);
        header(code, kept + 4);
        number(enterprise, 4);
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
        number(code, 2);
        number(length, 2);
    }

    private void number(long value, int length) {
        room(length);
        for (int i = 0; i < length; i++) {
            int shift = 8 * (order == ByteOrder.BIG_ENDIAN ? length - 1 - i : i);
            array[size++] = (byte) (value >>> shift);
        }
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

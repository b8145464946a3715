package hopline.capture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Facts as the octets of a comment, kept to be written again.
///
/// Two records of one component say nearly the same: some numbers differ, mostly in digits only. Those are put over
/// the digits of the line before, because making each line anew would take half of a conversion's time.
final class FactsLine {

    private static final Fact[] ALL = Fact.values();

    /// What stands before each fact's value.
    private static final byte[][] PREFIXES = Arrays.stream(ALL)
            .map(fact -> (' ' + fact.key() + '=').getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);

    @SuppressWarnings("EnumOrdinal") // as the facts keep it
    private static final int HEXADECIMAL = Fact.LOCATION.ordinal();

    private String source = "";
    private long told;
    private final long[] numbers = new long[ALL.length];
    private final @Nullable String[] texts = new String[ALL.length];
    private final int[] starts = new int[ALL.length];
    private final int[] ends = new int[ALL.length];
    private byte[] array = new byte[256];
    private int length;
    private boolean plain;

    /// Makes it the line of those facts; the arrays are by the facts' order.
    ///
    /// @return false when a text or number needs more than ASCII and digits, and this cannot hold it
    boolean set(String newSource, long newTold, long[] newNumbers, @Nullable String[] newTexts) {
        if (!plain || told != newTold || !source.equals(newSource) || !putOver(newNumbers, newTexts)) {
            source = newSource;
            told = newTold;
            plain = write(newNumbers, newTexts) && length <= OptionBuffer.MAX_LENGTH;
        }
        return plain;
    }

    void addTo(OptionBuffer options) {
        options.octets(CaptureOptions.COMMENT, array, 0, length);
    }

    /// False when the facts differ in more than digits; then the line is to be written anew.
    private boolean putOver(long[] newNumbers, @Nullable String[] newTexts) {
        for (long rest = told; rest != 0; rest &= rest - 1) {
            int fact = Long.numberOfTrailingZeros(rest);
            boolean same = newNumbers[fact] == numbers[fact] && Objects.equals(newTexts[fact], texts[fact]);
            if (!same && !(texts[fact] == null && newTexts[fact] == null && putOver(fact, newNumbers[fact]))) {
                return false;
            }
        }
        return true;
    }

    private boolean putOver(int fact, long number) {
        if (number < 0 || fact == HEXADECIMAL) {
            return false;
        }
        numbers[fact] = number;
        int start = starts[fact];
        long rest = number;
        for (int i = ends[fact] - 1; i >= start; i--) {
            array[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        boolean padded = array[start] == '0' && ends[fact] > start + 1;
        return rest == 0 && !padded;
    }

    private boolean write(long[] newNumbers, @Nullable String[] newTexts) {
        length = 0;
        boolean written = append(source) && append(":");
        for (long rest = told; written && rest != 0; rest &= rest - 1) {
            int fact = Long.numberOfTrailingZeros(rest);
            numbers[fact] = newNumbers[fact];
            texts[fact] = newTexts[fact];
            append(PREFIXES[fact]);
            starts[fact] = length;
            written = appendValue(fact);
            ends[fact] = length;
        }
        return written;
    }

    private boolean appendValue(int fact) {
        String text = texts[fact];
        if (text != null) {
            return append("\"") && isPlain(text) && append(text) && append("\"");
        }
        long number = numbers[fact];
        return number >= 0 && append(fact == HEXADECIMAL ? "0x" + Long.toHexString(number) : Long.toString(number));
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return text.length() <= OptionBuffer.MAX_LENGTH;
    }

    private boolean append(String text) {
        append(text.getBytes(StandardCharsets.US_ASCII));
        return true;
    }

    private void append(byte[] octets) {
        if (length + octets.length > array.length) {
            array = Arrays.copyOf(array, 2 * (length + octets.length));
        }
        System.arraycopy(octets, 0, array, length, octets.length);
        length += octets.length;
    }
}

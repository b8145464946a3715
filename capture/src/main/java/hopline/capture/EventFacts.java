package hopline.capture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a system's tracing said about a record, beyond what pcapng has options for. Reusable.
///
/// In a capture it is a comment that people and programs read alike, the source before a colon, then numbers and
/// quoted texts by name, in the order of [Fact]:
///
/// ```
/// pktmon: event=170 drop="Not locally destined" reason=902 location=0xe0004138 group=13 appearance=3 component=98
/// ```
public final class EventFacts {

    private static final int MAX_SOURCE = 32;

    private static final Fact[] ALL = Fact.values();

    /// What stands before each fact's value.
    private static final byte[][] PREFIXES = Arrays.stream(ALL)
            .map(fact -> (' ' + fact.key() + '=').getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);

    private static final int DIGITS = 20;

    private String source = "";

    /// Which facts are told: a bit each, by their order. A fact is a number unless it has a text.
    private long told;

    private final long[] numbers = new long[ALL.length];
    private final @Nullable String[] texts = new String[ALL.length];

    /// Facts of nobody, to be filled.
    public EventFacts() {}

    /// Forgets all facts and names the part of the system that tells the next ones: lower-case letters, digits and
    /// hyphens, such as `pktmon`, `ndis` or `vfp`.
    public EventFacts from(String source) {
        if (!isSource(source, source.length())) {
            throw new IllegalArgumentException("not a source of facts: " + source);
        }
        this.source = source;
        clear();
        return this;
    }

    public EventFacts put(Fact fact, long value) {
        told |= 1L << slot(fact);
        numbers[slot(fact)] = value;
        texts[slot(fact)] = null;
        return this;
    }

    public EventFacts put(Fact fact, String value) {
        told |= 1L << slot(fact);
        numbers[slot(fact)] = 0;
        texts[slot(fact)] = value;
        return this;
    }

    @SuppressWarnings("EnumOrdinal") // where it is kept, in this object only
    private static int slot(Fact fact) {
        return fact.ordinal();
    }

    /// The part of the system that told.
    public String source() {
        return source;
    }

    public boolean has(Fact fact) {
        return (told & 1L << slot(fact)) != 0;
    }

    /// The fact's number, or `otherwise` when it is not told or is a text.
    public long number(Fact fact, long otherwise) {
        return has(fact) && texts[slot(fact)] == null ? numbers[slot(fact)] : otherwise;
    }

    /// The fact's text; empty when it is not told or is a number.
    public String text(Fact fact) {
        String text = has(fact) ? texts[slot(fact)] : null;
        return text == null ? "" : text;
    }

    /// True when the system says that it dropped the packet.
    public boolean isDrop() {
        return has(Fact.REASON) || has(Fact.DROP);
    }

    /// A copy that outlives the record.
    public EventFacts copy() {
        EventFacts copy = new EventFacts();
        copy.source = source;
        copy.told = told;
        System.arraycopy(numbers, 0, copy.numbers, 0, ALL.length);
        System.arraycopy(texts, 0, copy.texts, 0, ALL.length);
        return copy;
    }

    private void clear() {
        told = 0;
    }

    /// The facts as a comment, which [#parse] understands.
    public String format() {
        StringBuilder text = new StringBuilder(128).append(source).append(':');
        for (long rest = told; rest != 0; rest &= rest - 1) {
            Fact fact = ALL[Long.numberOfTrailingZeros(rest)];
            text.append(' ').append(fact.key()).append('=');
            appendValue(text, fact);
        }
        return text.toString();
    }

    /// Adds the facts to `options` as the comment that [#format] gives, without making a text of it where they are
    /// short and plain, as nearly all are: this is done for each record of a trace.
    public void addTo(OptionBuffer options) {
        int most = source.length() + 1;
        boolean plain = true;
        for (long rest = told; rest != 0; rest &= rest - 1) {
            int fact = Long.numberOfTrailingZeros(rest);
            String text = texts[fact];
            plain &= text == null ? numbers[fact] >= 0 : isPlain(text);
            most += PREFIXES[fact].length + (text == null ? DIGITS : text.length() + 2);
        }
        if (plain && most <= OptionBuffer.MAX_LENGTH) {
            options.written(CaptureOptions.COMMENT, most, this::write);
        } else {
            options.text(CaptureOptions.COMMENT, format());
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /// Writes plain facts from index `at` on and returns where they end.
    private int write(byte[] into, int at) {
        int end = writePlain(source, into, at);
        into[end++] = ':';
        for (long rest = told; rest != 0; rest &= rest - 1) {
            int fact = Long.numberOfTrailingZeros(rest);
            byte[] prefix = PREFIXES[fact];
            System.arraycopy(prefix, 0, into, end, prefix.length);
            end += prefix.length;
            String text = texts[fact];
            if (text != null) {
                into[end++] = '"';
                end = writePlain(text, into, end);
                into[end++] = '"';
            } else if (fact == slot(Fact.LOCATION)) {
                end = writePlain("0x" + Long.toHexString(numbers[fact]), into, end);
            } else {
                end = writeNumber(numbers[fact], into, end);
            }
        }
        return end;
    }

    private static int writePlain(String text, byte[] into, int at) {
        for (int i = 0; i < text.length(); i++) {
            into[at + i] = (byte) text.charAt(i);
        }
        return at + text.length();
    }

    private static int writeNumber(long number, byte[] into, int at) {
        if (number > Integer.MAX_VALUE) {
            return writePlain(Long.toString(number), into, at);
        }
        int rest = (int) number;
        int digits = 1;
        for (long limit = 10; rest >= limit; limit *= 10) {
            digits++;
        }
        for (int i = at + digits - 1; i >= at; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + digits;
    }

    private void appendValue(StringBuilder text, Fact fact) {
        String value = texts[slot(fact)];
        long number = numbers[slot(fact)];
        if (value != null) {
            appendQuoted(text, value);
        } else if (fact == Fact.LOCATION) {
            text.append("0x").append(Long.toHexString(number));
        } else if (number >= 0) {
            text.append(number);
        } else {
            text.append(Long.toUnsignedString(number));
        }
    }

    private static void appendQuoted(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c == '\n') {
                text.append("\\n");
            } else if (c != 0) { // a comment ends at a NUL
                text.append(c);
            }
        }
        text.append('"');
    }

    /// Takes over what `comment` says and returns true, or returns false when it is no such comment, and then
    /// holds nothing that could be relied on. Facts of names that are unknown here are passed over.
    public boolean parse(String comment) {
        int colon = comment.indexOf(':');
        if (colon < 1 || !isSource(comment, colon) || !comment.startsWith(": ", colon)) {
            return false;
        }
        source = comment.substring(0, colon);
        clear();
        int at = colon + 1;
        while (at >= 0 && at < comment.length()) {
            at = comment.charAt(at) == ' ' ? parseFact(comment, at + 1) : -1;
        }
        return at >= 0;
    }

    /// Returns where the fact at `start` ends, or -1 when there is none.
    private int parseFact(String comment, int start) {
        int equals = comment.indexOf('=', start);
        if (equals < 0 || !isName(comment, start, equals)) {
            return -1;
        }
        String key = comment.substring(start, equals);
        return comment.startsWith("\"", equals + 1)
                ? parseText(comment, key, equals + 2)
                : parseNumber(comment, key, equals + 1);
    }

    private int parseText(String comment, String key, int start) {
        StringBuilder value = new StringBuilder();
        int at = start;
        while (at < comment.length() && comment.charAt(at) != '"') {
            boolean escaped = comment.charAt(at) == '\\' && at + 1 < comment.length();
            at += escaped ? 1 : 0;
            char c = comment.charAt(at++);
            value.append(escaped && c == 'n' ? '\n' : c);
        }
        Fact fact = Fact.ofKey(key);
        if (fact != null) {
            put(fact, value.toString());
        }
        return at < comment.length() ? at + 1 : -1;
    }

    private int parseNumber(String comment, String key, int start) {
        int space = comment.indexOf(' ', start);
        int end = space < 0 ? comment.length() : space;
        boolean hex = comment.startsWith("0x", start);
        try {
            long value = Long.parseUnsignedLong(comment.substring(hex ? start + 2 : start, end), hex ? 16 : 10);
            Fact fact = Fact.ofKey(key);
            if (fact != null) {
                put(fact, value);
            }
            return end;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static boolean isSource(String text, int end) {
        return end <= MAX_SOURCE && isName(text, 0, end);
    }

    private static boolean isName(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
                return false;
            }
        }
        return end > start;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventFacts that
                && source.equals(that.source)
                && told == that.told
                && Arrays.stream(ALL)
                        .filter(this::has)
                        .allMatch(fact -> numbers[slot(fact)] == that.numbers[slot(fact)]
                                && Objects.equals(texts[slot(fact)], that.texts[slot(fact)]));
    }

    @Override
    public int hashCode() {
        return format().hashCode();
    }

    /// As [#format].
    @Override
    public String toString() {
        return format();
    }
}

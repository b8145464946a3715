package hopline.capture;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

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

    private String source = "";
    private final Map<Fact, Long> numbers = new EnumMap<>(Fact.class);
    private final Map<Fact, String> texts = new EnumMap<>(Fact.class);

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
        numbers.put(fact, value);
        texts.remove(fact);
        return this;
    }

    public EventFacts put(Fact fact, String value) {
        texts.put(fact, value);
        numbers.remove(fact);
        return this;
    }

    /// The part of the system that told.
    public String source() {
        return source;
    }

    public boolean has(Fact fact) {
        return numbers.containsKey(fact) || texts.containsKey(fact);
    }

    /// The fact's number, or `otherwise` when it is not told or is a text.
    public long number(Fact fact, long otherwise) {
        return numbers.getOrDefault(fact, otherwise);
    }

    /// The fact's text; empty when it is not told or is a number.
    public String text(Fact fact) {
        return texts.getOrDefault(fact, "");
    }

    /// True when the system says that it dropped the packet.
    public boolean isDrop() {
        return has(Fact.REASON) || has(Fact.DROP);
    }

    /// A copy that outlives the record.
    public EventFacts copy() {
        EventFacts copy = new EventFacts();
        copy.source = source;
        copy.numbers.putAll(numbers);
        copy.texts.putAll(texts);
        return copy;
    }

    private void clear() {
        numbers.clear();
        texts.clear();
    }

    /// The facts as a comment, which [#parse] understands.
    public String format() {
        StringBuilder text = new StringBuilder(128).append(source).append(':');
        for (Fact fact : Fact.values()) {
            if (has(fact)) {
                text.append(' ').append(fact.key()).append('=');
                appendValue(text, fact);
            }
        }
        return text.toString();
    }

    private void appendValue(StringBuilder text, Fact fact) {
        Long number = numbers.get(fact);
        if (number == null) {
            appendQuoted(text, text(fact));
        } else if (fact == Fact.LOCATION) {
            text.append("0x").append(Long.toHexString(number));
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
                && numbers.equals(that.numbers)
                && texts.equals(that.texts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(source, numbers, texts);
    }

    /// As [#format].
    @Override
    public String toString() {
        return format();
    }
}

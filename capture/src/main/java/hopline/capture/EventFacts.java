package hopline.capture;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a system's tracing said about a record, beyond what pcapng has options for. Reusable.
///
/// In a capture it is a comment that people and programs read alike, the source before a colon, then numbers and
/// quoted texts by name, in the order of [Fact]:
///
/// ```
/// pktmon: event=170 drop="Not locally destined" reason=902 location=0xe0004138 group=13 appearance=3 component=98
/// ```
///
/// Before that of a drop stands another for people alone, see [#sentence].
public final class EventFacts {

    private static final int MAX_SOURCE = 32;

    /// Begins a [#sentence]; no source is called so.
    private static final String DROPPED = "dropped";

    private static final Fact[] ALL = Fact.values();

    /// Lines kept to be written again: those of a packet's way through the system.
    private static final int LINES = 16;

    private String source = "";

    /// Which facts are told: a bit each, by their order. A fact is a number unless it has a text.
    private long told;

    private final long[] numbers = new long[ALL.length];
    private final @Nullable String[] texts = new String[ALL.length];
    private FactsLine @Nullable [] lines;

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

    /// Why the system says that it dropped the packet: in its words, else its number; empty when it does not say.
    public String dropReason() {
        return said(Fact.DROP, Fact.REASON, "reason %d");
    }

    /// Where in the system that was: in its words, else its number; empty when it does not say.
    public String dropPlace() {
        return said(Fact.PLACE, Fact.LOCATION, "location 0x%x");
    }

    private String said(Fact text, Fact number, String form) {
        if (!text(text).isEmpty()) {
            return text(text);
        }
        long code = number(number, -1);
        return code < 0 ? "" : String.format(Locale.ROOT, form, code);
    }

    /// A copy that outlives the record.
    public EventFacts copy() {
        return new EventFacts().set(this);
    }

    /// Takes over all that `other` tells, and forgets what was told before.
    public EventFacts set(EventFacts other) {
        source = other.source;
        told = other.told;
        System.arraycopy(other.numbers, 0, numbers, 0, ALL.length);
        System.arraycopy(other.texts, 0, texts, 0, ALL.length);
        return this;
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

    /// What is told of a drop as a person would say it, on one line:
    /// `dropped: Not locally destined, at location 0xe0004138; component 98; group 13, appearance 3; PID 4`.
    public String sentence() {
        StringBuilder text = new StringBuilder(128).append(DROPPED).append(": ").append(onOneLine(dropReason()));
        if (!dropPlace().isEmpty()) {
            text.append(", at ").append(onOneLine(dropPlace()));
        }
        append(text, "; component ", Fact.COMPONENT);
        append(text, "; group ", Fact.GROUP);
        append(text, ", appearance ", Fact.APPEARANCE);
        append(text, "; PID ", Fact.PROCESS);
        return text.toString();
    }

    private void append(StringBuilder text, String name, Fact fact) {
        if (has(fact)) {
            text.append(name);
            appendValue(text, fact);
        }
    }

    private static String onOneLine(String value) {
        return value.replaceAll("\\p{Cntrl}+", " ");
    }

    /// Adds the facts to `options` as the comment that [#format] gives, without making a text of it where they are
    /// plain, as nearly all are: this is done for each record of a trace. A drop is told in words before that.
    public void addTo(OptionBuffer options) {
        if (isDrop()) {
            options.text(CaptureOptions.COMMENT, sentence());
        }
        FactsLine line = line((int) numbers[slot(Fact.COMPONENT)] & LINES - 1);
        if (line.set(source, told, numbers, texts)) {
            line.addTo(options);
        } else {
            options.text(CaptureOptions.COMMENT, format());
        }
    }

    private FactsLine line(int index) {
        FactsLine[] kept = lines;
        if (kept == null) {
            kept = Stream.generate(FactsLine::new).limit(LINES).toArray(FactsLine[]::new);
            lines = kept;
        }
        return kept[index];
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
        boolean isSentence = end == DROPPED.length() && text.startsWith(DROPPED);
        return end <= MAX_SOURCE && isName(text, 0, end) && !isSentence;
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

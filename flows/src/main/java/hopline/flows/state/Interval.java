package hopline.flows.state;

/// A span of time in nanoseconds since 1970.
///
/// @param from the first moment in it; `Long.MIN_VALUE` when it has no known beginning
/// @param until the first moment after it; `Long.MAX_VALUE` when it has no known end
public record Interval(long from, long until) {

    /// Without beginning or end.
    public static final Interval ALWAYS = new Interval(Long.MIN_VALUE, Long.MAX_VALUE);

    /// @throws IllegalArgumentException when it would end before it begins
    public Interval {
        if (until < from) {
            throw new IllegalArgumentException("interval from " + from + " until " + until);
        }
    }

    /// Whether it is known when this ends.
    public boolean hasEnd() {
        return until != Long.MAX_VALUE;
    }

    /// Whether it holds no moment at all.
    public boolean isEmpty() {
        return from == until;
    }

    /// Whether the moment is in it.
    public boolean contains(long epochNanos) {
        return from <= epochNanos && (epochNanos < until || !hasEnd());
    }
}

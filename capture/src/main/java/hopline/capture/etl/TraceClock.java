package hopline.capture.etl;

/// Turns a trace's raw time stamps into nanoseconds since 1970, without losing its 100 ns.
///
/// Real files counted by the performance counter; the other two clocks were built from the specification alone.
final class TraceClock {

    /// 100 ns units between 1601 and 1970.
    static final long EPOCH = 116_444_736_000_000_000L;

    static final int PERFORMANCE_COUNTER = 1;
    static final int SYSTEM_TIME = 2;
    static final int PROCESSOR_CYCLES = 3;

    private static final long UNITS_PER_SECOND = 10_000_000;
    private static final long UNITS_PER_MICROSECOND = 10;
    private static final long NANOS_PER_UNIT = 100;

    /// Beyond it no clock ticks, and products would not fit.
    private static final long MAX_FREQUENCY = 1L << 39;

    private final long startUnits;
    private final long startTicks;
    /// A tick is `numerator / denominator` units of 100 ns.
    private final long numerator;

    private final long denominator;

    private TraceClock(long startUnits, long startTicks, long numerator, long denominator) {
        this.startUnits = startUnits;
        this.startTicks = startTicks;
        this.numerator = numerator;
        this.denominator = denominator;
    }

    /// The clock that `header` describes; one whose frequency cannot be is taken to tick each 100 ns.
    static TraceClock of(LogfileHeader header) {
        long start = header.startTime() - EPOCH;
        return switch (header.clockType()) {
            case SYSTEM_TIME -> new TraceClock(0, EPOCH, 1, 1);
            case PROCESSOR_CYCLES ->
                counting(start, header.startTicks(), UNITS_PER_MICROSECOND, header.processorMegahertz());
            default -> counting(start, header.startTicks(), UNITS_PER_SECOND, header.ticksPerSecond());
        };
    }

    private static TraceClock counting(long start, long startTicks, long numerator, long denominator) {
        boolean plausible = denominator > 0 && denominator <= MAX_FREQUENCY;
        return new TraceClock(start, startTicks, plausible ? numerator : 1, plausible ? denominator : 1);
    }

    /// Nanoseconds since 1970, rounded towards the start of the trace as Windows rounds; held to the range of a `long`.
    long epochNanos(long ticks) {
        long units = startUnits + units(ticks - startTicks);
        long nanos = units * NANOS_PER_UNIT;
        if (nanos / NANOS_PER_UNIT == units) {
            return nanos;
        }
        return units < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private long units(long ticks) {
        if (numerator == denominator) {
            return ticks;
        }
        return ticks / denominator * numerator + ticks % denominator * numerator / denominator;
    }
}

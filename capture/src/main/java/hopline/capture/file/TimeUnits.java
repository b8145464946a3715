package hopline.capture.file;

import java.math.BigInteger;

/// How a capture counts time: ticks of some length since 1970, in any resolution a format can state.
///
/// Converts to nanoseconds, rounding down and holding what does not fit at the ends of a `long`'s range.
public final class TimeUnits {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /// Microseconds, the default of pcap and pcapng.
    public static final TimeUnits MICROSECONDS = decimal(6, 0);

    /// Nanoseconds, as in pcap's second magic.
    public static final TimeUnits NANOSECONDS = decimal(9, 0);

    private final boolean binary;
    private final int exponent;
    private final long offsetNanos;
    /// When not 0, nanoseconds per tick, good for ticks up to `maxScaled`.
    private final long scale;

    private final long maxScaled;

    private TimeUnits(boolean binary, int exponent, long offsetSeconds) {
        this.binary = binary;
        this.exponent = exponent;
        this.offsetNanos = saturatedMultiply(offsetSeconds, NANOS_PER_SECOND);
        this.scale = !binary && exponent <= 9 ? power(10, 9 - exponent) : 0;
        this.maxScaled = scale == 0 ? 0 : Long.MAX_VALUE / scale;
    }

    /// Ticks of 10^-`exponent` seconds, counted from `offsetSeconds` after 1970.
    public static TimeUnits decimal(int exponent, long offsetSeconds) {
        return new TimeUnits(false, exponent, offsetSeconds);
    }

    /// Ticks of 2^-`exponent` seconds, counted from `offsetSeconds` after 1970.
    public static TimeUnits binary(int exponent, long offsetSeconds) {
        return new TimeUnits(true, exponent, offsetSeconds);
    }

    /// Nanoseconds since 1970 for `ticks`, an unsigned count.
    public long epochNanos(long ticks) {
        if (scale != 0 && ticks >= 0 && ticks <= maxScaled) {
            return saturatedAdd(ticks * scale, offsetNanos);
        }
        return saturatedAdd(binary ? binaryNanos(ticks) : decimalNanos(ticks), offsetNanos);
    }

    /// Ticks, an unsigned count, for nanoseconds since 1970, rounding down; held at 0 and at the largest.
    public long ticks(long epochNanos) {
        if (scale != 0 && offsetNanos == 0) {
            return Math.max(0, Math.floorDiv(epochNanos, scale));
        }
        BigInteger nanos = BigInteger.valueOf(epochNanos).subtract(BigInteger.valueOf(offsetNanos));
        BigInteger perSecond = binary ? BigInteger.TWO.pow(exponent) : BigInteger.TEN.pow(exponent);
        BigInteger ticks = nanos.multiply(perSecond).divide(BigInteger.valueOf(NANOS_PER_SECOND));
        return ticks.signum() < 0 ? 0 : ticks.bitLength() > Long.SIZE ? -1 : ticks.longValue();
    }

    private long decimalNanos(long ticks) {
        if (exponent <= 9) {
            return Long.MAX_VALUE;
        }
        int excess = exponent - 9;
        return excess > 19 ? 0 : Long.divideUnsigned(ticks, power(10, excess));
    }

    private long binaryNanos(long ticks) {
        if (exponent >= Long.SIZE) {
            return fraction(exponent - Long.SIZE >= Long.SIZE ? 0 : ticks >>> (exponent - Long.SIZE));
        }
        long seconds = ticks >>> exponent;
        if (seconds < 0) { // an unsigned count beyond all that can be held
            return Long.MAX_VALUE;
        }
        long rest = exponent == 0 ? 0 : ticks << (Long.SIZE - exponent);
        return saturatedAdd(saturatedMultiply(seconds, NANOS_PER_SECOND), fraction(rest));
    }

    /// `rest` / 2^64 of a second in nanoseconds.
    private static long fraction(long rest) {
        return Math.unsignedMultiplyHigh(rest, NANOS_PER_SECOND);
    }

    /// 10^19 is the largest that fits, read as unsigned.
    private static long power(int base, int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= base;
        }
        return power;
    }

    private static long saturatedMultiply(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        if (high == low >> 63) {
            return low;
        }
        return (a < 0) == (b < 0) ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    private static long saturatedAdd(long a, long b) {
        long sum = a + b;
        boolean overflows = ((a ^ sum) & (b ^ sum)) < 0;
        if (!overflows) {
            return sum;
        }
        return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}

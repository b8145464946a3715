package hopline.capture.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TimeUnitsTest {

    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    record Case(String what, TimeUnits units, long ticks, long nanos) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Case> TIMES = List.of(
            new Case("microseconds", TimeUnits.MICROSECONDS, 1_700_000_000_123_456L, 1_700_000_000_123_456_000L),
            new Case("nanoseconds", TimeUnits.NANOSECONDS, 1_700_000_000_123_456_789L, 1_700_000_000_123_456_789L),
            new Case("whole seconds", TimeUnits.decimal(0, 0), 2, 2_000_000_000),
            new Case("milliseconds", TimeUnits.decimal(3, 0), 1_500, 1_500_000_000),
            new Case("hundreds of nanoseconds", TimeUnits.decimal(7, 0), 15, 1_500),
            new Case("picoseconds round down", TimeUnits.decimal(12, 0), 1_999, 1),
            new Case("10^-28 s, the smallest that can show", TimeUnits.decimal(28, 0), -1L, 1),
            new Case("10^-29 s are too small to show", TimeUnits.decimal(29, 0), -1L, 0),
            new Case("2^0 is whole seconds", TimeUnits.binary(0, 0), 3, 3_000_000_000L),
            new Case("halves of a second", TimeUnits.binary(1, 0), 3, 1_500_000_000),
            new Case("2^-10 s", TimeUnits.binary(10, 0), 1, 976_562),
            new Case("2^-32 s, as NTP counts", TimeUnits.binary(32, 0), 0x1_8000_0000L, 1_500_000_000),
            new Case("2^-64 s", TimeUnits.binary(64, 0), 1L << 63, 500_000_000),
            new Case("2^-65 s", TimeUnits.binary(65, 0), -1L, 499_999_999),
            new Case("2^-127 s", TimeUnits.binary(127, 0), -1L, 0),
            new Case("an offset of seconds", TimeUnits.decimal(6, 3_600), 1, 3_600_000_001_000L),
            new Case("an offset before 1970", TimeUnits.decimal(6, -1), 1, -999_999_000),
            new Case("too late to hold", TimeUnits.MICROSECONDS, -1L, Long.MAX_VALUE),
            new Case(
                    "the latest microsecond",
                    TimeUnits.MICROSECONDS,
                    9_223_372_036_854_775L,
                    9_223_372_036_854_775_000L),
            new Case("the next is too late", TimeUnits.MICROSECONDS, 9_223_372_036_854_776L, Long.MAX_VALUE),
            new Case("too late by its offset", TimeUnits.decimal(6, Long.MAX_VALUE), 1, Long.MAX_VALUE),
            new Case("too early by its offset", TimeUnits.decimal(6, Long.MIN_VALUE), 0, Long.MIN_VALUE));

    @ParameterizedTest
    @FieldSource("TIMES")
    void toNanoseconds(Case expected) {
        assertThat(expected.units().epochNanos(expected.ticks())).isEqualTo(expected.nanos());
    }

    /// Against numbers that cannot overflow.
    @Property
    void decimalUnitsAgreeWithExactArithmetic(
            @ForAll long ticks, @ForAll @IntRange(max = 127) int exponent, @ForAll int offsetSeconds) {
        BigInteger exact = unsigned(ticks).multiply(NANOS).divide(BigInteger.TEN.pow(exponent));

        assertThat(TimeUnits.decimal(exponent, offsetSeconds).epochNanos(ticks))
                .isEqualTo(held(held(exact).add(offset(offsetSeconds))).longValueExact());
    }

    @Property
    void binaryUnitsAgreeWithExactArithmetic(
            @ForAll long ticks, @ForAll @IntRange(max = 127) int exponent, @ForAll int offsetSeconds) {
        BigInteger exact = unsigned(ticks).multiply(NANOS).shiftRight(exponent);

        assertThat(TimeUnits.binary(exponent, offsetSeconds).epochNanos(ticks))
                .isEqualTo(held(held(exact).add(offset(offsetSeconds))).longValueExact());
    }

    @Property
    void ticksAgreeWithExactArithmetic(
            @ForAll long nanos, @ForAll @IntRange(max = 64) int exponent, @ForAll boolean binary, @ForAll int offset) {
        TimeUnits units = binary ? TimeUnits.binary(exponent, offset) : TimeUnits.decimal(exponent, offset);
        BigInteger perSecond = binary ? BigInteger.ONE.shiftLeft(exponent) : BigInteger.TEN.pow(exponent);
        BigInteger sinceStart =
                BigInteger.valueOf(nanos).subtract(offset(offset)).max(BigInteger.ZERO);
        BigInteger exact = sinceStart.multiply(perSecond).divide(NANOS);

        assertThat(unsigned(units.ticks(nanos))).isEqualTo(exact.min(unsigned(-1)));
    }

    private static BigInteger offset(int seconds) {
        return BigInteger.valueOf(seconds).multiply(NANOS);
    }

    private static BigInteger unsigned(long ticks) {
        return new BigInteger(Long.toUnsignedString(ticks));
    }

    private static BigInteger held(BigInteger nanos) {
        return nanos.max(LEAST).min(MOST);
    }
}

package hopline.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumeralsTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 7, -7, 999, -999, 1_000, -1_000, 123_456, 1_234_567, Long.MAX_VALUE, Long.MIN_VALUE})
    void groupsAsAFormatterDoes(long number) {
        assertThat(Numerals.grouped(number)).isEqualTo(String.format(Locale.ROOT, "%,d", number));
    }

    @Property
    void groupsAnyNumberAsAFormatterDoes(@ForAll long number) {
        assertThat(Numerals.grouped(number)).isEqualTo(String.format(Locale.ROOT, "%,d", number));
    }

    @ParameterizedTest
    @CsvSource({
        "16863 idle flows made room, '16,863 idle flows made room'",
        "more than 2 s and 999 records, more than 2 s and 999 records",
        "at 10.1234 of v1234 or 1.2345, at 10.1234 of v1234 or 1.2345",
        "all 1234567., 'all 1,234,567.'",
    })
    void groupsTheCountsOfASentence(String sentence, String grouped) {
        assertThat(Numerals.groupedIn(sentence)).isEqualTo(grouped);
    }

    @ParameterizedTest
    @CsvSource({
        "2314, 1000, 2, 2.31",
        "2315, 1000, 2, 2.32",
        "-2315, 1000, 2, -2.32",
        "9996, 1000, 2, 10.00",
        "41049, 1000, 1, 41.0",
        "1005, 1000, 2, 1.01",
        "400500, 1000, 0, 401",
        "5, 1000, 2, 0.01",
        "4, 1000, 2, 0.00",
    })
    void roundsHalfAwayFromZero(long number, long unit, int digits, String text) {
        assertThat(Numerals.quotient(number, unit, digits)).isEqualTo(text);
    }

    @Property
    void dividesExactly(
            @ForAll @LongRange(min = -1_000_000_000_000_000L, max = 1_000_000_000_000_000L) long number,
            @ForAll @LongRange(min = 1, max = 1_000_000_000) long unit,
            @ForAll @IntRange(max = 2) int digits) {
        String exact = BigDecimal.valueOf(Math.abs(number))
                .divide(BigDecimal.valueOf(unit), digits, RoundingMode.HALF_UP)
                .toPlainString();

        assertThat(Numerals.quotient(number, unit, digits)).isEqualTo((number < 0 ? "-" : "") + exact);
    }
}

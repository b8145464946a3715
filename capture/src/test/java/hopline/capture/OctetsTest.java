package hopline.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class OctetsTest {

    /// Sixteen octets of which only the eight in the middle may be seen.
    private static final Octets MIDDLE =
            Octets.ofHex("dead beef 80 01 ff 7f 00 10 20 40 dead beef").slice(4, 8);

    record Case(String what, ToLongFunction<Octets> read, long value) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Case> READS = List.of(
            new Case("u8 is unsigned", o -> o.u8(2), 0xff),
            new Case("u8 of the last octet", o -> o.u8(7), 0x40),
            new Case("u16 is unsigned", o -> o.u16(0), 0x8001),
            new Case("u16 off any boundary", o -> o.u16(5), 0x1020),
            new Case("u24", o -> o.u24(0), 0x8001ff),
            new Case("u32 is unsigned", o -> o.u32(0), 0x8001ff7fL),
            new Case("i32 is signed", o -> o.i32(0), 0x8001ff7f),
            new Case("u48 is unsigned", o -> o.u48(0), 0x8001ff7f0010L),
            new Case("i64 takes all", o -> o.i64(0), 0x8001ff7f00102040L));

    @ParameterizedTest
    @FieldSource("READS")
    void readsInNetworkOrder(Case expected) {
        assertThat(expected.read().applyAsLong(MIDDLE)).isEqualTo(expected.value());
    }

    static final List<Case> READS_OUTSIDE = List.of(
            new Case("u8 behind the end", o -> o.u8(8), 0),
            new Case("u8 before the start", o -> o.u8(-1), 0),
            new Case("u16 across the end", o -> o.u16(7), 0),
            new Case("u24 across the end", o -> o.u24(6), 0),
            new Case("u32 across the end", o -> o.u32(5), 0),
            new Case("u48 across the end", o -> o.u48(3), 0),
            new Case("i64 across the end", o -> o.i64(1), 0),
            new Case("a slice across the end", o -> o.slice(4, 5).length(), 0),
            new Case(
                    "a slice of a lying length",
                    o -> o.slice(4, Integer.MAX_VALUE).length(),
                    0),
            new Case("a rest behind the end", o -> o.from(9).length(), 0));

    @ParameterizedTest
    @FieldSource("READS_OUTSIDE")
    void neverSeesItsNeighbours(Case outside) {
        assertThatThrownBy(() -> outside.read().applyAsLong(MIDDLE)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void slicesWithoutCopying() {
        byte[] array = {1, 2, 3, 4};
        Octets slice = Octets.wrap(array).slice(1, 2);

        array[1] = 9;

        assertThat(slice).hasToString("0903");
        assertThat(slice.from(1)).hasToString("03");
        assertThat(slice.from(2).length()).isZero();
    }

    @Test
    void aCopyOutlivesTheArray() {
        byte[] array = {1, 2, 3, 4};
        byte[] copy = Octets.wrap(array, 1, 2).toByteArray();

        array[1] = 9;

        assertThat(copy).containsExactly(2, 3);
    }

    @Test
    void truncatesToWhatIsThere() {
        assertThat(MIDDLE.truncatedTo(2)).hasToString("8001");
        assertThat(MIDDLE.truncatedTo(99)).isEqualTo(MIDDLE);
    }

    @Test
    void equalsByWhatItShows() {
        Octets same = Octets.ofHex("8001 ff7f 0010 2040");

        assertThat(MIDDLE).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(same.from(1));
    }

    @Test
    void refusesToWrapMoreThanTheArray() {
        assertThatThrownBy(() -> Octets.wrap(new byte[4], 2, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}

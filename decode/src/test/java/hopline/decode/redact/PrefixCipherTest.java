package hopline.decode.redact;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PrefixCipherTest {

    private static final PrefixCipher.Pins NONE = (number, depth) -> false;

    private final PrefixCipher cipher = cipher("a phrase");

    private static PrefixCipher cipher(String phrase) {
        return new PrefixCipher(RedactionKey.of(phrase).derive("numbers"), NONE);
    }

    @Provide
    Arbitrary<byte[]> numbers() {
        return Arbitraries.bytes().array(byte[].class).ofSize(4);
    }

    @Property(tries = 300)
    void twoNumbersAgreeInAsManyFirstBitsAsBefore(@ForAll("numbers") byte[] one, @ForAll("numbers") byte[] other) {
        assertThat(common(cipher.encrypt(one), cipher.encrypt(other))).isEqualTo(common(one, other));
    }

    @Property(tries = 300)
    void evenNumbersThatAgreeInAllButTheirLastBitsDo(@ForAll("numbers") byte[] one, @ForAll int bit) {
        byte[] other = one.clone();
        other[3] ^= (byte) (1 << (bit & 7));

        assertThat(common(cipher.encrypt(one), cipher.encrypt(other))).isEqualTo(common(one, other));
    }

    private static int common(byte[] one, byte[] other) {
        int bits = 0;
        while (bits < 32 && ((one[bits >>> 3] ^ other[bits >>> 3]) & (0x80 >>> (bits & 7))) == 0) {
            bits++;
        }
        return bits;
    }

    /// Each bit is turned over in about half of all networks, whatever the key.
    @Test
    void noNumberIsNearerToItselfThanChanceBringsIt() {
        for (int key = 0; key < 3; key++) {
            PrefixCipher some = cipher("key " + key);
            for (int first = 0; first < 256; first++) {
                byte[] number = {(byte) first, (byte) (first * 7), (byte) (first * 31), (byte) (first * 57)};
                assertThat(common(some.encrypt(number), number)).isLessThan(24);
            }
        }
    }
}

package hopline.capture.etl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class XpressDecoderTest {

    record Case(String what, String compressed, String text) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Case> PUBLISHED = List.of(
            new Case(
                    "MS-XCA 3.1, literals only",
                    "3f0000006162636465666768696a6b6c6d6e6f707172737475767778797a",
                    "abcdefghijklmnopqrstuvwxyz"),
            new Case("MS-XCA 3.1, one long match", "ffffff1f61626317000fff2601", "abc".repeat(100)),
            new Case("a match of length 3 at distance 1", "ffffff7f610000", "aaaa"));

    @ParameterizedTest
    @FieldSource("PUBLISHED")
    void understandsWhatOthersCompressed(Case example) throws IOException {
        byte[] expected = example.text().getBytes(StandardCharsets.US_ASCII);

        assertThat(decode(HexFormat.of().parseHex(example.compressed()), expected.length, expected.length))
                .isEqualTo(expected);
    }

    /// The window holds no more than a match can reach, and the steps end anywhere within a token.
    @Property(tries = 200)
    void unpacksInStepsOfAnySize(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5000) int step)
            throws IOException {
        byte[] plain = repetitive(new Random(seed));

        assertThat(decode(XpressEncoder.encode(plain), plain.length, step)).isEqualTo(plain);
    }

    @Property(tries = 500)
    void nothingMakesItFail(@ForAll byte[] anything, @ForAll @IntRange(min = 0, max = 100_000) int claimed)
            throws IOException {
        assertThat(decode(anything, claimed, 1000)).hasSizeLessThanOrEqualTo(claimed);
    }

    @Property(tries = 100)
    void aCutStreamGivesWhatPrecedesTheCut(@ForAll long seed, @ForAll @IntRange(min = 0, max = 999) int permille)
            throws IOException {
        byte[] plain = repetitive(new Random(seed));
        byte[] compressed = XpressEncoder.encode(plain);
        byte[] cut = Arrays.copyOf(compressed, compressed.length * permille / 1000);

        byte[] decoded = decode(cut, plain.length, plain.length);

        assertThat(decoded).isEqualTo(Arrays.copyOf(plain, decoded.length));
    }

    /// Runs of all lengths, so that each way to write a length occurs.
    private static byte[] repetitive(Random random) {
        byte[] plain = new byte[random.nextInt(100_000)];
        int at = 0;
        while (at < plain.length) {
            int run = Math.min(plain.length - at, 1 + (1 << random.nextInt(18)));
            boolean same = random.nextInt(3) > 0;
            byte octet = (byte) random.nextInt(4);
            for (int i = 0; i < run; i++) {
                plain[at++] = same ? octet : (byte) random.nextInt(8);
            }
        }
        return plain;
    }

    private static byte[] decode(byte[] compressed, int size, int step) throws IOException {
        XpressDecoder decoder = new XpressDecoder((position, into, offset, length) -> {
            int there = (int) Math.min(length, compressed.length - position);
            System.arraycopy(compressed, (int) position, into, offset, there);
            return there;
        });
        decoder.start(0, compressed.length);
        byte[] out = new byte[size];
        int at = 0;
        while (at < size) {
            int next = decoder.decode(out, at, Math.min(size, at + step));
            if (next == at) {
                break;
            }
            at = next;
        }
        return Arrays.copyOf(out, at);
    }
}

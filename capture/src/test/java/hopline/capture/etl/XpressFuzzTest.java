package hopline.capture.etl;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import java.util.Arrays;

/// Whatever a compressed buffer holds, as much is unpacked as was asked for or less, the same in one step and in many;
/// and what is compressed is unpacked as it was.
///
/// The first octet is the length of a step, the rest the buffer. The seeds beside the test's resources, and what
/// fuzzing found, are run with all tests; `JAZZER_FUZZ=1` fuzzes.
class XpressFuzzTest {

    /// What a buffer may claim to become.
    private static final int CLAIMED = 64 << 10;

    @FuzzTest(maxDuration = "60s")
    void unpack(byte @NotNull [] octets) throws IOException {
        if (octets.length == 0) {
            return;
        }
        byte[] buffer = Arrays.copyOfRange(octets, 1, octets.length);
        byte[] atOnce = unpacked(buffer, CLAIMED, CLAIMED);

        assertThat(unpacked(buffer, CLAIMED, 1 + (octets[0] & 0xff))).isEqualTo(atOnce);
        assertThat(unpacked(XpressEncoder.encode(buffer), buffer.length, CLAIMED))
                .isEqualTo(buffer);
    }

    private static byte[] unpacked(byte[] buffer, int claimed, int step) throws IOException {
        XpressDecoder decoder = new XpressDecoder((position, into, offset, length) -> {
            int there = Math.clamp(buffer.length - position, 0, length);
            System.arraycopy(buffer, (int) position, into, offset, there);
            return there;
        });
        decoder.start(0, buffer.length);
        byte[] out = new byte[claimed];
        int to = 0;
        int before = -1;
        while (to > before && to < claimed) {
            before = to;
            to = decoder.decode(out, to, Math.min(claimed, to + step));
        }
        return Arrays.copyOf(out, to);
    }
}

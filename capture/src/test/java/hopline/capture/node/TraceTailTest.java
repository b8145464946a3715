package hopline.capture.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTailTest {

    @TempDir
    Path folder;

    private static byte[] blocks() {
        ByteBuffer blocks = ByteBuffer.allocate(28 + 32).order(ByteOrder.nativeOrder());
        blocks.putInt(0x0A0D0D0A)
                .putInt(28)
                .putInt(0x1A2B3C4D)
                .putShort((short) 1)
                .putShort((short) 0);
        blocks.putLong(-1).putInt(28);
        blocks.putInt(6)
                .putInt(32)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putInt(32);
        return blocks.array();
    }

    @Test
    void leavesAWholeFileAsItIs() throws Exception {
        Path file = Files.write(folder.resolve("whole"), blocks());

        assertThat(TraceTail.repair(file)).isZero();
        assertThat(file).hasBinaryContent(blocks());
    }

    @Test
    void cutsOffABlockThatWasBeingWrittenWhereverItEnds() throws Exception {
        byte[] whole = blocks();
        for (int length = 28; length < whole.length; length++) {
            Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));

            assertThat(TraceTail.repair(file)).isEqualTo(length - 28);
            assertThat(file).hasBinaryContent(Arrays.copyOf(whole, 28));
        }
    }

    @Test
    void cutsOffWhatIsNoBlock() throws Exception {
        byte[] damaged = blocks();
        damaged[28 + 4] = 33; // a length that the end of the block does not repeat
        Path file = Files.write(folder.resolve("damaged"), damaged);

        assertThat(TraceTail.repair(file)).isEqualTo(32);
    }
}

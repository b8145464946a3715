package hopline.capture.etl;

import hopline.bench.StepBenchmark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/// How long does it take to decompress an octet of a trace's buffers?
public class XpressBenchmark extends StepBenchmark {

    private static final int OCTETS = 4 << 20;

    /// Octets a match copies; the longest that its 16 bits can state.
    private static final int MATCH = 9;

    /// Tokens whose flags stand together.
    private static final int GROUP = 32;

    private final byte[] compressed = new byte[OCTETS];
    private final byte[] decompressed = new byte[OCTETS];
    private final XpressDecoder decoder = new XpressDecoder(this::read);
    private int end;
    private int size;

    /// Compresses: octets as they stand and matches in turn as chance has it, half of each, as traces have them.
    @Setup
    public void compress() throws IOException {
        ByteBuffer out = ByteBuffer.wrap(compressed).order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(1);
        int made = 0;
        while (made < OCTETS - GROUP * MATCH) {
            int flags = made == 0 ? 0 : random.nextInt();
            out.putInt(flags);
            for (int i = 0; i < GROUP; i++) {
                if (flags << i < 0) {
                    int distance = 1 + random.nextInt(Math.min(made, XpressDecoder.HISTORY) - 1);
                    out.putShort((short) ((distance - 1) << 3 | (MATCH - 3)));
                    made += MATCH;
                } else {
                    out.put((byte) random.nextInt());
                    made++;
                }
            }
        }
        size = made;
        end = out.position();
        if (decompress() < size) {
            throw new IllegalStateException("only " + decompress() + " of " + size + " octets");
        }
    }

    private int read(long position, byte[] into, int offset, int length) {
        int there = (int) Math.min(length, end - position);
        System.arraycopy(compressed, (int) position, into, offset, there);
        return there;
    }

    /// A buffer of 4 MiB, in one go.
    @Benchmark
    @OperationsPerInvocation(OCTETS)
    public int decompress() throws IOException {
        decoder.start(0, end);
        return decoder.decode(decompressed, 0, size);
    }
}

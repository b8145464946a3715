package hopline.capture.etl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How long does it take to decompress an octet of a trace's buffers?
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class XpressBenchmark {

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

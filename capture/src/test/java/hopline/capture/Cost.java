package hopline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/// What reading costs in memory that is asked for, the same on every machine: no more than is in proportion to what is
/// read, whatever lengths it claims.
public final class Cost {

    /// Of windows, tables and classes, which are there for the smallest input too.
    private static final long FREE = 64 << 20;

    private static final long FOR_EACH_OCTET = 4 << 10;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Cost() {}

    /// What `reading` gives, which must be in proportion to `octets` of input.
    public static <T> T inProportion(int octets, Supplier<T> reading) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        T read = reading.get();
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                .as("octets of memory asked for, of %d octets read", octets)
                .isLessThanOrEqualTo(FREE + FOR_EACH_OCTET * octets);
        return read;
    }
}

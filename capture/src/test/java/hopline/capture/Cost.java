package hopline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.function.Supplier;

/// What reading costs in memory that is asked for, the same on every machine: no more than is in proportion to what is
/// read, whatever lengths it claims.
public final class Cost {

    /// Of windows, tables and classes, which are there for the smallest input too.
    private static final long FREE = 64 << 20;

    private static final long FOR_EACH_OCTET = 4 << 10;

    private Cost() {}

    /// What `reading` gives, which must be in proportion to `octets` of input. It may be done twice: the first time
    /// classes are loaded.
    public static <T> T inProportion(int octets, Supplier<T> reading) {
        long most = FREE + FOR_EACH_OCTET * octets;
        long before = askedFor();
        T read = reading.get();
        if (askedFor() - before > most) {
            before = askedFor();
            read = reading.get();
        }
        assertThat(askedFor() - before)
                .as("octets of memory asked for, of %d octets read", octets)
                .isLessThanOrEqualTo(most);
        return read;
    }

    /// By this thread so far; by reflection, because the module that is tested does not read `java.management`.
    private static long askedFor() {
        try {
            Object threads = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            Method asked = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
            return (long) asked.invoke(threads);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}

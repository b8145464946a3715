package hopline.capture.etl.ndis;

import hopline.capture.etl.EventData;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts packets together that were spread over several events, as Windows did before 8.1: a start, more of it, an end.
///
/// Packets of different threads or cards may be interleaved. Built from the specification alone.
final class Assembly {

    /// Bounds on memory.
    private static final int MAX_OPEN = 256;

    private static final int MAX_LENGTH = 256 << 10;

    /// Whose packet it is a part of.
    record Key(long thread, long lower) {}

    /// What has come of a packet so far.
    static final class Part {

        private byte[] array;
        private int length;

        private Part(EventData octets) {
            array = octets.octets(octets.remaining());
            length = array.length;
        }

        private boolean add(EventData octets) {
            int more = octets.remaining();
            if (length + more > MAX_LENGTH) {
                return false;
            }
            array = Arrays.copyOf(array, length + more);
            System.arraycopy(octets.array(), octets.offset(), array, length, more);
            length += more;
            return true;
        }

        byte[] array() {
            return array;
        }

        int length() {
            return length;
        }
    }

    private final Map<Key, Part> open = new LinkedHashMap<>();
    private long incomplete;

    /// Adds a fragment that is no packet by itself; returns the packet when it is its end, else null.
    @Nullable Part add(Key key, Fragment fragment) {
        if (fragment.isStart()) {
            start(key, fragment);
            return null;
        }
        Part part = open.get(key);
        if (part == null || !part.add(fragment.octets())) {
            open.remove(key);
            incomplete++;
            return null;
        }
        return fragment.isEnd() ? open.remove(key) : null;
    }

    private void start(Key key, Fragment fragment) {
        if (open.size() == MAX_OPEN) {
            open.remove(open.keySet().iterator().next());
            incomplete++;
        }
        incomplete += open.put(key, new Part(fragment.octets())) == null ? 0 : 1;
    }

    /// Fragments and packets that were given up because a part of them was missing.
    long incomplete() {
        return incomplete + open.size();
    }
}

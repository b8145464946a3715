package hopline.capture.etl;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts packets together that were spread over several events: a start, more of it, an end. NDIS did so before
/// Windows 8.1, the filtering platform does.
///
/// Packets of different threads or places may be interleaved. Built from the specification alone.
public final class Assembly {

    /// The bits of an event's keyword that say where in a packet it stands.
    public static final long KEYWORD_START = 0x4000_0000L;

    public static final long KEYWORD_END = 0x8000_0000L;

    /// Bounds on memory.
    private static final int MAX_OPEN = 256;

    private static final int MAX_LENGTH = 256 << 10;

    private final Map<Key, Part> open = new LinkedHashMap<>();
    private long incomplete;

    /// One in which no packet is open.
    public Assembly() {}

    /// True for an event that is no part of a packet but a whole one: it starts and ends it, or marks nothing.
    public static boolean isWhole(long keyword) {
        return (keyword & KEYWORD_START) != 0 ? (keyword & KEYWORD_END) != 0 : keyword == 0;
    }

    /// Whose packet it is a part of: what tells packets apart that one thread logs at a time.
    public record Key(long thread, long place) {}

    /// What has come of a packet so far.
    public static final class Part {

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
            if (length + more > array.length) {
                array = Arrays.copyOf(array, Math.clamp(2L * array.length, length + more, MAX_LENGTH));
            }
            System.arraycopy(octets.array(), octets.offset(), array, length, more);
            length += more;
            return true;
        }

        public byte[] array() {
            return array;
        }

        public int length() {
            return length;
        }
    }

    /// Adds a part of a packet, logged with that keyword; returns the packet when it is its end, else null.
    public @Nullable Part add(Key key, long keyword, EventData octets) {
        if ((keyword & KEYWORD_START) != 0) {
            start(key, octets);
            return null;
        }
        Part part = open.get(key);
        if (part == null || !part.add(octets)) {
            open.remove(key);
            incomplete++;
            return null;
        }
        return (keyword & KEYWORD_END) != 0 ? open.remove(key) : null;
    }

    private void start(Key key, EventData octets) {
        if (open.size() == MAX_OPEN) {
            open.remove(open.keySet().iterator().next());
            incomplete++;
        }
        incomplete += open.put(key, new Part(octets)) == null ? 0 : 1;
    }

    /// Fragments and packets that were given up because a part of them was missing.
    public long incomplete() {
        return incomplete + open.size();
    }
}

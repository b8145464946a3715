package hopline.decode.stage;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The open journeys that began as one packet too large for any wire, by the bytes they carry.
///
/// A sender leaves segmentation to its NIC: one packet at the vNIC is many on the wire, and only the first of those
/// has the large one's sequence number.
final class LargeSends {

    /// Shortest payload that may have been cut: what an Ethernet frame of the usual size cannot hold.
    private static final int MIN_PAYLOAD = 1461;

    /// Longest payload that is believed, twice what any system leaves to its NIC: a record may claim gigabytes.
    private static final int MAX_PAYLOAD = 1 << 20;

    /// Sequence numbers are looked up in blocks of 64 Ki, so that each large send is in two or three.
    private static final int BLOCK_BITS = 16;

    /// Large sends that may share a block; far more than fit without overlapping.
    private static final int MAX_PER_BLOCK = 64;

    private record Entry(int journey, @Nullable Entry older, int depth) {}

    private final StageRows rows;
    private final Map<Long, Entry> byBlock = new HashMap<>();
    private final Stage stage = new Stage();

    LargeSends(StageRows rows) {
        this.rows = rows;
    }

    boolean isEmpty() {
        return byBlock.isEmpty();
    }

    /// Notes a journey, known by its first row, if it is one of those.
    void begin(int journey) {
        if (!isLarge(journey)) {
            return;
        }
        for (int block = firstBlock(stage); ; block = block + 1 & 0xffff) {
            Entry before = byBlock.get(key(stage, block));
            if (before == null || before.depth() < MAX_PER_BLOCK) {
                byBlock.put(key(stage, block), new Entry(journey, before, before == null ? 1 : before.depth() + 1));
            }
            if (block == lastBlock(stage)) {
                return;
            }
        }
    }

    void end(int journey) {
        if (!isLarge(journey)) {
            return;
        }
        for (int block = firstBlock(stage); ; block = block + 1 & 0xffff) {
            long key = key(stage, block);
            Entry entry = without(byBlock.get(key), journey);
            if (entry == null) {
                byBlock.remove(key);
            } else {
                byBlock.put(key, entry);
            }
            if (block == lastBlock(stage)) {
                return;
            }
        }
    }

    private static @Nullable Entry without(@Nullable Entry entry, int journey) {
        if (entry == null) {
            return null;
        }
        if (entry.journey() == journey) {
            return entry.older();
        }
        Entry older = without(entry.older(), journey);
        return new Entry(entry.journey(), older, older == null ? 1 : older.depth() + 1);
    }

    /// The newest large send that carries the first byte of `segment`, or none.
    int find(Stage segment) {
        if (byBlock.isEmpty()) {
            return StageRows.NONE;
        }
        for (Entry entry = byBlock.get(key(segment, firstBlock(segment))); entry != null; entry = entry.older()) {
            rows.load(entry.journey(), stage);
            if (Content.isSegment(stage, segment)) {
                return entry.journey();
            }
        }
        return StageRows.NONE;
    }

    /// Loads the journey's first stage when its length makes that worth while.
    private boolean isLarge(int journey) {
        int length = rows.payloadLength(journey);
        if (length < MIN_PAYLOAD || length > MAX_PAYLOAD) {
            return false;
        }
        rows.load(journey, stage);
        return stage.isTcp();
    }

    private static int firstBlock(Stage stage) {
        return stage.sequence >>> BLOCK_BITS;
    }

    private static int lastBlock(Stage stage) {
        return (stage.sequence + stage.payloadLength - 1) >>> BLOCK_BITS;
    }

    private static long key(Stage stage, int block) {
        return (long) stage.acknowledgment << BLOCK_BITS | block;
    }
}

package hopline.decode.census;

/// A set of 64-bit fingerprints in one array, bounded.
///
/// Two things with one fingerprint count as one: among a million, that happens once in some 40 million captures.
final class Fingerprints {

    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;
    private static final int FIRST_SLOTS = 1 << 10;

    private final int limit;
    private long[] slots = new long[FIRST_SLOTS];
    private int size;
    private boolean full;

    /// Takes in at most `limit` of them.
    Fingerprints(int limit) {
        this.limit = limit;
    }

    /// Spreads two words over 64 bits.
    static long of(long a, long b) {
        long mixed = (a ^ Long.rotateLeft(b, 32) * GOLDEN_RATIO) * GOLDEN_RATIO;
        mixed ^= mixed >>> 32;
        mixed = (mixed + b) * GOLDEN_RATIO;
        return mixed ^ mixed >>> 29;
    }

    /// True when it was not there yet; false, too, when the set is full.
    boolean add(long fingerprint) {
        long stored = fingerprint == 0 ? 1 : fingerprint;
        int slot = slotOf(slots, stored);
        if (slots[slot] == stored) {
            return false;
        }
        if (size == limit) {
            full = true;
            return false;
        }
        slots[slot] = stored;
        size++;
        if (size > slots.length / 2) {
            grow();
        }
        return true;
    }

    /// Where `stored` is, or would go: the first free slot from its own on; 0 marks a free one.
    private static int slotOf(long[] slots, long stored) {
        int slot = (int) ((stored * GOLDEN_RATIO) >>> 32) & (slots.length - 1);
        while (slots[slot] != 0 && slots[slot] != stored) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] larger = new long[2 * slots.length];
        for (long stored : slots) {
            if (stored != 0) {
                larger[slotOf(larger, stored)] = stored;
            }
        }
        slots = larger;
    }

    /// True when one had to be turned away.
    boolean isFull() {
        return full;
    }
}

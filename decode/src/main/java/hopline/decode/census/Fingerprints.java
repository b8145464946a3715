package hopline.decode.census;

/// A set of 62-bit fingerprints in one array, bounded; each bears one or two marks.
///
/// Two things with one fingerprint count as one: among a million, that happens once in some 10 million captures.
final class Fingerprints {

    /// All marks there are.
    static final int BOTH_MARKS = 3;

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
        return mark(fingerprint, 1) == 0;
    }

    /// Takes `fingerprint` in if need be, and marks it.
    ///
    /// @param mark 1 or 2
    /// @return the marks it had before: none when it was not there yet; both, too, when the set is full
    int mark(long fingerprint, int mark) {
        int slot = slotOf(slots, fingerprint);
        int marks = (int) slots[slot] & BOTH_MARKS;
        if (marks == 0 && size == limit) {
            full = true;
            return BOTH_MARKS;
        }
        slots[slot] = (fingerprint & ~BOTH_MARKS) | marks | mark;
        if (marks == 0) {
            size++;
            if (size > slots.length / 2) {
                grow();
            }
        }
        return marks;
    }

    /// Where `fingerprint` is, or would go: the first free slot from its own on, which is the one without marks.
    private static int slotOf(long[] slots, long fingerprint) {
        int slot = (int) (((fingerprint & ~BOTH_MARKS) * GOLDEN_RATIO) >>> 32) & (slots.length - 1);
        while (slots[slot] != 0 && (slots[slot] ^ fingerprint) >>> 2 != 0) {
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

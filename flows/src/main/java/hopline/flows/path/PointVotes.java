package hopline.flows.path;

import hopline.decode.Address;

/// How many packets showed of two points which one is nearer to an address.
///
/// An open-addressing table over words: each packet learnt from asks it several times, and there is one entry for each
/// address and pair of points.
final class PointVotes {

    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    /// Of an entry: the points, and the two halves of the address.
    private static final int WORDS = 3;

    private long[] keys = new long[WORDS << 8];
    private int[] votes = new int[1 << 8];
    private int size;

    int size() {
        return size;
    }

    /// Counts a packet that showed `nearer`, a point's number, to be nearer to the address than `farther`.
    void add(int nearer, int farther, long high, long low) {
        int slot = slot(pair(nearer, farther), high, low);
        if (votes[slot]++ > 0) {
            return;
        }
        keys[slot * WORDS] = pair(nearer, farther);
        keys[slot * WORDS + 1] = high;
        keys[slot * WORDS + 2] = low;
        if (++size * 2 > votes.length) {
            grow();
        }
    }

    /// How often that was counted.
    int of(int nearer, int farther, Address address) {
        return votes[slot(pair(nearer, farther), address.high(), address.low())];
    }

    private static long pair(int nearer, int farther) {
        return (long) nearer << 32 | farther;
    }

    /// Where the entry is, or the free place for it.
    private int slot(long pair, long high, long low) {
        long hash = (pair * MULTIPLIER ^ low ^ high * 31) * MULTIPLIER;
        int slot = (int) (hash >>> 32) & votes.length - 1;
        while (votes[slot] != 0 && !is(slot, pair, high, low)) {
            slot = slot + 1 & votes.length - 1;
        }
        return slot;
    }

    private boolean is(int slot, long pair, long high, long low) {
        int at = slot * WORDS;
        return keys[at + 2] == low && keys[at] == pair && keys[at + 1] == high;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldVotes = votes;
        keys = new long[oldKeys.length * 2];
        votes = new int[oldVotes.length * 2];
        for (int i = 0; i < oldVotes.length; i++) {
            if (oldVotes[i] != 0) {
                int at = i * WORDS;
                int slot = slot(oldKeys[at], oldKeys[at + 1], oldKeys[at + 2]);
                System.arraycopy(oldKeys, at, keys, slot * WORDS, WORDS);
                votes[slot] = oldVotes[i];
            }
        }
    }
}

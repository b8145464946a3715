package hopline.flows.path;

/// How many journeys of one shape have been seen: between the same addresses, past the same points, in the same
/// tunnels, whatever their ports.
///
/// A few of a shape teach as much as a million. Bounded: beyond [#MAX_SHAPES] every journey counts as new.
final class Shapes {

    /// Journeys of one shape worth learning from.
    private static final int ENOUGH = 8;

    private static final int MAX_SHAPES = 1 << 19;

    private long[] hashes = new long[1 << 10];
    private byte[] counts = new byte[1 << 10];
    private int size;

    /// Counts a journey of that [Route#shape]; true when there have been enough before.
    boolean isFamiliar(long shape) {
        int slot = slot(shape);
        if (counts[slot] == 0) {
            if (size >= MAX_SHAPES) {
                return false;
            }
            size++;
            hashes[slot] = shape;
        }
        if (counts[slot] >= ENOUGH) {
            return true;
        }
        counts[slot]++;
        if (size * 2 > hashes.length) {
            grow();
        }
        return false;
    }

    /// Where `hash` is, or the free place for it.
    private int slot(long hash) {
        int slot = (int) hash & hashes.length - 1;
        while (counts[slot] != 0 && hashes[slot] != hash) {
            slot = slot + 1 & hashes.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        byte[] oldCounts = counts;
        hashes = new long[oldHashes.length * 2];
        counts = new byte[hashes.length];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldCounts[i] != 0) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                counts[slot] = oldCounts[i];
            }
        }
    }
}

package hopline.flows.scene;

import hopline.decode.Address;
import hopline.decode.stage.Mix;
import hopline.decode.stage.Stage;

/// A set of 64-bit hashes, to pass over quickly what was seen before.
///
/// Bounded: when `MAX_SIZE` are in it, nothing is new any more.
final class Hashes {

    private static final int MAX_SIZE = 1 << 19;

    private long[] table = new long[1 << 10];
    private int size;

    /// Adds `hash`; false when it was there already, or there is no room.
    boolean add(long hash) {
        long entry = hash == 0 ? 1 : hash;
        int slot = slot(table, entry);
        if (table[slot] == entry || size >= MAX_SIZE) {
            return false;
        }
        table[slot] = entry;
        if (++size * 2 > table.length) {
            grow();
        }
        return true;
    }

    private static int slot(long[] table, long entry) {
        int slot = (int) entry & table.length - 1;
        while (table[slot] != 0 && table[slot] != entry) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (long entry : table) {
            if (entry != 0) {
                larger[slot(larger, entry)] = entry;
            }
        }
        table = larger;
    }

    /// Equal for frames at one point between the same MACs and the same addresses.
    static long ofLink(Stage stage, boolean works) {
        long hash = Mix.of(stage.point().id(), stage.sourceMac());
        hash = Mix.of(hash, stage.destinationMac());
        hash = Mix.of(hash, stage.sourceLow() ^ stage.sourceHigh() * 31);
        hash = Mix.of(hash, stage.destinationLow() ^ stage.destinationHigh() * 31);
        return Mix.of(hash, works ? 1 : 2);
    }

    /// Equal for frames that are tunnelled to one VTEP, for the same MAC and the same address.
    static long ofInnerFrame(Stage stage, Address vtep) {
        long hash = Mix.of(vtep.low() ^ vtep.high() * 31, stage.destinationMac());
        return Mix.of(hash, stage.destinationLow() ^ stage.destinationHigh() * 31);
    }

    /// Equal for questions of one client to one server, which were sent on to one other, and found an answer or none.
    static long ofQuestion(Stage first, Stage last, boolean found) {
        long hash = Mix.of(
                first.sourceLow() ^ first.sourceHigh() * 31, first.destinationLow() ^ first.destinationHigh() * 31);
        hash = Mix.of(hash, last.destinationLow() ^ last.destinationHigh() * 31);
        return Mix.of(hash, found ? 1 : 2);
    }
}

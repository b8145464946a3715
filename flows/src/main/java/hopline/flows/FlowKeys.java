package hopline.flows;

import hopline.decode.stage.Stage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which flow a packet belongs to, by its addresses and ports as any capture point saw them.
///
/// An open-addressing table: there is a key for each tuple of each live flow, and it is asked for every packet.
final class FlowKeys {

    private @Nullable FlowKey[] table = new FlowKey[1 << 10];

    /// The hash of each key beside it, so that looking for one looks into no other.
    private long[] hashes = new long[1 << 10];

    private int size;

    @Nullable FlowKey find(Stage stage) {
        boolean sourceIsA = FlowKey.sourceIsA(stage);
        long hash = stage.conversationHash();
        int slot = (int) hash & table.length - 1;
        for (FlowKey key = table[slot]; key != null; key = table[slot]) {
            if (hashes[slot] == hash && key.fits(stage, sourceIsA)) {
                return key;
            }
            slot = slot + 1 & table.length - 1;
        }
        return null;
    }

    /// The key that is found first, or null: of most stages it is the right one.
    @Nullable FlowKey likely(Stage stage) {
        long hash = stage.conversationHash();
        int slot = (int) hash & table.length - 1;
        return hashes[slot] == hash ? table[slot] : null;
    }

    /// Adds the tuple of `stage`, which must not be there yet.
    FlowKey add(Stage stage, Flow flow, boolean isForward) {
        if (size * 2 >= table.length) {
            grow();
        }
        long hash = stage.conversationHash();
        FlowKey key = new FlowKey(stage, hash, flow, isForward);
        insert(key, hash);
        size++;
        return key;
    }

    void clear() {
        Arrays.fill(table, null);
        size = 0;
    }

    private void insert(FlowKey key, long hash) {
        int slot = (int) hash & table.length - 1;
        while (table[slot] != null) {
            slot = slot + 1 & table.length - 1;
        }
        table[slot] = key;
        hashes[slot] = hash;
    }

    private void grow() {
        @Nullable FlowKey[] old = table;
        long[] oldHashes = hashes;
        table = Arrays.copyOf(new FlowKey[0], old.length * 2);
        hashes = new long[table.length];
        for (int i = 0; i < old.length; i++) {
            FlowKey key = old[i];
            if (key != null) {
                insert(key, oldHashes[i]);
            }
        }
    }

    void remove(FlowKey key) {
        int slot = (int) key.hash & table.length - 1;
        while (table[slot] != key) {
            if (table[slot] == null) {
                return;
            }
            slot = slot + 1 & table.length - 1;
        }
        table[slot] = null;
        size--;
        closeGap(slot);
    }

    /// Moves keys that were displaced over the freed slot back towards where they belong.
    private void closeGap(int freed) {
        int gap = freed;
        int slot = gap + 1 & table.length - 1;
        for (FlowKey key = table[slot]; key != null; key = table[slot]) {
            int home = (int) hashes[slot] & table.length - 1;
            boolean mayMove = (slot - home & table.length - 1) >= (slot - gap & table.length - 1);
            if (mayMove) {
                table[gap] = key;
                hashes[gap] = hashes[slot];
                table[slot] = null;
                gap = slot;
            }
            slot = slot + 1 & table.length - 1;
        }
    }
}

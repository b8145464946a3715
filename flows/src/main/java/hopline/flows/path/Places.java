package hopline.flows.path;

import hopline.decode.Address;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The places of all addresses seen, by address.
///
/// An open-addressing table asked by the words of an address: it is asked several times for each packet learnt from.
/// Bounded: beyond `max` addresses no more are added.
final class Places {

    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private final int max;
    private @Nullable Place[] table = new Place[1 << 10];
    private int size;
    private boolean omitted;

    Places(int max) {
        this.max = max;
    }

    /// Whether some address found no room.
    boolean isFull() {
        return omitted;
    }

    @Nullable Place find(Address address) {
        return find(address.high(), address.low());
    }

    @Nullable Place find(long high, long low) {
        return table[slot(high, low)];
    }

    /// The place of that address, added if there is room; else null.
    @Nullable Place of(long high, long low) {
        int slot = slot(high, low);
        Place known = table[slot];
        if (known != null) {
            return known;
        }
        if (size >= max) {
            omitted = true;
            return null;
        }
        Place place = new Place(high, low);
        table[slot] = place;
        size++;
        if (size * 2 > table.length) {
            grow();
        }
        return place;
    }

    private int slot(long high, long low) {
        long hash = (low ^ high * 31) * MULTIPLIER;
        int slot = (int) (hash >>> 32) & table.length - 1;
        for (Place place = table[slot]; place != null && (place.low != low || place.high != high); ) {
            slot = slot + 1 & table.length - 1;
            place = table[slot];
        }
        return slot;
    }

    private void grow() {
        @Nullable Place[] old = table;
        table = new Place[old.length * 2];
        for (Place place : old) {
            if (place != null) {
                table[slot(place.high, place.low)] = place;
            }
        }
    }

    void forEach(Consumer<Place> visitor) {
        for (Place place : table) {
            if (place != null) {
                visitor.accept(place);
            }
        }
    }
}

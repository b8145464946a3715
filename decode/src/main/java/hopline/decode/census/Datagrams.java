package hopline.decode.census;

import hopline.capture.Octets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts fragmented datagrams together again.
///
/// Holds at most [#MAX_DATAGRAMS] incomplete ones and [#MAX_OCTETS] of their pieces; beyond that the oldest are given
/// up. Pieces take the room they were captured with, never the room that their offsets claim.
final class Datagrams {

    static final int MAX_DATAGRAMS = 4_096;
    static final long MAX_OCTETS = 16 << 20;

    /// What a piece costs beside its octets: a bound that many small ones reach, too.
    private static final int PIECE_OVERHEAD = 128;

    /// What the fragments of a datagram share.
    record Key(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, int protocol, int id) {}

    private final Map<Key, Pieces> incomplete = new LinkedHashMap<>();
    private long octets;
    private long givenUp;

    /// Takes in a fragment; its datagram's payload when it is the one that was missing, else null.
    ///
    /// @param offset where `payload` belongs
    /// @param more whether others follow it
    byte @Nullable [] add(Key key, int offset, boolean more, Octets payload) {
        Pieces pieces = incomplete.computeIfAbsent(key, k -> new Pieces());
        octets += pieces.add(offset, more, payload);
        if (pieces.isComplete()) {
            octets -= pieces.cost;
            incomplete.remove(key);
            return pieces.joined();
        }
        makeRoom();
        return null;
    }

    private void makeRoom() {
        Iterator<Pieces> oldest = incomplete.values().iterator();
        while (incomplete.size() > MAX_DATAGRAMS || octets > MAX_OCTETS) {
            octets -= oldest.next().cost;
            oldest.remove();
            givenUp++;
        }
    }

    /// How many incomplete datagrams had to make room for others.
    long givenUp() {
        return givenUp;
    }

    /// What has arrived of one datagram. Of pieces that overlap, the earlier octets win.
    private static final class Pieces {

        private final TreeMap<Integer, byte[]> byOffset = new TreeMap<>();
        private int total = -1;
        private long arrived;
        private long cost;

        /// Returns by how much the cost rose.
        long add(int offset, boolean more, Octets payload) {
            if (!more) {
                total = offset + payload.length();
            }
            byte[] there = byOffset.get(offset);
            if (there != null && there.length >= payload.length()) {
                return 0;
            }
            byOffset.put(offset, payload.toByteArray());
            int grown = payload.length() - (there == null ? 0 : there.length);
            int paid = grown + (there == null ? PIECE_OVERHEAD : 0);
            arrived += grown;
            cost += paid;
            return paid;
        }

        boolean isComplete() {
            return total >= 0 && arrived >= total && reach() >= total;
        }

        /// How far the datagram is there without a gap.
        private int reach() {
            int end = 0;
            for (Map.Entry<Integer, byte[]> piece : byOffset.entrySet()) {
                if (piece.getKey() > end) {
                    return end;
                }
                end = Math.max(end, piece.getKey() + piece.getValue().length);
            }
            return end;
        }

        byte[] joined() {
            byte[] whole = new byte[total];
            int end = 0;
            for (Map.Entry<Integer, byte[]> piece : byOffset.entrySet()) {
                int skipped = end - piece.getKey();
                int length = Math.min(piece.getValue().length, total - piece.getKey()) - skipped;
                if (length > 0) {
                    System.arraycopy(piece.getValue(), skipped, whole, end, length);
                    end += length;
                }
            }
            return whole;
        }
    }
}

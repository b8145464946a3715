package hopline.decode.stage;

import org.jspecify.annotations.Nullable;

/// The translations learnt from earlier packets: which addresses and ports became which.
///
/// A cache of fixed size, by the two tuples a translation connects: of two that fall into one place the later stays.
final class Translations {

    private static final int SIZE = 1 << 15;

    private long @Nullable [] learnt;

    /// Notes that `from` and `to` are one packet under two sets of addresses.
    void learn(Stage from, Stage to) {
        if (learnt == null) {
            learnt = new long[SIZE];
        }
        long key = key(from, to);
        learnt[(int) key & SIZE - 1] = key;
    }

    /// True when an earlier packet, of either direction, was translated the same way.
    boolean connects(Stage a, Stage b) {
        if (learnt == null) {
            return false;
        }
        long key = key(a, b);
        return learnt[(int) key & SIZE - 1] == key;
    }

    /// The same for both directions of a connection and either order of the two.
    private static long key(Stage a, Stage b) {
        return a.conversationHash() + b.conversationHash() | 1L << 63;
    }
}

package hopline.decode.stage;

/// Spreads words over 64 bits so that any of them will do as a table index.
public final class Mix {

    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

    private Mix() {}

    /// Equal for equal pairs; of others, also of near ones, rarely.
    public static long of(long a, long b) {
        long mixed = (a ^ Long.rotateLeft(b, 32) * GOLDEN_RATIO) * GOLDEN_RATIO;
        mixed ^= mixed >>> 32;
        mixed = (mixed + b) * GOLDEN_RATIO;
        return mixed ^ mixed >>> 29;
    }
}

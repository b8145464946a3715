package hopline.decode.stage;

/// Spreads words over 64 bits so that any of them will do as a table index.
///
/// Short enough for the quick compiler to put it where it is asked for, which is several times for each stage.
final class Mix {

    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;
    private static final long ODD = 0xD6E8_FEB8_6659_FD93L;

    private Mix() {}

    static long of(long a, long b) {
        long mixed = (a + b * ODD) * GOLDEN_RATIO;
        return mixed ^ mixed >>> 32;
    }
}

package hopline.decode.header;

import hopline.capture.Octets;

/// What a wireless card's driver tells about a frame, [radiotap](https://www.radiotap.org/); everything in it
/// is little-endian. Fields follow in the order of the bits that announce them; only the first two are read
/// here.
///
/// ```
/// +-------------+---------+-------------+--------------------+
/// | version (8) | pad (8) | length (16) | present (32), more |   while bit 31 is set
/// +-------------+---------+-------------+--------------------+
/// | TSFT (64), aligned              when bit 0               |
/// | flags (8)                       when bit 1               |
/// +----------------------------------------------------------+
/// ```
public record RadiotapHeader(Octets octets) implements Header {

    /// The shortest.
    public static final int LENGTH = 8;

    private static final int STATED_LENGTH = 2;
    private static final int PRESENT = 4;
    private static final int WORD = 4;
    private static final int HAS_TIME = 1;
    private static final int HAS_FLAGS = 2;
    private static final int MORE_PRESENT = 1 << 31;
    private static final int TIME_LENGTH = 8;
    private static final int CHECK_SEQUENCE = 0x10;
    private static final int PADDED = 0x20;

    public RadiotapHeader {
        Header.require(octets, LENGTH, "radiotap header");
    }

    /// Octets of the header as stated; below 8 it lies.
    public int headerLength() {
        return octets.u8(STATED_LENGTH) | octets.u8(STATED_LENGTH + 1) << 8;
    }

    /// The frame ends with its check sequence, four octets.
    public boolean hasCheckSequence() {
        return (flags() & CHECK_SEQUENCE) != 0;
    }

    /// Zeros fill up the frame's header to a multiple of four octets.
    public boolean isPadded() {
        return (flags() & PADDED) != 0;
    }

    private int flags() {
        int present = present(PRESENT);
        if ((present & HAS_FLAGS) == 0) {
            return 0;
        }
        int at = PRESENT + WORD;
        int word = present;
        while ((word & MORE_PRESENT) != 0 && at + WORD <= octets.length()) {
            word = present(at);
            at += WORD;
        }
        if ((present & HAS_TIME) != 0) {
            at = (at + TIME_LENGTH - 1) / TIME_LENGTH * TIME_LENGTH + TIME_LENGTH;
        }
        return at < octets.length() ? octets.u8(at) : 0;
    }

    private int present(int at) {
        return Integer.reverseBytes(octets.i32(at));
    }
}

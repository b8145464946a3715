package hopline.capture.pcapng;

import hopline.capture.file.ReadWindow;

/// Walks the options at the end of a block's body.
///
/// ```
/// +------+--------+-----------------+
/// | Code | Length | Value (padded)… |
/// +------+--------+-----------------+
/// ```
///
/// Ends at `opt_endofopt`, at the end of the body, or at an option that would reach beyond it.
final class Options {

    static final int HEADER_LENGTH = 4;

    static final int COMMENT = 1;
    static final int INTERFACE_NAME = 2;
    static final int INTERFACE_DESCRIPTION = 3;
    static final int TIME_RESOLUTION = 9;
    static final int TIME_OFFSET = 14;
    static final int PACKET_DROP_COUNT = 4;
    static final int STATISTICS_INTERFACE_DROPS = 5;
    static final int STATISTICS_SYSTEM_DROPS = 7;

    private static final int END = 0;

    private final ReadWindow window;
    private final int limit;
    private int next;
    private int code;
    private int value;
    private int length;

    /// The options from `start` to `limit`, offsets from the window's start.
    Options(ReadWindow window, int start, int limit) {
        this.window = window;
        this.next = start;
        this.limit = limit;
    }

    /// Moves to the next option; false after the last.
    boolean next() {
        if (limit - next < HEADER_LENGTH) {
            return false;
        }
        code = window.u16(next);
        length = window.u16(next + 2);
        value = next + HEADER_LENGTH;
        next = value + ((length + 3) & ~3);
        return code != END && value + length <= limit;
    }

    int code() {
        return code;
    }

    int length() {
        return length;
    }

    int u8() {
        return window.u8(value);
    }

    long i64() {
        return window.isBigEndian()
                ? (long) window.i32(value) << 32 | window.u32(value + 4)
                : (long) window.i32(value + 4) << 32 | window.u32(value);
    }

    String text() {
        return window.text(value, length);
    }
}

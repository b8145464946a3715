package hopline.capture.etl;

import org.jspecify.annotations.Nullable;

/// How the header of an event is laid out. The number is the octet `HeaderType`, third of each event.
///
/// COMPACT, INSTANCE and WPP were built from the specification alone; no real file showed them.
enum HeaderKind {
    SYSTEM32(0x01, 32, 4, 16, 4),
    SYSTEM64(0x02, 32, 4, 16, 8),
    COMPACT32(0x03, 24, 4, 16, 4),
    COMPACT64(0x04, 24, 4, 16, 8),
    FULL32(0x0A, 48, 0, 16, 4),
    FULL64(0x14, 48, 0, 16, 8),
    INSTANCE32(0x0B, 72, 0, 16, 4),
    INSTANCE64(0x15, 72, 0, 16, 8),
    TIMED(0x0C, 16, 0, -1, 8),
    ERROR(0x0D, 16, 0, -1, 8),
    WNODE(0x0E, 16, 0, -1, 8),
    MESSAGE(0x0F, 8, 0, -1, 8),
    PERFINFO32(0x10, 16, 4, 8, 4),
    PERFINFO64(0x11, 16, 4, 8, 8),
    EVENT32(0x12, 80, 0, 16, 4),
    EVENT64(0x13, 80, 0, 16, 8),
    /// Of the Windows software trace preprocessor: told by its flags, it has no number of its own.
    WPP(-1, 8, 0, -1, 8);

    private static final int MARKER = 0x80;
    private static final int EVENT_TRACE = 0x40;
    private static final @Nullable HeaderKind[] BY_NUMBER = new HeaderKind[0x20];

    static {
        for (HeaderKind kind : values()) {
            if (kind.number >= 0) {
                BY_NUMBER[kind.number] = kind;
            }
        }
    }

    private final int number;
    private final int length;
    private final int sizeAt;
    private final int timeAt;
    private final int pointerSize;

    HeaderKind(int number, int length, int sizeAt, int timeAt, int pointerSize) {
        this.number = number;
        this.length = length;
        this.sizeAt = sizeAt;
        this.timeAt = timeAt;
        this.pointerSize = pointerSize;
    }

    /// What the four octets from `at` on begin, or null when no event begins so.
    static @Nullable HeaderKind of(byte[] array, int at) {
        int flags = array[at + 3];
        if ((flags & MARKER) == 0) {
            return null;
        }
        if ((flags & EVENT_TRACE) == 0) {
            return WPP;
        }
        int number = array[at + 2] & 0xff;
        return number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    int number() {
        return number;
    }

    /// Octets of the header.
    int length() {
        return length;
    }

    /// Where the size of the whole event stands, a `u16`.
    int sizeAt() {
        return sizeAt;
    }

    /// Where the raw time stamp stands; -1 when it has none, or none at a fixed place.
    int timeAt() {
        return timeAt;
    }

    /// Octets of a pointer in the payload: 4 or 8.
    int pointerSize() {
        return pointerSize;
    }

    boolean isManifest() {
        return this == EVENT32 || this == EVENT64;
    }

    boolean isClassic() {
        return this == FULL32 || this == FULL64 || this == INSTANCE32 || this == INSTANCE64;
    }

    /// True when it has a group and a type instead of a provider.
    boolean isKernel() {
        return timeAt >= 0 && sizeAt == 4;
    }

    /// True for the kernel's headers that state a thread and a process.
    boolean hasThread() {
        return isManifest() || isClassic() || (isKernel() && this != PERFINFO32 && this != PERFINFO64);
    }
}

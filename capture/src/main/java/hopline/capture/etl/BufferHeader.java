package hopline.capture.etl;

import org.jspecify.annotations.Nullable;

/// What is known of one buffer before its events are read: the header `WMI_BUFFER_HEADER`, and when its first event
/// happened.
///
/// ```
///  0x00 u32 BufferSize      octets in the file, this header included: the step to the next buffer
///  0x28 u16 ClientContext   the processor it belongs to
///  0x30 u32 Offset          octets used, this header included, as if not compressed
///  0x34 u16 BufferFlag      0x02 events lost, 0x04 buffer lost, 0x20 processor index, 0x40 compressed
///  0x36 u16 BufferType      4 is the first of a file
/// ```
///
/// @param position its file offset
/// @param size octets in the file, as stated
/// @param used octets of events it holds, decompressed
/// @param processor the processor it belongs to
/// @param firstTime the raw time stamp of its first event
record BufferHeader(long position, int size, int used, int flags, int type, int processor, long firstTime) {

    static final int LENGTH = 0x48;

    private static final int BUFFER_SIZE = 0x00;
    private static final int CLIENT_CONTEXT = 0x28;
    static final int OFFSET = 0x30;
    private static final int BUFFER_FLAG = 0x34;
    private static final int BUFFER_TYPE = 0x36;

    private static final int EVENTS_LOST = 0x02;
    private static final int BUFFER_LOST = 0x04;
    private static final int PROCESSOR_INDEX = 0x20;
    private static final int COMPRESSED = 0x40;
    private static final int PROCESSOR_MASK = 0x07ff;

    private static final int TYPE_HEADER = 4;
    private static final int MAX_TYPE = 7;

    /// The largest that are seen decompress to 16 MiB.
    static final int MAX_USED = 64 << 20;

    private static final int MAX_SIZE = 64 << 20;

    /// What the 72 octets from `at` on say, or null when no buffer can begin so.
    static @Nullable BufferHeader parse(byte[] array, int at, long position) {
        int size = EventData.i32(array, at + BUFFER_SIZE);
        int offset = EventData.i32(array, at + OFFSET);
        int flags = EventData.u16(array, at + BUFFER_FLAG);
        int type = EventData.u16(array, at + BUFFER_TYPE);
        int largest = (flags & COMPRESSED) != 0 ? LENGTH + MAX_USED : size;
        if (size < LENGTH || size > MAX_SIZE || offset < LENGTH || offset > largest || type > MAX_TYPE) {
            return null;
        }
        int context = EventData.u16(array, at + CLIENT_CONTEXT);
        int processor = (flags & PROCESSOR_INDEX) != 0 ? context & PROCESSOR_MASK : context & 0xff;
        return new BufferHeader(position, size, offset - LENGTH, flags, type, processor, 0);
    }

    /// True when the octets at `at` begin a buffer that holds the logfile header, as the first of each trace does.
    static boolean isFirst(byte[] array, int at, int length) {
        if (length < LENGTH + LogfileHeader.HEADER_LENGTH) {
            return false;
        }
        BufferHeader header = parse(array, at, 0);
        return header != null
                && header.type == TYPE_HEADER
                && !header.isCompressed()
                && LogfileHeader.isLogfileHeader(array, at + LENGTH);
    }

    BufferHeader startingAt(long time) {
        return new BufferHeader(position, size, used, flags, type, processor, time);
    }

    boolean isCompressed() {
        return (flags & COMPRESSED) != 0;
    }

    boolean tellsOfLostEvents() {
        return (flags & EVENTS_LOST) != 0;
    }

    boolean tellsOfLostBuffers() {
        return (flags & BUFFER_LOST) != 0;
    }
}

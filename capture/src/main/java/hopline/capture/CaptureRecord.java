package hopline.capture;

import org.jspecify.annotations.Nullable;

/// One packet as one capture point logged it.
///
/// A reader owns a single instance and refills it for each record: what it says holds until the next call of
/// [CaptureReader#next], and its octets lie in the reader's window. Whoever needs more copies what it needs.
public final class CaptureRecord {

    private static final byte[] NOTHING = {};

    private long number;
    private long epochNanos;
    private int interfaceIndex;
    private byte[] array = NOTHING;
    private int offset;
    private int capturedLength;
    private long originalLength;
    private long ticks;
    private Clock clock = Clock.EPOCH;
    private @Nullable RecordNotes notes;

    /// Where a record's time comes from.
    private enum Clock {
        EPOCH,
        INTERFACE,
        NONE
    }

    /// An empty record, to be filled.
    public CaptureRecord() {}

    /// Places the record; called by readers, and by whoever makes records without a file.
    public void set(long number, int interfaceIndex, long epochNanos, long originalLength) {
        this.number = number;
        this.interfaceIndex = interfaceIndex;
        this.epochNanos = epochNanos;
        this.originalLength = originalLength;
        this.clock = Clock.EPOCH;
    }

    /// States the time as the capture does, so that writing it again loses nothing: in the units of its interface,
    /// `if_tsresol` and `if_tsoffset` among its options. Call it after [#set].
    public void setTicks(long ticks) {
        this.ticks = ticks;
        this.clock = Clock.INTERFACE;
    }

    /// Says that the capture states no time for the record. Call it after [#set].
    public void setUntimed() {
        this.clock = Clock.NONE;
    }

    /// Points at the captured octets without copying them.
    public void setOctets(byte[] array, int offset, int capturedLength) {
        this.array = array;
        this.offset = offset;
        this.capturedLength = capturedLength;
    }

    /// Lets go of the octets: what they lie in is no longer needed.
    public void clearOctets() {
        setOctets(NOTHING, 0, 0);
    }

    /// Says what the capture tells of the record beside its octets; null when nothing. Stays until set again.
    public void setNotes(@Nullable RecordNotes notes) {
        this.notes = notes;
    }

    /// What the capture tells of the record beside its octets: direction, packet id, drops, comments, and what the
    /// system's tracing said. Null when nothing, as for most records of most captures. Valid as long as the record.
    public @Nullable RecordNotes notes() {
        return notes;
    }

    /// Counts from 1 in its file, as Wireshark numbers frames.
    public long number() {
        return number;
    }

    /// Which of [CaptureReader#interfaces] logged it.
    public int interfaceIndex() {
        return interfaceIndex;
    }

    /// Nanoseconds since 1970-01-01T00:00:00Z; held to the range of a `long` (years 1677 to 2262). A record
    /// without a time of its own carries that of the record before it.
    public long epochNanos() {
        return epochNanos;
    }

    /// False when the capture states no time for the record.
    public boolean isTimed() {
        return clock != Clock.NONE;
    }

    /// True when [#ticks] are stated.
    public boolean hasTicks() {
        return clock == Clock.INTERFACE;
    }

    /// The time in the units of its interface, an unsigned number; see [#setTicks].
    public long ticks() {
        return ticks;
    }

    /// Octets on the wire, 0 to 2^32 - 1; more than [#capturedLength] when the snap length cut the packet.
    public long originalLength() {
        return originalLength;
    }

    /// Octets in the file.
    public int capturedLength() {
        return capturedLength;
    }

    public boolean isTruncated() {
        return capturedLength < originalLength;
    }

    /// The array the captured octets lie in, from [#offset] on.
    public byte[] array() {
        return array;
    }

    public int offset() {
        return offset;
    }

    /// The captured octets as a view; valid as long as the record.
    public Octets octets() {
        return Octets.wrap(array, offset, capturedLength);
    }
}

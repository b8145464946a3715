package hopline.capture;

import org.jspecify.annotations.Nullable;

/// One packet as one capture point logged it.
///
/// A reader owns a single instance and refills it for each record: what it says holds until the next call of
/// [CaptureReader#next], and its octets lie in the reader's window. Whoever needs more copies what it needs.
public final class CaptureRecord {

    private long number;
    private long epochNanos;
    private int interfaceIndex;
    private byte[] array = {};
    private int offset;
    private int capturedLength;
    private long originalLength;
    private @Nullable RecordNotes notes;

    /// An empty record, to be filled.
    public CaptureRecord() {}

    /// Places the record; called by readers, and by whoever makes records without a file.
    public void set(long number, int interfaceIndex, long epochNanos, long originalLength) {
        this.number = number;
        this.interfaceIndex = interfaceIndex;
        this.epochNanos = epochNanos;
        this.originalLength = originalLength;
    }

    /// Points at the captured octets without copying them.
    public void setOctets(byte[] array, int offset, int capturedLength) {
        this.array = array;
        this.offset = offset;
        this.capturedLength = capturedLength;
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

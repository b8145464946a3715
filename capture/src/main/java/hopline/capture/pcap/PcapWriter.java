package hopline.capture.pcap;

import hopline.capture.CaptureRecord;
import hopline.capture.file.WriteBuffer;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;

/// Writes pcap 2.4 in little-endian order, with microseconds or nanoseconds.
public final class PcapWriter implements Closeable {

    /// Longest record that others believe.
    public static final int MAX_CAPTURED_LENGTH = 262_144;

    private static final int MICROSECONDS_MAGIC = 0xa1b2c3d4;
    private static final int NANOSECONDS_MAGIC = 0xa1b23c4d;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MICROSECOND = 1_000;
    private static final long MOST_SECONDS = 0xffff_ffffL;
    private static final int CHECKSUM_PRESENT = 0x0400_0000;
    private static final int CHECKSUM_LENGTH_SHIFT = 28;

    private final WriteBuffer out;
    private final long nanosPerUnit;

    /// Writes the file's header.
    ///
    /// @param frameCheckLength octets of the frame check sequence at the end of each record, even; negative when it
    ///     is not known
    public PcapWriter(OutputStream out, int linkType, long snapLength, int frameCheckLength, boolean nanoseconds)
            throws IOException {
        this.out = new WriteBuffer(out, ByteOrder.LITTLE_ENDIAN);
        this.nanosPerUnit = nanoseconds ? 1 : NANOS_PER_MICROSECOND;
        this.out.u32(nanoseconds ? NANOSECONDS_MAGIC : MICROSECONDS_MAGIC);
        this.out.u16(2);
        this.out.u16(4);
        this.out.u32(0);
        this.out.u32(0);
        this.out.u32(snapLength);
        this.out.u32(linkType | (frameCheckLength < 0 ? 0 : checksum(frameCheckLength)));
    }

    private static int checksum(int length) {
        return CHECKSUM_PRESENT | ((length / 2) << CHECKSUM_LENGTH_SHIFT);
    }

    /// True when a pcap file can state that time: from 1970 to 2106.
    public static boolean canHold(long epochNanos) {
        return epochNanos >= 0 && epochNanos / NANOS_PER_SECOND <= MOST_SECONDS;
    }

    /// Writes a record; a time beyond what a pcap file can state is held at its ends, what is finer than its units is
    /// cut off, and so are octets beyond [#MAX_CAPTURED_LENGTH].
    public void packet(CaptureRecord record) throws IOException {
        long nanos = Math.clamp(record.epochNanos(), 0, MOST_SECONDS * NANOS_PER_SECOND);
        int captured = Math.min(record.capturedLength(), MAX_CAPTURED_LENGTH);
        long seconds = nanos / NANOS_PER_SECOND;
        out.u32(seconds);
        out.u32((nanos - seconds * NANOS_PER_SECOND) / nanosPerUnit);
        out.u32(captured);
        out.u32(record.originalLength());
        out.octets(record.array(), record.offset(), captured);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

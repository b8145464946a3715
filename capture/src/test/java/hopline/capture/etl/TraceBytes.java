package hopline.capture.etl;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// Writes a trace buffer by buffer, straight from the specification, so that a test can make any trace, true or lying:
/// buffers compressed or not, of several processors, of both word sizes.
public final class TraceBytes {

    public static final int MODE_SEQUENTIAL = 0x1;
    public static final int MODE_CIRCULAR = 0x2;
    public static final int MODE_COMPRESSED = 0x0401_0001;

    private static final int FLAG_PROCESSOR_INDEX = 0x20;
    private static final int FLAG_COMPRESSED = 0x40;
    private static final int TYPE_HEADER = 4;
    private static final int BUFFERS_WRITTEN = BufferHeader.LENGTH + LogfileHeader.HEADER_LENGTH + 0x24;

    /// 2026-01-01T00:00:00Z in units of 100 ns since 1601.
    public static final long START = 134_116_992_000_000_000L;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int pointerSize = 8;
    private int build = 20348;
    private int bufferSize = 4096;
    private int mode = MODE_SEQUENTIAL;
    private int clockType = TraceClock.PERFORMANCE_COUNTER;
    private long frequency = 10_000_000;
    private int megahertz = 2500;
    private long startTicks;
    private long endTime = START + 600_000_000;
    private long eventsLost;
    private long buffersLost;
    private String session = "PktMon";
    private int nextFlags;
    private long sequence;
    private boolean begun;

    public static TraceBytes of() {
        return new TraceBytes();
    }

    public TraceBytes build(int number) {
        build = number;
        return this;
    }

    TraceBytes pointers(int octets) {
        pointerSize = octets;
        return this;
    }

    public TraceBytes bufferSize(int octets) {
        bufferSize = octets;
        return this;
    }

    public TraceBytes mode(int bits) {
        mode = bits;
        return this;
    }

    TraceBytes clock(int type, long ticksPerSecond, long atStart) {
        clockType = type;
        frequency = ticksPerSecond;
        startTicks = atStart;
        return this;
    }

    TraceBytes neverStopped() {
        endTime = 0;
        return this;
    }

    public TraceBytes lost(long events, long buffers) {
        eventsLost = events;
        buffersLost = buffers;
        return this;
    }

    public TraceBytes session(String name) {
        session = name;
        return this;
    }

    /// The next buffer has these flags beside its own.
    TraceBytes flags(int bits) {
        nextFlags = bits;
        return this;
    }

    /// A buffer as it was in memory: filled up with slack.
    public TraceBytes buffer(int processor, EventBytes... events) {
        byte[] area = area(events);
        int size = Math.max(bufferSize, BufferHeader.LENGTH + area.length);
        byte[] filled = Arrays.copyOf(area, size - BufferHeader.LENGTH);
        Arrays.fill(filled, area.length, filled.length, (byte) 0xff);
        return add(processor, FLAG_PROCESSOR_INDEX, area.length, filled);
    }

    /// A buffer as stopping a trace leaves it.
    public TraceBytes compressed(int processor, EventBytes... events) {
        byte[] area = area(events);
        return add(processor, FLAG_PROCESSOR_INDEX | FLAG_COMPRESSED, area.length, XpressEncoder.encode(area));
    }

    /// Octets where a buffer should be.
    TraceBytes octets(byte[] octets) {
        begin();
        out.writeBytes(octets);
        return this;
    }

    private static byte[] area(EventBytes... events) {
        Payload area = Payload.of();
        for (EventBytes event : events) {
            area.octets(event.toByteArray()).align(8);
        }
        return area.toByteArray();
    }

    private TraceBytes add(int processor, int flags, int used, byte[] content) {
        begin();
        write(processor, flags | nextFlags, 0, used, content);
        nextFlags = 0;
        return this;
    }

    private void begin() {
        if (!begun) {
            begun = true;
            byte[] area = logfileHeader();
            byte[] filled = Arrays.copyOf(area, Math.max(bufferSize, BufferHeader.LENGTH + area.length) - 72);
            Arrays.fill(filled, area.length, filled.length, (byte) 0xff);
            write(0, 1, TYPE_HEADER, area.length, filled);
        }
    }

    private void write(int processor, int flags, int type, int used, byte[] content) {
        out.writeBytes(buffer(processor, flags, type, used, sequence++, content));
    }

    /// A buffer of events that lie in `area`, each on a multiple of 8 octets, to follow [#toByteArray].
    static byte[] bufferOf(int processor, byte[] area, boolean compressed) {
        int flags = FLAG_PROCESSOR_INDEX | (compressed ? FLAG_COMPRESSED : 0);
        return buffer(processor, flags, 0, area.length, 0, compressed ? XpressEncoder.encode(area) : area);
    }

    private static byte[] buffer(int processor, int flags, int type, int used, long sequence, byte[] content) {
        return Payload.of()
                .u32(BufferHeader.LENGTH + content.length)
                .u32(BufferHeader.LENGTH + used)
                .u32(BufferHeader.LENGTH + used)
                .u32(0)
                .i64(0)
                .i64(sequence)
                .i64(0)
                .u16(processor)
                .u16(3)
                .u32(0)
                .u32(BufferHeader.LENGTH + used)
                .u16(flags)
                .u16(type)
                .octets(new byte[16])
                .octets(content)
                .toByteArray();
    }

    private byte[] logfileHeader() {
        Payload payload = Payload.of()
                .u32(bufferSize)
                .u8(10)
                .u8(0)
                .u16(0)
                .u32(build)
                .u32(4)
                .i64(endTime)
                .u32(156_250)
                .u32(0)
                .u32(mode)
                .u32(0)
                .u32(1)
                .u32(pointerSize)
                .u32(eventsLost)
                .u32(megahertz)
                .pointer(pointerSize, 0)
                .pointer(pointerSize, 0)
                .octets(new byte[172])
                .align(8)
                .i64(START - 1)
                .i64(frequency)
                .i64(START)
                .u32(clockType)
                .u32(buffersLost)
                .text(session)
                .text("C:\\trace.etl");
        HeaderKind kind = pointerSize == 8 ? HeaderKind.SYSTEM64 : HeaderKind.SYSTEM32;
        byte[] event = EventBytes.of(kind)
                .version(2)
                .at(startTicks)
                .in(4, 8)
                .payload(payload)
                .toByteArray();
        return Payload.of().octets(event).align(8).toByteArray();
    }

    public byte[] toByteArray() {
        begin();
        byte[] trace = out.toByteArray();
        for (int i = 0; i < 4; i++) {
            trace[BUFFERS_WRITTEN + i] = (byte) (sequence >>> 8 * i);
        }
        return trace;
    }
}

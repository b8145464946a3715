package hopline.flows.state.log;

import hopline.flows.state.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Reads the event log files of Windows (`.evtx`), chunk by chunk: each chunk stands alone, so damage costs
/// one chunk.
///
/// The format is undocumented; what is implemented follows Joachim Metz's description of [Windows XML Event
/// Log](https://github.com/libyal/libevtx/blob/main/documentation/Windows%20XML%20Event%20Log%20(EVTX).asciidoc).
/// The line of an event is its number in the file, from 1.
public final class EvtxReader {

    private static final String FILE_MAGIC = "ElfFile\0";
    private static final String CHUNK_MAGIC = "ElfChnk\0";
    private static final int FILE_HEADER = 4096;
    private static final int CHUNK = 65536;
    private static final int FIRST_RECORD = 512;
    private static final int FREE_SPACE = 48;
    private static final int RECORD_MAGIC = 0x00002a2a;
    private static final int RECORD_HEADER = 24;
    private static final long EPOCH_TICKS = 116_444_736_000_000_000L;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss.SSSSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String file;
    private final LogState state;
    private int events;

    /// Reads into `state` what `file` holds.
    public EvtxReader(String file, LogState state) {
        this.file = file;
        this.state = state;
    }

    /// Whether content that begins so is such a file.
    public static boolean begins(byte[] head) {
        return head.length >= FILE_MAGIC.length()
                && new String(head, 0, FILE_MAGIC.length(), StandardCharsets.ISO_8859_1).equals(FILE_MAGIC);
    }

    /// Reads to the end; how many events there were.
    public int read(InputStream in) throws IOException {
        in.skipNBytes(FILE_HEADER);
        for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > FIRST_RECORD; chunk = in.readNBytes(CHUNK)) {
            if (new String(chunk, 0, CHUNK_MAGIC.length(), StandardCharsets.ISO_8859_1).equals(CHUNK_MAGIC)) {
                chunk(ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN));
            }
        }
        return events;
    }

    private void chunk(ByteBuffer chunk) {
        int end = Math.min(Math.max(chunk.getInt(FREE_SPACE), 0), chunk.limit());
        int at = FIRST_RECORD;
        while (at + RECORD_HEADER < end && chunk.getInt(at) == RECORD_MAGIC) {
            int length = chunk.getInt(at + 4);
            if (length <= RECORD_HEADER || length > end - at) {
                return;
            }
            record(chunk, at, length);
            at += length;
        }
    }

    private void record(ByteBuffer chunk, int at, int length) {
        events++;
        BinaryXml xml = new BinaryXml(chunk);
        try {
            xml.read(at + RECORD_HEADER, at + length);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            // What was understood of it before it broke is kept.
        }
        String id = xml.eventId();
        state.add(
                new LogEntry(
                        xml.provider().isEmpty() ? "event log" : xml.provider(),
                        time(chunk.getLong(at + 16)),
                        LogLines.level(xml.level()),
                        ("event " + id + " " + xml.message()).strip(),
                        new Source(file, events)),
                Signal.of(xml.message()).isPresent() || xml.level().matches("[123]"));
    }

    /// From 100 ns since 1601.
    private static String time(long ticks) {
        long micros = (ticks - EPOCH_TICKS) / 10;
        boolean isSane = ticks > EPOCH_TICKS && micros < 32_503_680_000_000_000L;
        return isSane ? TIME.format(Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000)) : "";
    }
}

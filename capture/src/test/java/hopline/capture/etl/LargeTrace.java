package hopline.capture.etl;

import hopline.capture.etl.Frames.End;
import hopline.capture.etl.Frames.Segment;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// Makes a trace of any size, to measure with: what the packet monitor of Server 2022 would log of a connection,
/// each packet at three components, on four processors.
///
/// ```
/// mvn -q test-compile -pl capture
/// java -cp capture/target/classes:capture/target/test-classes hopline.capture.etl.LargeTrace trace.etl 1024 1000
/// zstd -1 trace.etl.plain && time zstd -d trace.etl.plain.zst -o /dev/shm/plain
/// time hopline convert trace.etl /dev/shm/trace.pcapng
/// ```
///
/// Arguments: the file; its size in MiB, decompressed; octets of each packet; `plain` for buffers that are not
/// compressed. Beside the file stands its content decompressed, for `zstd`.
public final class LargeTrace {

    private static final int BUFFER = 4 << 20;
    /// More than what `zstd` looks back for: payloads seldom repeat what others carried.
    private static final int CONTENT = 64 << 20;

    private static final int PROCESSORS = 4;
    private static final int COMPONENTS = 3;

    /// Where in the event stand the time, the group, the count of appearances, the component, the frame.
    private static final int TIME = 0x10;

    private static final int GROUP = 80;
    private static final int APPEARANCE = 90;
    private static final int COMPONENT = 96;
    private static final int FRAME = 114;
    private static final int FRAME_HEADERS = 54;

    private final byte[] event;
    private final int step;
    private final byte[] content = content();
    private final Random random = new Random(4);
    private long time = 10;
    private long logged;

    private LargeTrace(int octets) {
        byte[] frame = Frames.tcp(
                new End("00-15-5d-0a-01-0a", "10.244.1.10", 49_720),
                new End("00-15-5d-0b-02-14", "10.244.2.20", 8080),
                128,
                new Segment(100, Frames.PSH_ACK, 1, 1, "x".repeat(octets - FRAME_HEADERS)));
        event = PktMonEvents.frame(PktMonEvents.Appearance.of(1, 1, PktMonEvents.RX, 1, 1), frame)
                .in(4, 312)
                .toByteArray();
        step = event.length + 7 & ~7;
    }

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        int buffers = Integer.parseInt(arguments[1]) * (1 << 20) / BUFFER;
        LargeTrace trace = new LargeTrace(Integer.parseInt(arguments[2]));
        boolean compressed = arguments.length < 4 || !arguments[3].equals("plain");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                OutputStream plain = new BufferedOutputStream(Files.newOutputStream(Path.of(file + ".plain")))) {
            out.write(TraceBytes.of()
                    .mode(TraceBytes.MODE_COMPRESSED)
                    .bufferSize(1024)
                    .toByteArray());
            for (int i = 0; i < buffers; i++) {
                byte[] area = trace.area();
                plain.write(area);
                out.write(TraceBytes.bufferOf(i % PROCESSORS, area, compressed));
            }
        }
    }

    /// Words and noise, as payloads are.
    private static byte[] content() {
        byte[] made = new byte[CONTENT];
        byte[] words = "GET /index.html HTTP/1.1 Host: example Content-Type: text/html the quick brown fox jumps over "
                .getBytes(StandardCharsets.US_ASCII);
        Random noise = new Random(3);
        for (int at = 0; at + 50 < made.length; at += 50) {
            System.arraycopy(words, noise.nextInt(words.length - 30), made, at, 30);
            for (int i = 30; i < 50; i++) {
                made[at + i] = (byte) noise.nextInt();
            }
        }
        return made;
    }

    private byte[] area() {
        byte[] area = new byte[BUFFER / step * step];
        for (int at = 0; at < area.length; at += step) {
            System.arraycopy(event, 0, area, at, event.length);
            put(area, at + TIME, time += 50, 8);
            put(area, at + GROUP, logged / COMPONENTS, 8);
            put(area, at + APPEARANCE, logged % COMPONENTS + 1, 2);
            put(area, at + COMPONENT, logged % COMPONENTS + 5, 2);
            int payload = event.length - FRAME - FRAME_HEADERS;
            System.arraycopy(
                    content, random.nextInt(content.length - payload), area, at + FRAME + FRAME_HEADERS, payload);
            logged++;
        }
        return area;
    }

    private static void put(byte[] array, int at, long value, int octets) {
        for (int i = 0; i < octets; i++) {
            array[at + i] = (byte) (value >>> 8 * i);
        }
    }
}

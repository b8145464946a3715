package hopline.cli;

import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Captures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/// What tcpdump would have written at one interface of a sample capture: a pcap file that names neither node nor
/// interface.
final class OnePointCapture {

    private static final int MAGIC_NANOS = 0xa1b2_3c4d;
    private static final int ETHERNET = 1;

    private OnePointCapture() {}

    /// Writes the records of `sample`'s `node` at `point` to `file`.
    static Path write(String sample, String node, String point, Path file) throws IOException {
        return write(sample, node, point, Integer.MAX_VALUE, record -> true, file);
    }

    /// Writes those of the records that are `wanted`, each cut to `snapLength` octets.
    static Path write(
            String sample, String node, String point, int snapLength, Predicate<CaptureRecord> wanted, Path file)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(words(MAGIC_NANOS, 2 | 4 << 16, 0, 0, snapLength, ETHERNET));
        try (CaptureReader reader = Captures.open(SampleCaptures.folder(sample).resolve(node + ".pcapng"))) {
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                if (reader.interfaces().get(record.interfaceIndex()).name().equals(point) && wanted.test(record)) {
                    add(record, Math.min(record.capturedLength(), snapLength), out);
                }
            }
        }
        return Files.write(file, out.toByteArray());
    }

    private static void add(CaptureRecord record, int captured, ByteArrayOutputStream out) throws IOException {
        long nanos = record.epochNanos();
        out.write(words(
                (int) (nanos / 1_000_000_000), (int) (nanos % 1_000_000_000), captured, (int) record.originalLength()));
        out.write(record.array(), record.offset(), captured);
    }

    private static byte[] words(int... words) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            buffer.putInt(word);
        }
        return buffer.array();
    }
}

package hopline.flows.site;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// One record as a capture point logged it.
///
/// @param order counts all records of a site, so that equal times stay as they happened
/// @param frame what was captured of it
/// @param originalLength octets on the wire
public record Recording(String node, String point, long nanos, long order, byte[] frame, int originalLength) {

    private static final int SECTION_HEADER = 0x0a0d_0d0a;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int INTERFACE_STATISTICS = 5;
    private static final int ENHANCED_PACKET = 6;

    /// The same on a clock that is ahead by so much.
    public Recording later(long nanoseconds) {
        return new Recording(node, point, nanos + nanoseconds, order, frame, originalLength);
    }

    /// The same by a clock that goes on in steps of so much.
    public Recording inStepsOf(long nanoseconds) {
        return new Recording(node, point, nanos - nanos % nanoseconds, order, frame, originalLength);
    }

    /// The same with a snap length of so many octets.
    public Recording cutTo(int octets) {
        byte[] captured = Arrays.copyOf(frame, Math.min(octets, frame.length));
        return new Recording(node, point, nanos, order, captured, originalLength);
    }

    /// A pcapng file of `points` with `recordings`, which are all of `node`.
    ///
    /// @param lost how many packets the file says were not captured
    public static byte[] pcapng(String node, List<String> points, List<Recording> recordings, long lost) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        block(file, SECTION_HEADER, section(node));
        for (String point : points) {
            block(file, INTERFACE_DESCRIPTION, description(point));
        }
        for (Recording recording : recordings) {
            block(file, ENHANCED_PACKET, recording.packet(points.indexOf(recording.point)));
        }
        if (lost > 0) {
            block(file, INTERFACE_STATISTICS, statistics(lost));
        }
        return file.toByteArray();
    }

    private static void block(ByteArrayOutputStream file, int type, ByteBuffer body) {
        body.flip();
        int length = 12 + body.remaining();
        ByteBuffer block = littleEndian(length);
        block.putInt(type).putInt(length).put(body).putInt(length);
        file.writeBytes(block.array());
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer section(String node) {
        ByteBuffer body = littleEndian(512);
        body.putInt(0x1a2b_3c4d).putShort((short) 1).putShort((short) 0).putLong(-1);
        option(body, 1, "node=" + node);
        return body.putInt(0);
    }

    private static ByteBuffer description(String name) {
        ByteBuffer body = littleEndian(512);
        body.putShort((short) 1).putShort((short) 0).putInt(0);
        option(body, 2, name);
        body.putShort((short) 9).putShort((short) 1).putInt(9); // nanoseconds
        return body.putInt(0);
    }

    private static ByteBuffer statistics(long lost) {
        ByteBuffer body = littleEndian(64);
        body.putInt(0).putLong(0).putShort((short) 5).putShort((short) 8).putLong(lost);
        return body.putInt(0);
    }

    private static void option(ByteBuffer body, int code, String text) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        body.putShort((short) code).putShort((short) value.length).put(value);
        body.position((body.position() + 3) & ~3);
    }

    private ByteBuffer packet(int at) {
        ByteBuffer body = littleEndian(frame.length + 64);
        body.putInt(at).putInt((int) (nanos >>> 32)).putInt((int) nanos);
        body.putInt(frame.length).putInt(originalLength).put(frame);
        return body.position((body.position() + 3) & ~3);
    }
}

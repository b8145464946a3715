package hopline.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/// A capture with a packet of each kind of tunnel and framing that `packets -v` tells the fields of: the rows of
/// `framings.tsv`, a minute apart, each at an interface that is named as the row.
final class FramingsCapture {

    private static final int SECTION = 0x0A0D0D0A;
    private static final int INTERFACE = 1;
    private static final int PACKET = 6;
    private static final long BEGIN_MICROS = 1_770_000_000_000_000L;
    private static final long APART_MICROS = 60_000_000;

    private FramingsCapture() {}

    private record Row(String what, int linkType, byte[] octets) {}

    private static List<Row> rows() throws IOException {
        try (InputStream table = FramingsCapture.class.getResourceAsStream("framings.tsv")) {
            String text = new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .skip(1)
                    .map(line -> line.split("\t"))
                    .map(row -> new Row(
                            row[0], Integer.parseInt(row[1]), HexFormat.of().parseHex(row[2])))
                    .toList();
        }
    }

    static byte[] pcapng() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        block(
                file,
                SECTION,
                ByteBuffer.allocate(16).putInt(0x1A2B3C4D).putInt(1 << 16).putLong(-1));
        List<Row> rows = rows();
        for (Row row : rows) {
            byte[] name = row.what().getBytes(StandardCharsets.UTF_8);
            block(
                    file,
                    INTERFACE,
                    ByteBuffer.allocate(16 + padded(name.length))
                            .putShort((short) row.linkType())
                            .putShort((short) 0)
                            .putInt(0)
                            .putShort((short) 2)
                            .putShort((short) name.length)
                            .put(name));
        }
        for (int i = 0; i < rows.size(); i++) {
            byte[] octets = rows.get(i).octets();
            block(
                    file,
                    PACKET,
                    ByteBuffer.allocate(20 + padded(octets.length))
                            .putInt(i)
                            .putLong(BEGIN_MICROS + i * APART_MICROS)
                            .putInt(octets.length)
                            .putInt(octets.length)
                            .put(octets));
        }
        return file.toByteArray();
    }

    private static int padded(int length) {
        return (length + 3) / 4 * 4;
    }

    private static void block(ByteArrayOutputStream file, int type, ByteBuffer body) {
        int length = 12 + body.capacity();
        file.writeBytes(ByteBuffer.allocate(8).putInt(type).putInt(length).array());
        file.writeBytes(body.array());
        file.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
    }
}

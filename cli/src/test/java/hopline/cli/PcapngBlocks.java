package hopline.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A small capture taken apart: little-endian pcapng of one section with nanoseconds, as all recorded samples are.
///
/// @param head what every part of it must begin with: the section and its interfaces
/// @param records the packets
record PcapngBlocks(byte[] head, List<Record> records) {

    private static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int HIGH_TICKS = 12;
    private static final int LOW_TICKS = 16;

    /// A packet's block.
    record Record(long epochNanos, byte[] block) {

        private static Record of(byte[] block) {
            ByteBuffer words = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
            return new Record((long) words.getInt(HIGH_TICKS) << 32 | words.getInt(LOW_TICKS) & 0xffff_ffffL, block);
        }

        /// The same at another time.
        Record later(long nanos) {
            byte[] moved = block.clone();
            ByteBuffer.wrap(moved)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(HIGH_TICKS, (int) (epochNanos + nanos >>> 32))
                    .putInt(LOW_TICKS, (int) (epochNanos + nanos));
            return of(moved);
        }
    }

    static PcapngBlocks of(Path capture) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(capture)).order(ByteOrder.LITTLE_ENDIAN);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        List<Record> records = new ArrayList<>();
        while (file.hasRemaining()) {
            int type = file.getInt(file.position());
            byte[] block = new byte[file.getInt(file.position() + 4)];
            file.get(block);
            if (type == SECTION_HEADER || type == INTERFACE_DESCRIPTION) {
                head.writeBytes(block);
            } else if (type == ENHANCED_PACKET) {
                records.add(Record.of(block));
            }
        }
        return new PcapngBlocks(head.toByteArray(), records);
    }

    /// A whole capture of only these records.
    byte[] only(List<Record> some) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(head);
        some.forEach(record -> file.writeBytes(record.block()));
        return file.toByteArray();
    }

    /// It in pieces of so many records.
    List<byte[]> pieces(int length) {
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < records.size(); from += length) {
            pieces.add(only(records.subList(from, Math.min(from + length, records.size()))));
        }
        return pieces;
    }
}

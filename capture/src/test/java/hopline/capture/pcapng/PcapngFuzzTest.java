package hopline.capture.pcapng;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hopline.capture.Cost;
import hopline.capture.Reading;
import hopline.capture.file.ReadWindow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Whatever a pcapng file holds, it is read as far as it goes, and what breaks it is told. Of a whole one each block
/// is a section, an interface, its statistics, a record, or counted among those passed over.
///
/// The seeds beside the test's resources, and what fuzzing found, are run with all tests; `JAZZER_FUZZ=1` fuzzes.
class PcapngFuzzTest {

    private static final int SECTION = 0x0A0D0D0A;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int INTERFACE = 1;
    private static final int STATISTICS = 5;
    private static final Set<Integer> PACKETS = Set.of(2, 3, 6);
    private static final Set<Integer> TOLD = Set.of(SECTION, INTERFACE, STATISTICS);

    @FuzzTest(maxDuration = "60s")
    void read(byte @NotNull [] octets) {
        Reading reading =
                Cost.inProportion(octets.length, () -> Reading.of(octets, in -> new PcapngReader(new ReadWindow(in))));

        if (reading.problem() == null) {
            List<Integer> types = types(ByteBuffer.wrap(octets));
            long skipped = reading.skippedBlocks().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(reading.records())
                    .hasSize((int) types.stream().filter(PACKETS::contains).count());
            assertThat(reading.interfaces()).hasSize((int)
                    types.stream().filter(type -> type == INTERFACE).count());
            assertThat(skipped)
                    .isEqualTo(types.stream()
                            .filter(type -> !PACKETS.contains(type) && !TOLD.contains(type))
                            .count());
        }
    }

    /// The types of all blocks, found by nothing but their lengths, to the last octet.
    private static List<Integer> types(ByteBuffer file) {
        List<Integer> types = new ArrayList<>();
        for (int at = 0; at < file.limit(); at += (file.getInt(at + 4) + 3) & ~3) {
            if (file.getInt(at) == SECTION) {
                file.order(ByteOrder.LITTLE_ENDIAN);
                file.order(file.getInt(at + 8) == BYTE_ORDER_MAGIC ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            }
            types.add(file.getInt(at));
        }
        return types;
    }
}

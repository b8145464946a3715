package hopline.flows.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hopline.flows.site.Site;
import hopline.flows.state.Cluster;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/// Whatever packets come in whatever order at the points of two nodes, each record is counted once, belongs to one
/// packet, and every flow is judged.
///
/// A record is an octet that says at which of four points, one for how many milliseconds passed, one for its length,
/// and so many octets of an Ethernet frame. The seeds beside the test's resources, and what fuzzing found, are run with
/// all tests; `JAZZER_FUZZ=1` fuzzes.
class AnalysisFuzzTest {

    private static final int POINTS = 4;
    private static final int PCAP = 0xa1b2c3d4;
    private static final int ETHERNET = 1;
    private static final int BEGIN = 1_770_000_000;

    @FuzzTest(maxDuration = "60s")
    void analyze(byte @NotNull [] octets) {
        Map<String, ByteArrayOutputStream> files = new LinkedHashMap<>();
        for (int point = 0; point < POINTS; point++) {
            files.put("node-" + point + ".pcap", begun());
        }
        ByteBuffer rest = ByteBuffer.wrap(octets);
        int records = 0;
        for (int millis = 0; rest.remaining() > 3; records++) {
            int point = rest.get() & POINTS - 1;
            millis += rest.get() & 0xff;
            byte[] frame = new byte[Math.min(rest.get() & 0xff, rest.remaining())];
            rest.get(frame);
            add(files.get("node-" + point + ".pcap"), millis, frame);
        }
        Map<String, byte[]> inputs = new LinkedHashMap<>();
        files.forEach((name, file) -> inputs.put(name, file.toByteArray()));

        Analysis analysis =
                Analyzer.analyze(Site.inputs(inputs), Cluster.EMPTY, AnalysisOptions.defaults(), Progress.NONE);

        assertThat(analysis.records()).isEqualTo(records);
        assertThat(analysis.distinctPackets()).isBetween(0L, (long) records);
        assertThat(analysis.verdicts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(analysis.flowsTotal());
    }

    private static ByteArrayOutputStream begun() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(ByteBuffer.allocate(24)
                .putInt(PCAP)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(0xffff)
                .putInt(ETHERNET)
                .array());
        return file;
    }

    private static void add(ByteArrayOutputStream file, int millis, byte[] frame) {
        file.writeBytes(ByteBuffer.allocate(16)
                .putInt(BEGIN + millis / 1000)
                .putInt(millis % 1000 * 1000)
                .putInt(frame.length)
                .putInt(frame.length)
                .array());
        file.writeBytes(frame);
    }
}

package hopline.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hopline.capture.CapturePoint;
import hopline.capture.CaptureRecord;
import hopline.capture.Octets;
import hopline.decode.census.Census;
import hopline.decode.stage.PlainStages;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StagePool;
import hopline.decode.stage.StageReader;
import org.jspecify.annotations.Nullable;

/// Whatever a record of whatever link type holds, it is dissected, read into a stage and counted.
///
/// The first two octets are the link type, the third is how many octets the snap length left away; the rest is the
/// record. The seeds beside the test's resources, and what fuzzing found, are run with all tests; `JAZZER_FUZZ=1`
/// fuzzes.
class DissectorFuzzTest {

    private static final int HEADER = 3;
    private static final CapturePoint POINT = new CapturePoint(0, "a", "eth0");

    private final Dissector dissector = new Dissector();
    private final Layers layers = new Layers();
    private final StageReader stages = new StageReader(new StagePool());
    private final PlainStages plain = new PlainStages(dissector, stages);
    private final Census census = new Census();

    @FuzzTest(maxDuration = "60s")
    void dissect(byte @NotNull [] octets) {
        if (octets.length < HEADER) {
            return;
        }
        Octets header = Octets.wrap(octets, 0, HEADER);
        int linkType = header.u16(0);
        int captured = octets.length - HEADER;
        CaptureRecord record = new CaptureRecord();
        record.set(1, 0, 0, captured + header.u8(2));
        record.setOctets(octets, HEADER, captured);

        dissector.dissect(record, linkType, layers);
        Stage stage = stages.read(record, layers, POINT, 0, 0);
        assertReadAlike(plain.read(record, linkType, POINT, 0, 0), stage);
        census.add(record, linkType);
    }

    private static void assertReadAlike(@Nullable Stage plain, Stage stage) {
        if (plain != null) {
            assertThat(plain).usingRecursiveComparison().isEqualTo(stage);
        }
    }
}

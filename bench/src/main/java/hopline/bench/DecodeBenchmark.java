package hopline.bench;

import hopline.capture.CapturePoint;
import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.decode.Dissector;
import hopline.decode.Layers;
import hopline.decode.stage.PlainStages;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StagePool;
import hopline.decode.stage.StageReader;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/// How long does it take to find the layers of a record, and what of them outlives it?
public class DecodeBenchmark extends StepBenchmark {

    private static final CapturePoint POINT = new CapturePoint(0, "node", "eth0");

    private final Dissector dissector = new Dissector();
    private final Layers layers = new Layers();
    private final StagePool pool = new StagePool();
    private final StageReader stages = new StageReader(pool);
    private final PlainStages plain = new PlainStages(dissector, stages);
    private List<CaptureRecord> records;

    /// Makes the records.
    @Setup
    public void make() throws IOException {
        records = Records.all();
    }

    /// The layers alone.
    @Benchmark
    @OperationsPerInvocation(BusyCapture.RECORDS)
    public long layers() {
        long count = 0;
        for (CaptureRecord record : records) {
            dissector.dissect(record, LinkType.ETHERNET, layers);
            count += layers.count();
        }
        return count;
    }

    /// Layers and stage.
    @Benchmark
    @OperationsPerInvocation(BusyCapture.RECORDS)
    public long stages() {
        long sum = 0;
        for (CaptureRecord record : records) {
            dissector.dissect(record, LinkType.ETHERNET, layers);
            Stage stage = stages.read(record, layers, POINT, 0, 0);
            sum += stage.sourceLow();
            pool.giveBack(stage);
        }
        return sum;
    }

    /// Layers only where the packet is not plain, as the analysis does it.
    @Benchmark
    @OperationsPerInvocation(BusyCapture.RECORDS)
    public long plainStages() {
        long sum = 0;
        for (CaptureRecord record : records) {
            Stage stage = plain.read(record, LinkType.ETHERNET, POINT, 0, 0);
            if (stage == null) {
                dissector.dissect(record, LinkType.ETHERNET, layers);
                stage = stages.read(record, layers, POINT, 0, 0);
            }
            sum += stage.sourceLow();
            pool.giveBack(stage);
        }
        return sum;
    }
}

package hopline.bench;

import hopline.decode.stage.Journeys;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StageBlock;
import hopline.decode.stage.TimeOrder;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/// How long does it take to put a stage into the order of time and tie it to its packet?
public class JourneyBenchmark extends StepBenchmark {

    private StageBlock stages;

    /// Makes the stages, and makes sure that they are tied.
    @Setup
    public void make() throws IOException {
        List<Stage> read = Records.stages();
        stages = new StageBlock(read.size());
        read.forEach(stages::add);
        if (tie() != BusyCapture.RECORDS / BusyCapture.POINTS) {
            throw new IllegalStateException("stages of one packet are not tied: " + tie() + " packets");
        }
    }

    /// All of the capture, as nothing was known before.
    @Benchmark
    @OperationsPerInvocation(BusyCapture.RECORDS)
    public long tie() {
        Journeys journeys = new Journeys(journey -> {});
        TimeOrder order = new TimeOrder(journeys);
        for (int i = 0; i < stages.size(); i++) {
            order.add(stages, i);
        }
        order.finish();
        journeys.finish();
        return journeys.begun();
    }
}

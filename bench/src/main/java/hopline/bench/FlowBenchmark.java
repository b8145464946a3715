package hopline.bench;

import hopline.decode.stage.Journey;
import hopline.decode.stage.Journeys;
import hopline.flows.FlowTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/// How long does it take to add a packet, seen three times, to its flow?
public class FlowBenchmark extends StepBenchmark {

    private static final int PACKETS = BusyCapture.RECORDS / BusyCapture.POINTS;

    private final List<Journey> packets = new ArrayList<>();

    /// Makes the packets, and makes sure that they are of as many flows as they are.
    @Setup
    public void make() throws IOException {
        Journeys journeys = new Journeys(journey -> {
            journey.keep();
            packets.add(journey);
        });
        Records.stages().forEach(journeys::add);
        journeys.finish();
        if (packets.size() != PACKETS || add() != BusyCapture.FLOWS) {
            throw new IllegalStateException(packets.size() + " packets of " + add() + " flows");
        }
    }

    /// All of the capture, as nothing was known before.
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long add() {
        FlowTable flows = new FlowTable(flow -> {});
        for (Journey packet : packets) {
            flows.add(packet);
        }
        flows.finish();
        return flows.total();
    }
}

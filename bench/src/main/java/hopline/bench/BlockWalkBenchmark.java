package hopline.bench;

import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Captures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/// How long does reading a record of a pcapng capture take, its block walked and nothing decoded?
public class BlockWalkBenchmark extends StepBenchmark {

    private byte[] capture;

    /// Makes the capture.
    @Setup
    public void make() throws IOException {
        capture = BusyCapture.pcapng();
    }

    /// Each record of it.
    @Benchmark
    @OperationsPerInvocation(BusyCapture.RECORDS)
    public long walk() throws IOException {
        long octets = 0;
        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(capture))) {
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                octets += record.capturedLength();
            }
        }
        return octets;
    }
}

package hopline.bench;

import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Captures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How long does reading a record of a pcapng capture take, its block walked and nothing decoded?
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BlockWalkBenchmark {

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

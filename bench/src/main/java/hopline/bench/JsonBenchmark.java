package hopline.bench;

import hopline.capture.Captures;
import hopline.cli.report.JsonReport;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.AnalysisOptions;
import hopline.flows.analysis.Analyzer;
import hopline.flows.analysis.CaptureInput;
import hopline.flows.analysis.Progress;
import hopline.flows.state.Cluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/// How long does it take to write a flow as JSON, by the report of an analysis?
public class JsonBenchmark extends StepBenchmark {

    private Analysis analysis;

    /// Analyses the capture.
    @Setup
    public void analyze() throws IOException {
        byte[] capture = BusyCapture.pcapng();
        CaptureInput input = new CaptureInput(
                "busy.pcapng", Optional.empty(), () -> Captures.open(new ByteArrayInputStream(capture)));
        analysis = Analyzer.analyze(List.of(input), Cluster.EMPTY, AnalysisOptions.defaults(), Progress.NONE);
        if (analysis.flows().size() != BusyCapture.FLOWS) {
            throw new IllegalStateException(analysis.flows().size() + " flows");
        }
    }

    /// The whole report, which is all but flows.
    @Benchmark
    @OperationsPerInvocation(BusyCapture.FLOWS)
    public void write() throws IOException {
        JsonReport.write(analysis, "0", OutputStream.nullOutputStream());
    }
}

package hopline.cli.export;

import hopline.flows.analysis.FlowReport;
import java.io.Closeable;
import java.io.IOException;

/// Flows written one after the other in some program's form; closing writes what comes last.
public interface FlowExport extends Closeable {

    /// Writes one flow.
    void write(FlowReport report) throws IOException;
}

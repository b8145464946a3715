package hopline.cli.chart;

import hopline.cli.evidence.TimeCounts;
import hopline.cli.report.html.Contents.Chart;
import hopline.flows.analysis.Analysis;
import java.util.List;

/// The charts of a report.
public final class ReportCharts {
    private ReportCharts() {}
    public static List<Chart> of(Analysis analysis, TimeCounts counts) {
        return List.of();
    }
}

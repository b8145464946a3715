package hopline.cli.chart;

import hopline.cli.evidence.TimeCounts;
import hopline.cli.report.html.Contents.Chart;
import hopline.flows.analysis.Analysis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jfree.chart.JFreeChart;

/// The charts of a report, each in two widths.
public final class ReportCharts {

    private static final int WIDE = 1_160;
    private static final int NARROW = 360;
    private static final int STRIP_HEIGHT = 52;
    private static final int ROW_HEIGHT = 24;
    private static final int AXIS_HEIGHT = 60;

    private ReportCharts() {}

    /// Those for which there is something to show.
    ///
    /// @param lastNanos when the captures end, nanoseconds since 1970
    public static List<Chart> of(Analysis analysis, TimeCounts counts, long lastNanos) {
        System.setProperty("java.awt.headless", "true");
        TimeAxis time = new TimeAxis(counts.startNanos(0), lastNanos);
        List<Chart> charts = new ArrayList<>();
        if (analysis.records() > 0) {
            charts.add(traffic(new TrafficChart(analysis, counts, time), analysis));
        }
        List<HopLatencies.Hop> hops = HopLatencies.of(analysis, LatencyChart.MAX_HOPS);
        if (!hops.isEmpty()) {
            charts.add(latency(hops));
        }
        ResponseChart responses = new ResponseChart(analysis, time);
        if (!responses.isEmpty()) {
            charts.add(chart(
                    "responses",
                    "Handshakes and DNS answers",
                    "From a connection's first SYN until it is open, and from a question to its answer, each where the"
                            + " asking side was seen first. Of very many at a time the slowest are shown. A dashed line is an"
                            + " error that began, with the finding's id there or at the line before, or a change of a node's"
                            + " network.",
                    280,
                    responses::chart));
        }
        return charts;
    }

    private static Chart traffic(TrafficChart chart, Analysis analysis) {
        int shown = chart.points().size();
        String left = analysis.points().size() > shown
                ? String.format(
                        Locale.ROOT,
                        " The busiest %d of %d points.",
                        shown,
                        analysis.points().size())
                : "";
        String events = chart.showsEvents()
                ? " Below that: what the nodes logged beside packets, changes of their networks as triangles with a"
                        + " dashed line, refused packets as diamonds."
                : "";
        return chart(
                "traffic",
                "Records at each capture point",
                "Each strip is a point, with its own scale; a red diamond is a time in which the system says it dropped"
                        + " packets there. Below: when each finding began." + events + left,
                chart.strips() * STRIP_HEIGHT + AXIS_HEIGHT,
                chart::chart);
    }

    private static Chart latency(List<HopLatencies.Hop> hops) {
        return chart(
                "latency",
                "Latency per hop",
                "The dot is the median, the line holds nine of ten; one packet for each flow and way. Each step to the"
                        + " right is ten times longer. Between nodes it is as good as the clocks agree.",
                hops.size() * ROW_HEIGHT + AXIS_HEIGHT,
                narrow -> LatencyChart.of(hops, narrow));
    }

    private static Chart chart(
            String id, String title, String caption, int height, Function<Boolean, JFreeChart> drawing) {
        return new Chart(
                title,
                caption,
                ChartSvg.of(drawing.apply(false), WIDE, height, id, title),
                ChartSvg.of(drawing.apply(true), NARROW, height, id + "-narrow", title));
    }
}

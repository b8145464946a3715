package hopline.cli.chart;

import hopline.capture.CapturePoint;
import hopline.cli.evidence.TimeCounts;
import hopline.flows.analysis.Analysis;
import hopline.flows.rule.Finding;
import hopline.flows.rule.Severity;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.renderer.xy.XYStepAreaRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/// Records and drops over time, a strip for each capture point, and below when the findings were.
final class TrafficChart {

    /// Strips shown: those of the points that saw most.
    static final int MAX_POINTS = 14;

    private static final int MAX_LABEL = 24;
    private static final int MAX_NARROW_LABEL = 14;

    private final Analysis analysis;
    private final TimeCounts counts;
    private final TimeAxis time;
    private final EventStrip events;

    TrafficChart(Analysis analysis, TimeCounts counts, TimeAxis time) {
        this.analysis = analysis;
        this.counts = counts;
        this.time = time;
        this.events = new EventStrip(analysis.scene().events().happenings(), time);
    }

    /// How many strips there are.
    int strips() {
        return points().size() + (analysis.findings().isEmpty() ? 0 : 1) + (events.isEmpty() ? 0 : 1);
    }

    /// Whether the systems' own events are shown.
    boolean showsEvents() {
        return !events.isEmpty();
    }

    /// The points shown, in the order they became known.
    List<CapturePoint> points() {
        Comparator<CapturePoint> busiest = Comparator.comparingLong(point -> -sum(counts.records(point)));
        return analysis.points().stream()
                .sorted(busiest)
                .limit(MAX_POINTS)
                .sorted(Comparator.comparing(CapturePoint::node).thenComparingInt(CapturePoint::id))
                .toList();
    }

    private static long sum(long[] values) {
        return Arrays.stream(values).sum();
    }

    JFreeChart chart(boolean narrow) {
        CombinedDomainXYPlot plot = new CombinedDomainXYPlot(time.axis());
        plot.setGap(10);
        plot.setBackgroundPaint(null);
        points().forEach(point -> plot.add(strip(point, narrow), 2));
        if (!analysis.findings().isEmpty()) {
            plot.add(findings(narrow), 2);
        }
        if (!events.isEmpty()) {
            plot.add(events.strip(narrow), 2);
        }
        return Look.chart(plot, false);
    }

    private XYPlot strip(CapturePoint point, boolean narrow) {
        XYSeries drops = new XYSeries("drops");
        long[] seen = counts.records(point);
        long[] dropped = counts.drops(point);
        long most = Math.max(1, Arrays.stream(seen).max().orElse(1));
        for (int span = 0; span < TimeCounts.SPANS; span++) {
            if (dropped[span] > 0) {
                drops.add(time.at(counts.startNanos(span) + counts.spanNanos() / 2), (double) most);
            }
        }
        XYPlot plot =
                new XYPlot(new XYSeriesCollection(steps(seen, counts, time)), null, count(point, most, narrow), area());
        plot.setDataset(1, new XYSeriesCollection(drops));
        plot.setRenderer(1, marks(Tone.ERROR, Look.diamond(9)));
        Look.apply(plot);
        plot.setRangeGridlinesVisible(false);
        events.mark(plot);
        return plot;
    }

    /// A step begins at each point and ends at the next one, so that the last step needs a point more.
    static XYSeries steps(long[] seen, TimeCounts counts, TimeAxis time) {
        XYSeries steps = new XYSeries("records");
        for (int span = 0; span < TimeCounts.SPANS; span++) {
            steps.add(time.at(counts.startNanos(span)), (double) seen[span]);
        }
        steps.add(time.at(counts.startNanos(TimeCounts.SPANS)), (double) seen[TimeCounts.SPANS - 1]);
        return steps;
    }

    private NumberAxis count(CapturePoint point, long most, boolean narrow) {
        NumberAxis axis = new NumberAxis(narrow ? narrowName(point) : PointLabel.cut(point.toString(), MAX_LABEL));
        Look.apply(axis);
        axis.setLabelPaint(Tone.INK.color());
        axis.setLabelAngle(Math.PI / 2);
        axis.setRange(0, most * 1.15);
        axis.setTickUnit(new org.jfree.chart.axis.NumberTickUnit(most));
        axis.setAxisLineVisible(false);
        return axis;
    }

    /// The node is told where several points have one name.
    private String narrowName(CapturePoint point) {
        long namesakes = points().stream()
                .filter(other -> other.name().equals(point.name()))
                .count();
        return namesakes > 1
                ? PointLabel.narrow(point, MAX_NARROW_LABEL)
                : PointLabel.cut(point.name(), MAX_NARROW_LABEL);
    }

    private static XYStepAreaRenderer area() {
        XYStepAreaRenderer area = new XYStepAreaRenderer(XYStepAreaRenderer.AREA);
        area.setSeriesPaint(0, Tone.ACCENT.color());
        area.setShapesVisible(false);
        return area;
    }

    static XYLineAndShapeRenderer marks(Tone tone, java.awt.Shape shape) {
        XYLineAndShapeRenderer marks = new XYLineAndShapeRenderer(false, true);
        marks.setSeriesPaint(0, tone.color());
        marks.setSeriesShape(0, shape);
        return marks;
    }

    /// When what each severity is about was first seen.
    private XYPlot findings(boolean narrow) {
        XYPlot plot = new XYPlot();
        SymbolAxis axis = new SymbolAxis(narrow ? "" : "findings", new String[] {"note", "warning", "error"});
        Look.apply(axis);
        axis.setLabelPaint(Tone.INK.color());
        axis.setLabelAngle(Math.PI / 2);
        axis.setGridBandsVisible(false);
        axis.setAxisLineVisible(false);
        axis.setRange(-0.6, 2.6);
        plot.setRangeAxis(axis);
        add(plot, 0, Severity.NOTE, marks(Tone.NOTE, Look.dot(7)));
        add(plot, 1, Severity.WARNING, marks(Tone.WARNING, Look.triangle(9)));
        add(plot, 2, Severity.ERROR, marks(Tone.ERROR, Look.diamond(10)));
        Look.apply(plot);
        return plot;
    }

    private void add(XYPlot plot, int level, Severity severity, XYLineAndShapeRenderer marks) {
        XYSeries series = new XYSeries(severity.label());
        analysis.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .limit(200)
                .mapToLong(Finding::firstNanos)
                .forEach(nanos -> series.add(time.at(nanos), level));
        plot.setDataset(level, new XYSeriesCollection(series));
        plot.setRenderer(level, marks);
    }
}

package hopline.cli.chart;

import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/// Latency per hop: for each the median, and the span that nine of ten packets keep to.
final class LatencyChart {

    /// Hops shown: those taken most often.
    static final int MAX_HOPS = 24;

    private static final int MAX_LABEL = 46;

    /// For each of a hop's two points; what the second leaves, the first takes.
    private static final int MAX_NARROW_LABEL = 12;

    private LatencyChart() {}

    static JFreeChart of(List<HopLatencies.Hop> hops, boolean narrow) {
        XYIntervalSeries series = new XYIntervalSeries("latency");
        String[] names = new String[hops.size()];
        for (int i = 0; i < hops.size(); i++) {
            HopLatencies.Hop hop = hops.get(i);
            int at = hops.size() - 1 - i;
            names[at] = name(hop, narrow);
            series.add(micros(hop, 0.5), micros(hop, 0.05), micros(hop, 0.95), at, at, at);
        }
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        data.addSeries(series);
        XYPlot plot = new XYPlot(data, axis(hops), hopAxis(names), marks());
        Look.apply(plot);
        return Look.chart(plot, false);
    }

    private static LogAxis axis(List<HopLatencies.Hop> hops) {
        return DurationAxis.of(
                "time from one point to the next",
                hops.stream().mapToDouble(hop -> micros(hop, 0.05)).min().orElse(1),
                hops.stream().mapToDouble(hop -> micros(hop, 0.95)).max().orElse(1));
    }

    private static double micros(HopLatencies.Hop hop, double share) {
        return Math.max(0.001, hop.quantile(share) / 1e3);
    }

    private static SymbolAxis hopAxis(String[] names) {
        SymbolAxis axis = new SymbolAxis("", names);
        Look.apply(axis);
        axis.setTickLabelPaint(Tone.INK.color());
        axis.setGridBandsVisible(false);
        axis.setRange(-0.7, names.length - 0.3);
        return axis;
    }

    private static XYErrorRenderer marks() {
        XYErrorRenderer marks = new XYErrorRenderer();
        marks.setDrawYError(false);
        marks.setCapLength(6);
        marks.setErrorStroke(Look.LINE);
        marks.setErrorPaint(Tone.ACCENT.color());
        marks.setSeriesPaint(0, Tone.ACCENT.color());
        marks.setSeriesShape(0, Look.dot(8));
        return marks;
    }

    private static String name(HopLatencies.Hop hop, boolean narrow) {
        boolean sameNode = hop.from().node().equals(hop.to().node());
        if (narrow) {
            String to = sameNode
                    ? PointLabel.cut(hop.to().name(), MAX_NARROW_LABEL)
                    : PointLabel.narrow(hop.to(), MAX_NARROW_LABEL);
            return PointLabel.narrow(hop.from(), 2 * MAX_NARROW_LABEL - to.length()) + " → " + to;
        }
        return PointLabel.cut(
                sameNode
                        ? hop.from().node() + ": " + hop.from().name() + " → "
                                + hop.to().name()
                        : hop.from() + " → " + hop.to(),
                MAX_LABEL);
    }
}

package hopline.cli.chart;

import hopline.capture.event.Matter;
import hopline.cli.report.Escape;
import hopline.flows.event.Happening;
import java.util.Comparator;
import java.util.List;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/// What the systems logged beside packets, over time: changes of their networks, and packets they refused. What is
/// routine is not among it.
final class EventStrip {

    /// More would hide each other.
    private static final int MAX_MARKS = 400;

    /// Lines through the strips of packets.
    private static final int MAX_LINES = 12;

    /// A label takes about this share of the strip's width for each letter.
    private static final double LETTER = 0.0052;

    private static final int MAX_LETTERS = 60;

    private final List<Happening> changes;
    private final List<Happening> refusals;
    private final TimeAxis time;

    EventStrip(List<Happening> happenings, TimeAxis time) {
        this.time = time;
        List<Happening> within = happenings.stream()
                .filter(each -> each.epochNanos() >= time.firstNanos() && each.epochNanos() <= time.lastNanos())
                .sorted(Comparator.comparingLong(Happening::epochNanos))
                .toList();
        this.changes = within.stream()
                .filter(each -> !isRefusal(each))
                .limit(MAX_MARKS)
                .toList();
        this.refusals =
                within.stream().filter(EventStrip::isRefusal).limit(MAX_MARKS).toList();
    }

    private static boolean isRefusal(Happening happening) {
        return happening.event().matter() instanceof Matter.Dropped
                || happening.event().matter() instanceof Matter.PortsExhausted;
    }

    boolean isEmpty() {
        return changes.isEmpty() && refusals.isEmpty();
    }

    /// Changes above, refusals below; where there is room, what changed in words.
    XYPlot strip(boolean narrow) {
        XYPlot plot = new XYPlot();
        SymbolAxis axis = new SymbolAxis(narrow ? "" : "events", new String[] {"refused", "changed"});
        Look.apply(axis);
        axis.setLabelPaint(Tone.INK.color());
        axis.setLabelAngle(Math.PI / 2);
        axis.setGridBandsVisible(false);
        axis.setAxisLineVisible(false);
        axis.setRange(-0.6, 1.6);
        plot.setRangeAxis(axis);
        add(plot, 0, refusals, Tone.ERROR, Look.diamond(9));
        add(plot, 1, changes, Tone.CHANGE, Look.triangle(9));
        Look.apply(plot);
        if (!narrow) {
            label(plot, 0, refusals);
            label(plot, 1, changes);
        }
        return plot;
    }

    private void add(XYPlot plot, int row, List<Happening> happenings, Tone tone, java.awt.Shape shape) {
        XYSeries series = new XYSeries(row);
        happenings.forEach(each -> series.add(time.at(each.epochNanos()), row));
        plot.setDataset(row, new XYSeriesCollection(series));
        plot.setRenderer(row, TrafficChart.marks(tone, shape));
    }

    /// Beside each mark what it is, as far as no label or mark is in the way.
    private void label(XYPlot plot, int row, List<Happening> happenings) {
        double first = time.at(time.firstNanos());
        double length = Math.max(time.at(time.lastNanos()) - first, 1e-9);
        double taken = 0;
        for (int i = 0; i < happenings.size(); i++) {
            String text = text(happenings.get(i));
            double at = (time.at(happenings.get(i).epochNanos()) - first) / length;
            double next =
                    i + 1 < happenings.size() ? (time.at(happenings.get(i + 1).epochNanos()) - first) / length : 1.01;
            double wide = text.length() * LETTER + 0.012;
            if (at + wide <= next) {
                plot.addAnnotation(annotation(text, first + (at + 0.007) * length, row, TextAnchor.CENTER_LEFT));
                taken = at + wide;
            } else if (at - wide >= taken) {
                plot.addAnnotation(annotation(text, first + (at - 0.007) * length, row, TextAnchor.CENTER_RIGHT));
                taken = at + 0.012;
            } else {
                taken = at + 0.012;
            }
        }
    }

    private static String text(Happening happening) {
        String text = Escape.text(happening.node() + ": " + happening.text());
        return text.length() <= MAX_LETTERS ? text : text.substring(0, MAX_LETTERS - 1) + "…";
    }

    private static XYTextAnnotation annotation(String text, double x, int row, TextAnchor anchor) {
        XYTextAnnotation annotation = new XYTextAnnotation(text, x, row);
        annotation.setFont(Look.TINY);
        annotation.setPaint(Tone.INK.color());
        annotation.setTextAnchor(anchor);
        return annotation;
    }

    /// Draws a line through another plot at each change, of very many at none.
    void mark(XYPlot plot) {
        if (changes.size() > MAX_LINES) {
            return;
        }
        for (Happening change : changes) {
            ValueMarker marker = new ValueMarker(time.at(change.epochNanos()), Tone.CHANGE.color(), Look.DASHED);
            marker.setAlpha(1);
            plot.addDomainMarker(marker);
        }
    }
}

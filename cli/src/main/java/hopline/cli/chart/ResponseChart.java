package hopline.cli.chart;

import hopline.flows.DnsExchange;
import hopline.flows.Flow;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.FlowReport;
import hopline.flows.rule.Severity;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/// How long handshakes and DNS answers took, over time.
final class ResponseChart {

    /// Spans of time of which the slowest are shown.
    private static final int SPANS = 120;

    private static final int MOST_PER_SPAN = 6;

    /// Errors marked on the axis: more would hide what they explain.
    private static final int MAX_ERRORS = 12;

    /// A label takes about this share of the chart's width for each letter.
    private static final double LETTER = 0.006;

    private static final double NARROW_LETTER = 0.022;

    /// Letters of a label, as far as they are not left out.
    private static final int MAX_LABEL = 12;

    /// From this share of the time on labels have room before their line only.
    private static final double LATE = 0.8;

    /// One of them.
    private record Response(long epochNanos, long nanos) {}

    private final TimeAxis time;
    private final List<Response> handshakes = new ArrayList<>();
    private final List<Response> answers = new ArrayList<>();

    /// When errors began, and which.
    private final SortedMap<Long, String> errors = new TreeMap<>();

    private final EventStrip events;

    ResponseChart(Analysis analysis, TimeAxis time) {
        this.time = time;
        this.events = new EventStrip(analysis.scene().events().happenings(), time);
        analysis.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .limit(MAX_ERRORS)
                .forEach(finding -> errors.merge(finding.firstNanos(), finding.id(), ResponseChart::join));
        for (FlowReport report : analysis.flows()) {
            Flow flow = report.flow().flow();
            if (flow.tcp() != null && flow.tcp().handshakeNanos() > 0) {
                handshakes.add(new Response(flow.startNanos(), flow.tcp().handshakeNanos()));
            }
            if (flow.dns() != null) {
                flow.dns().all().forEach(this::addAnswer);
            }
        }
    }

    private void addAnswer(DnsExchange exchange) {
        if (exchange.query() != null && exchange.responseNanos() > 0) {
            answers.add(new Response(exchange.query().first().epochNanos(), exchange.responseNanos()));
        }
    }

    boolean isEmpty() {
        return handshakes.isEmpty() && answers.isEmpty();
    }

    JFreeChart chart(boolean narrow) {
        XYSeriesCollection data = new XYSeriesCollection();
        data.addSeries(series("TCP handshake", handshakes));
        data.addSeries(series("DNS answer", answers));
        XYLineAndShapeRenderer marks = new XYLineAndShapeRenderer(false, true);
        marks.setSeriesPaint(0, Tone.ACCENT.color());
        marks.setSeriesShape(0, Look.dot(6));
        marks.setSeriesPaint(1, Tone.CHANGE.color());
        marks.setSeriesShape(1, Look.triangle(8));
        XYPlot plot = new XYPlot(data, time.axis(), axis(), marks);
        Look.apply(plot);
        events.mark(plot);
        double letterNanos = (time.lastNanos() - time.firstNanos()) * (narrow ? NARROW_LETTER : LETTER);
        labels(errors, letterNanos).forEach((nanos, label) -> plot.addDomainMarker(marker(nanos, label)));
        return Look.chart(plot, true);
    }

    private LogAxis axis() {
        return DurationAxis.of(
                "",
                all().mapToDouble(response -> response.nanos() / 1e3).min().orElse(1),
                all().mapToDouble(response -> response.nanos() / 1e3).max().orElse(1));
    }

    private Stream<Response> all() {
        return Stream.concat(handshakes.stream(), answers.stream());
    }

    /// What each error's line says: nothing where a label before it is in the way, which names this one, too.
    static Map<Long, String> labels(SortedMap<Long, String> errors, double letterNanos) {
        Map<Long, String> labels = new TreeMap<>();
        long labelled = Long.MIN_VALUE;
        for (Map.Entry<Long, String> error : errors.entrySet()) {
            String before = labels.getOrDefault(labelled, "");
            if (!before.isEmpty() && error.getKey() - labelled < (before.length() + 1) * letterNanos) {
                labels.put(labelled, join(before, error.getValue()));
                labels.put(error.getKey(), "");
            } else {
                labelled = error.getKey();
                labels.put(labelled, error.getValue());
            }
        }
        return labels;
    }

    private static String join(String label, String more) {
        if (label.endsWith("…")) {
            return label;
        }
        return label + " " + (label.length() + more.length() < MAX_LABEL ? more : "…");
    }

    private ValueMarker marker(long epochNanos, String label) {
        ValueMarker marker = new ValueMarker(time.at(epochNanos), Tone.ERROR.color(), Look.DASHED);
        marker.setAlpha(1);
        if (!label.isEmpty()) {
            marker.setLabel(label);
        }
        marker.setLabelFont(Look.TINY);
        marker.setLabelPaint(Tone.ERROR.color());
        marker.setLabelBackgroundColor(new Color(0, 0, 0, 0));
        boolean late = epochNanos - time.firstNanos() > LATE * (time.lastNanos() - time.firstNanos());
        marker.setLabelAnchor(late ? RectangleAnchor.TOP_LEFT : RectangleAnchor.TOP_RIGHT);
        marker.setLabelTextAnchor(late ? TextAnchor.TOP_RIGHT : TextAnchor.TOP_LEFT);
        return marker;
    }

    /// Of very many the slowest of each span: what is slow is what people look for.
    private XYSeries series(String name, List<Response> responses) {
        XYSeries series = new XYSeries(name);
        long spanNanos = Math.max(1, (time.lastNanos() - time.firstNanos()) / SPANS);
        Map<Long, Integer> shown = new HashMap<>();
        responses.stream()
                .sorted(Comparator.comparingLong(response -> -response.nanos()))
                .filter(response ->
                        shown.merge((response.epochNanos() - time.firstNanos()) / spanNanos, 1, Integer::sum)
                                <= MOST_PER_SPAN)
                .forEach(response -> series.add(time.at(response.epochNanos()), response.nanos() / 1e3));
        return series;
    }
}

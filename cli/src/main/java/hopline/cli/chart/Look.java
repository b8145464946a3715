package hopline.cli.chart;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/// What all charts have in common: quiet lines, small letters, and colours that the page's style decides.
final class Look {

    static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    static final Font TINY = new Font(Font.SANS_SERIF, Font.PLAIN, 10);
    static final Stroke THIN = new BasicStroke(1f);
    static final Stroke DASHED =
            new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {3f, 3f}, 0f);
    static final Stroke LINE = new BasicStroke(1.6f);

    private static final RectangleInsets MARGIN = new RectangleInsets(4, 4, 4, 26);

    private Look() {}

    static {
        ChartFactory.setChartTheme(StandardChartTheme.createLegacyTheme());
    }

    /// A dot, a triangle, a diamond: what differs in colour differs in shape, too.
    static Shape dot(double size) {
        return new Ellipse2D.Double(-size / 2, -size / 2, size, size);
    }

    static Shape triangle(double size) {
        return polygon(0, -size / 2, size / 2, size / 2, -size / 2, size / 2);
    }

    static Shape diamond(double size) {
        return polygon(0, -size / 2, size / 2, 0, 0, size / 2, -size / 2, 0);
    }

    private static Shape polygon(double... xy) {
        Path2D path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            path.lineTo(xy[i], xy[i + 1]);
        }
        path.closePath();
        return path;
    }

    static void apply(Axis axis) {
        axis.setLabelFont(SMALL);
        axis.setTickLabelFont(TINY);
        axis.setLabelPaint(Tone.MUTED.color());
        axis.setTickLabelPaint(Tone.MUTED.color());
        axis.setAxisLinePaint(Tone.LINE.color());
        axis.setTickMarkPaint(Tone.LINE.color());
    }

    static void apply(XYPlot plot) {
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(Tone.LINE.color());
        plot.setRangeGridlinePaint(Tone.LINE.color());
        plot.setDomainGridlineStroke(THIN);
        plot.setRangeGridlineStroke(THIN);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    }

    /// A chart of `plot` with a legend below where `legend` is asked for.
    static JFreeChart chart(Plot plot, boolean legend) {
        JFreeChart chart = new JFreeChart(null, SMALL, plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(MARGIN);
        if (legend) {
            LegendTitle title = new LegendTitle(plot);
            title.setItemFont(SMALL);
            title.setItemPaint(Tone.INK.color());
            title.setBackgroundPaint(null);
            title.setPosition(RectangleEdge.TOP);
            chart.addLegend(title);
        }
        return chart;
    }
}

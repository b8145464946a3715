package hopline.cli.chart;

import hopline.cli.report.Times;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;

/// An axis for durations in microseconds, each step ten times the one before.
final class DurationAxis {

    private DurationAxis() {}

    /// An axis for durations from `least` to `most` microseconds, widened to whole steps.
    static LogAxis of(String label, double least, double most) {
        LogAxis axis = new LogAxis(label);
        Look.apply(axis);
        axis.setSmallestValue(0.001);
        axis.setTickUnit(new NumberTickUnit(1));
        axis.setMinorTickMarksVisible(false);
        axis.setNumberFormatOverride(new Durations());
        double from = Math.pow(10, Math.floor(Math.log10(Math.max(least, 0.001))));
        double to = Math.pow(10, Math.ceil(Math.log10(Math.max(most, from * 1.01))));
        axis.setRange(from * 0.85, to * 1.18);
        return axis;
    }

    /// `1.00 ms` where the axis says 1000.
    private static final class Durations extends NumberFormat {

        private static final long serialVersionUID = 1;

        @Override
        public StringBuffer format(double micros, StringBuffer to, FieldPosition position) {
            return to.append(Times.duration(Math.round(micros * 1e3)).replaceFirst("\\.0+ ", " "));
        }

        @Override
        public StringBuffer format(long micros, StringBuffer to, FieldPosition position) {
            return format((double) micros, to, position);
        }

        @Override
        public Number parse(String text, ParsePosition position) {
            throw new UnsupportedOperationException("an axis only writes");
        }
    }
}

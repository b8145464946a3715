package hopline.cli.chart;

import hopline.cli.report.Times;
import java.util.Locale;
import java.util.TimeZone;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;

/// The time of a capture as the horizontal axis: seconds since it began, or the clock where it is long.
///
/// @param firstNanos when it begins, nanoseconds since 1970
/// @param lastNanos when it ends
record TimeAxis(long firstNanos, long lastNanos) {

    /// What is left free at either end, as a share of the whole.
    private static final double MARGIN = 0.015;

    private static final int TICKS = 10;
    private static final long CLOCK_FROM_NANOS = 300_000_000_000L;

    private boolean isClock() {
        return lastNanos - firstNanos >= CLOCK_FROM_NANOS;
    }

    /// Where a time stands on the axis.
    double at(long epochNanos) {
        return isClock() ? epochNanos / 1e6 : (epochNanos - firstNanos) / 1e9;
    }

    /// The axis itself, a new one for each chart.
    ValueAxis axis() {
        ValueAxis axis = isClock()
                ? new DateAxis("UTC", TimeZone.getTimeZone("UTC"), Locale.ROOT)
                : new NumberAxis("seconds since " + Times.seconds(firstNanos));
        Look.apply(axis);
        double from = at(firstNanos);
        double length = Math.max(at(lastNanos) - from, 1e-6);
        axis.setRange(from - MARGIN * length, from + (1 + MARGIN) * length);
        if (axis instanceof NumberAxis seconds) {
            seconds.setTickUnit(new NumberTickUnit(step(length / TICKS)));
        }
        return axis;
    }

    /// The next greater of 1, 2, 5, 10 and so on.
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        double digit = least / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }
}

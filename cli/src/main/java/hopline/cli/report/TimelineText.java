package hopline.cli.report;

import hopline.capture.event.SystemEvent;
import hopline.flows.event.Churn;
import hopline.flows.event.TimelineEvents;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a system did beside packets, one a line in the order of time; what repeats at once is one line.
public final class TimelineText {

    private static final long NANOS_OF_DAY = 86_400_000_000_000L;

    private final PrintStream out;
    private final TimelineEvents events = new TimelineEvents(this::show);
    private long day = Long.MIN_VALUE;
    private @Nullable SystemEvent pending;
    private String pendingText = "";
    private long lastNanos;
    private long repeats;

    /// Prints to `out`.
    public TimelineText(PrintStream out) {
        this.out = out;
    }

    /// Takes the next event.
    public void add(SystemEvent event) {
        events.add(event);
    }

    private void show(SystemEvent event) {
        String text = event.matter().text();
        if (pending != null && pendingText.equals(text)) {
            repeats++;
            lastNanos = event.epochNanos();
            return;
        }
        flush();
        pending = event;
        pendingText = text;
        lastNanos = event.epochNanos();
    }

    private void flush() {
        SystemEvent event = pending;
        if (event == null) {
            return;
        }
        long date = Math.floorDiv(event.epochNanos(), NANOS_OF_DAY);
        String time = Times.rfc3339(event.epochNanos());
        if (date != day) {
            day = date;
            out.println(time.substring(0, time.indexOf('T')) + " UTC");
        }
        String again = repeats == 0
                ? ""
                : ", " + (repeats + 1) + " times in " + Times.duration(lastNanos - event.epochNanos());
        out.println(time.substring(time.indexOf('T') + 1, time.length() - 1)
                + String.format(
                        Locale.ROOT,
                        "  %-9s  %-28s  ",
                        event.layout().name().toLowerCase(Locale.ROOT),
                        Escape.text(EventText.provider(event.provider()) + "/" + event.id()))
                + Escape.text(pendingText + again));
        pending = null;
        repeats = 0;
    }

    /// What was not worth a line, counted.
    public void end() {
        flush();
        if (day != Long.MIN_VALUE) {
            out.println();
        }
        if (events.isEmpty()) {
            out.println("No event beside packets.");
            return;
        }
        out.println(EventText.layouts(events.layouts()));
        if (events.steps() > 0) {
            out.println(TextReport.plural(events.steps(), "step")
                    + " of packets through VFP's layers are left out: analyze joins them to the packets");
        }
        for (Churn.Line line : events.churn().lines()) {
            out.println(Escape.text(EventText.provider(line.provider()) + "  " + line.text()));
        }
    }
}

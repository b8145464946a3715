package hopline.capture.etl;

import hopline.capture.EventReader;
import hopline.capture.LoggedEvent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// Reads all events of a trace, those included that hold no packet, by the layouts that the trace carries with it, of
/// its manifests and of each TraceLogging event, else as they are published.
public final class TraceLog implements EventReader {

    private static final Guid NONE = new Guid(0, 0);

    private final TraceFile file;
    private final MergedEvents events;
    private @Nullable TraceSurvey survey;

    /// Reads from `channel`, which closes with it, and at once when there is no trace in it.
    public TraceLog(FileChannel channel) throws IOException {
        file = TraceFile.open(channel);
        events = new MergedEvents(file);
    }

    @Override
    public @Nullable LoggedEvent next(Filter wanted) throws IOException {
        if (survey == null) {
            survey = TraceSurvey.of(file);
        }
        for (TraceEvent event = events.next(); event != null; event = events.next()) {
            survey.add(event, survey.provider(event));
            String provider = survey.names().of(EventCounts.Kind.of(event));
            if (wanted.accepts(provider, event.provider().toString(), event.id())) {
                return logged(event, provider, survey);
            }
        }
        if (file.problem() != null) {
            throw file.problem();
        }
        return null;
    }

    private LoggedEvent logged(TraceEvent event, String provider, TraceSurvey survey) {
        EventDecoder decoder = survey.decoder();
        return new LoggedEvent(
                file.clock().epochNanos(event.time()),
                provider,
                event.id(),
                name(event, survey, decoder),
                event.process(),
                event.thread(),
                event.processor(),
                event.extended(),
                event.activity().equals(NONE) ? "" : event.activity().toString(),
                decoder.layout(event),
                decoder.shown(event));
    }

    private static String name(TraceEvent event, TraceSurvey survey, EventDecoder decoder) {
        String told = decoder.name(event);
        return told.isEmpty() ? survey.eventName(EventCounts.Kind.of(event)) : told;
    }

    @Override
    public void close() throws IOException {
        events.close();
        file.close();
    }
}

package hopline.capture.etl;

import hopline.capture.EventReader;
import hopline.capture.LoggedEvent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads all events of a trace, those included that hold no packet, by the layouts that the trace carries with it: of
/// its manifests, and of each TraceLogging event.
public final class TraceLog implements EventReader {

    private static final Guid NONE = new Guid(0, 0);

    /// Octets of a payload without a layout that are shown.
    private static final int MAX_SHOWN = 256;

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
            if (wanted.accepts(provider, event.id())) {
                return logged(event, provider, survey);
            }
        }
        if (file.problem() != null) {
            throw file.problem();
        }
        return null;
    }

    private LoggedEvent logged(TraceEvent event, String provider, TraceSurvey survey) {
        return new LoggedEvent(
                file.clock().epochNanos(event.time()),
                provider,
                event.id(),
                name(event, survey),
                event.process(),
                event.thread(),
                event.processor(),
                container(event),
                event.activity().equals(NONE) ? "" : event.activity().toString(),
                fields(event, survey.schemas()));
    }

    private static String name(TraceEvent event, TraceSurvey survey) {
        String own = TraceLoggingSchema.name(event.extended(ExtendedItem.SCHEMA));
        return own.isEmpty() ? survey.eventName(EventCounts.Kind.of(event)) : own;
    }

    private static String container(TraceEvent event) {
        EventData id = event.extended(ExtendedItem.CONTAINER);
        return new String(id.octets(id.remaining()), StandardCharsets.US_ASCII);
    }

    private static Map<String, String> fields(TraceEvent event, Schemas schemas) {
        EventData schema = event.extended(ExtendedItem.SCHEMA);
        if (schema.remaining() > 0) {
            return TraceLoggingSchema.read(schema, event.payload(), event.pointerSize());
        }
        Guid provider = event.provider();
        return schemas.schema(provider, event.id(), event.version())
                .filter(known -> event.isManifest())
                .map(known -> known.read(
                        event.payload(), event.pointerSize(), (map, value) -> schemas.text(provider, map, value)))
                .orElseGet(() -> undescribed(event.payload()));
    }

    private static Map<String, String> undescribed(EventData payload) {
        int size = payload.remaining();
        String hex = HexFormat.of().formatHex(payload.octets(Math.min(size, MAX_SHOWN)));
        return size == 0 ? Map.of() : Map.of("", size > MAX_SHOWN ? hex + "…" : hex);
    }

    @Override
    public void close() throws IOException {
        events.close();
        file.close();
    }
}

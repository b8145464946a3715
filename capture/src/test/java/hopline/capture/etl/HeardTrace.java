package hopline.capture.etl;

import hopline.capture.CaptureReader;
import hopline.capture.Captures;
import hopline.capture.event.SystemEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// What a trace told beside its packets.
public record HeardTrace(List<SystemEvent> events, long packets) {

    public static HeardTrace of(TraceBytes trace) {
        List<SystemEvent> events = new ArrayList<>();
        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(trace.toByteArray()))) {
            reader.hear(events::add);
            while (reader.next() != null) {
                // its events are heard meanwhile
            }
            return new HeardTrace(events, reader.records());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Each in a line.
    public List<String> texts() {
        return events.stream().map(event -> event.matter().text()).toList();
    }
}

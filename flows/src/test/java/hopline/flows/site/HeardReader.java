package hopline.flows.site;

import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.ForwardingReader;
import hopline.capture.event.SystemEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A capture whose system logged more than packets: what happened before a record is told before it.
final class HeardReader extends ForwardingReader {

    private final Deque<SystemEvent> events;
    private SystemEvent.@Nullable Listener listener;

    /// Adds `events`, in the order of time, to what `reader` reads.
    HeardReader(CaptureReader reader, List<SystemEvent> events) {
        super(reader);
        this.events = new ArrayDeque<>(events);
    }

    @Override
    public void hear(SystemEvent.Listener newListener) {
        listener = newListener;
    }

    @Override
    public @Nullable CaptureRecord next() throws IOException {
        CaptureRecord record = super.next();
        while (listener != null
                && !events.isEmpty()
                && (record == null || events.getFirst().epochNanos() <= record.epochNanos())) {
            listener.heard(events.removeFirst());
        }
        return record;
    }
}

package hopline.flows.site;

import hopline.capture.CaptureFormat;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.CaptureSection;
import hopline.capture.event.SystemEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A capture whose system logged more than packets: what happened before a record is told before it.
final class HeardReader implements CaptureReader {

    private final CaptureReader reader;
    private final Deque<SystemEvent> events;
    private SystemEvent.@Nullable Listener listener;

    /// Adds `events`, in the order of time, to what `reader` reads.
    HeardReader(CaptureReader reader, List<SystemEvent> events) {
        this.reader = reader;
        this.events = new ArrayDeque<>(events);
    }

    @Override
    public void hear(SystemEvent.Listener newListener) {
        listener = newListener;
    }

    @Override
    public @Nullable CaptureRecord next() throws IOException {
        CaptureRecord record = reader.next();
        while (listener != null
                && !events.isEmpty()
                && (record == null || events.getFirst().epochNanos() <= record.epochNanos())) {
            listener.heard(events.removeFirst());
        }
        return record;
    }

    @Override
    public CaptureFormat format() {
        return reader.format();
    }

    @Override
    public long records() {
        return reader.records();
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return reader.interfaces();
    }

    @Override
    public List<CaptureSection> sections() {
        return reader.sections();
    }

    @Override
    public long lostRecords() {
        return reader.lostRecords();
    }

    @Override
    public Map<String, Long> skippedBlocks() {
        return reader.skippedBlocks();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}

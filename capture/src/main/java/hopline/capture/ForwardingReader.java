package hopline.capture;

import hopline.capture.event.SystemEvent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers as another reader does; what extends it says only what it does otherwise. Closing this closes the other.
public abstract class ForwardingReader implements CaptureReader {

    private final CaptureReader reader;

    /// Answers as `reader` does.
    protected ForwardingReader(CaptureReader reader) {
        this.reader = reader;
    }

    @Override
    public CaptureFormat format() {
        return reader.format();
    }

    @Override
    public @Nullable CaptureRecord next() throws IOException {
        return reader.next();
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
    public void listen(CaptureBlock.Listener listener) {
        reader.listen(listener);
    }

    @Override
    public void hear(SystemEvent.Listener listener) {
        reader.hear(listener);
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
    public Optional<TraceFacts> trace() {
        return reader.trace();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}

package hopline.capture;

import hopline.capture.event.SystemEvent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Hands on the records of another reader, each after somebody had a look at it and let it pass. Records keep their
/// numbers; [#records] counts those that passed.
public final class WatchedReader implements CaptureReader {

    /// Looks at records.
    @FunctionalInterface
    public interface Watcher {

        /// Looks at `record`, which was logged at `at`.
        ///
        /// @return whether it is handed on
        boolean see(CaptureRecord record, CaptureInterface at) throws IOException;
    }

    private final CaptureReader reader;
    private final Watcher watcher;
    private long heldBack;

    /// Shows the records of `reader` to `watcher`; closing this closes `reader`.
    public WatchedReader(CaptureReader reader, Watcher watcher) {
        this.reader = reader;
        this.watcher = watcher;
    }

    @Override
    public CaptureFormat format() {
        return reader.format();
    }

    @Override
    public @Nullable CaptureRecord next() throws IOException {
        CaptureRecord record = reader.next();
        while (record != null && !watcher.see(record, reader.interfaces().get(record.interfaceIndex()))) {
            heldBack++;
            record = reader.next();
        }
        return record;
    }

    @Override
    public void hear(SystemEvent.Listener listener) {
        reader.hear(listener);
    }

    @Override
    public long records() {
        return reader.records() - heldBack;
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

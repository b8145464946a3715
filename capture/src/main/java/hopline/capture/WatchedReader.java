package hopline.capture;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Hands on the records of another reader, each after somebody had a look at it and let it pass. Records keep their
/// numbers; [#records] counts those that passed.
public final class WatchedReader extends ForwardingReader {

    /// Looks at records.
    @FunctionalInterface
    public interface Watcher {

        /// Looks at `record`, which was logged at `at`.
        ///
        /// @return whether it is handed on
        boolean see(CaptureRecord record, CaptureInterface at) throws IOException;
    }

    private final Watcher watcher;
    private long heldBack;

    /// Shows the records of `reader` to `watcher`; closing this closes `reader`.
    public WatchedReader(CaptureReader reader, Watcher watcher) {
        super(reader);
        this.watcher = watcher;
    }

    @Override
    public @Nullable CaptureRecord next() throws IOException {
        CaptureRecord record = super.next();
        while (record != null && !watcher.see(record, interfaces().get(record.interfaceIndex()))) {
            heldBack++;
            record = super.next();
        }
        return record;
    }

    @Override
    public long records() {
        return super.records() - heldBack;
    }
}

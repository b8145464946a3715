package hopline.capture.node;

import hopline.capture.bundle.Manifest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Packets being captured, whatever captures them.
interface Trace {

    /// Looks after it; called several times a second.
    ///
    /// @return what is worth telling, a sentence each
    List<String> look() throws IOException;

    /// Octets on disk.
    long octets() throws IOException;

    /// Why it cannot go on; empty while it does.
    Optional<String> failure();

    /// A drop that the system counted since the start, in words; empty when there was none or nobody
    /// counts.
    Optional<String> drop() throws IOException;

    /// Whether it has reached the plan's size and is to stop.
    boolean isFull() throws IOException;

    /// Ends it, whatever happened before; counters are read first.
    void stop(Manifest manifest) throws IOException;

    /// Packets captured; -1 when that is not known.
    long records();
}

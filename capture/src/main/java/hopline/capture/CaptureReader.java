package hopline.capture;

import hopline.capture.event.SystemEvent;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The records of one capture in file order. Holds one window of the file, never the file.
///
/// Not safe for use by several threads.
public interface CaptureReader extends Closeable {

    CaptureFormat format();

    /// The next record, or null at the end of the capture (as `BufferedReader.readLine`).
    ///
    /// @throws MalformedCaptureException where the file breaks its format; all records before it were handed out
    @Nullable CaptureRecord next() throws IOException;

    /// How many records were read so far, those included that Wireshark numbers though they hold no packet.
    long records();

    /// The interfaces described so far; pcapng may add some between records.
    List<CaptureInterface> interfaces();

    /// The sections begun so far; formats without sections have one.
    List<CaptureSection> sections();

    /// The comments of the header of a section read so far, in file order.
    default List<String> comments(int section) {
        return sections().get(section).comments();
    }

    /// Tells `listener` from now on of everything passed over between records. A format that has nothing of that kind
    /// never does.
    default void listen(CaptureBlock.Listener listener) {}

    /// Tells `listener` from now on what else the system logged between records, as it comes past. Captures other than
    /// traces, and pcapng that was converted from one, never do.
    default void hear(SystemEvent.Listener listener) {}

    /// Records that the capturing system says it lost, as far as the file tells and has been read.
    long lostRecords();

    /// How many blocks were passed over because they hold no packet, by what they are.
    Map<String, Long> skippedBlocks();

    /// What a system's trace tells of itself, once it has been read; empty for other captures.
    default Optional<TraceFacts> trace() {
        return Optional.empty();
    }
}

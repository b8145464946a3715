package hopline.capture.convert;

import hopline.capture.CaptureReader;
import hopline.capture.WatchedReader;
import java.util.OptionalLong;

/// Which records of a capture are wanted, by what a system's tracing said about them, and which events beside
/// them.
///
/// @param dropsOnly only those that the system dropped, and events that say so
/// @param component only those that this component logged, by the trace's number for it
public record Selection(boolean dropsOnly, OptionalLong component) {

    /// All records.
    public static final Selection EVERYTHING = new Selection(false, OptionalLong.empty());

    /// What `reader` delivers, without records and events that are not wanted. Closing it closes `reader`.
    public CaptureReader of(CaptureReader reader) {
        return equals(EVERYTHING)
                ? reader
                : new WatchedReader(new SelectedEvents(reader, this), new SelectedRecords(this));
    }
}

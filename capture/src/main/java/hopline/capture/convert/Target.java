package hopline.capture.convert;

import hopline.capture.CaptureBlock;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureOptions;
import hopline.capture.CaptureRecord;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/// The capture that a conversion writes.
interface Target extends Closeable {

    /// Told before the first interface is declared of all that are known by then.
    void prepare(List<CaptureInterface> known);

    /// Begins a section, whose interfaces count from 0.
    ///
    /// @param added options that the source does not state
    void section(CaptureOptions stated, CaptureOptions added) throws IOException;

    /// Declares an interface and returns its number.
    ///
    /// @param added options that the source does not state
    int declare(CaptureInterface at, CaptureOptions stated, CaptureOptions added) throws IOException;

    /// Writes a record of interface `at`, which was declared as `id`.
    void record(CaptureRecord record, CaptureInterface at, int id) throws IOException;

    /// Whether blocks can keep what a system logged beside packets.
    boolean keepsEvents();

    /// Writes another block; `id` is the interface that statistics are about.
    void block(CaptureBlock block, int id) throws IOException;

    /// What was not kept, or should be known, a sentence each.
    List<String> remarks();
}

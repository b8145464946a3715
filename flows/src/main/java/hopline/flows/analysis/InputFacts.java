package hopline.flows.analysis;

import hopline.capture.CaptureFormat;
import java.util.List;
import java.util.Optional;

/// What was read of one input.
///
/// @param file its name
/// @param format `pcap` or `pcapng`; empty when it could not be opened
/// @param node the node it was made on
/// @param records as Wireshark counts frames
/// @param octets on the wire, the sum over all records
/// @param firstNanos the earliest stamp, uncorrected, nanoseconds since 1970; meaningless without records
/// @param lastNanos the latest stamp
/// @param capturePoints the names of its interfaces, in the order they were described
/// @param truncatedRecords records of which the snap length left a part
/// @param malformedRecords records in which a header breaks its format
/// @param lostRecords what the capturing system says it lost
/// @param problem where the file broke or why it could not be read; empty when it was read whole
/// @param warnings what else a reader of the results should know
public record InputFacts(
        String file,
        Optional<String> format,
        String node,
        long records,
        long octets,
        long firstNanos,
        long lastNanos,
        List<String> capturePoints,
        long truncatedRecords,
        long malformedRecords,
        long lostRecords,
        Optional<String> problem,
        List<String> warnings) {

    public InputFacts {
        capturePoints = List.copyOf(capturePoints);
        warnings = List.copyOf(warnings);
    }

    /// True of a Windows trace, which knows how many events it lost, but not whether they were packets.
    public boolean losesEvents() {
        return format.filter(CaptureFormat.ETL.label()::equals).isPresent();
    }

    /// The same for all pieces of one capture: what its file is called, without folders, endings, and which piece
    /// it is.
    public String baseName() {
        return FileName.base(file);
    }
}

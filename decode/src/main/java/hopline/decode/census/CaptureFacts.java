package hopline.decode.census;

import hopline.capture.CaptureFormat;
import hopline.capture.TraceFacts;
import java.util.List;
import java.util.Optional;

/// What is in one capture.
///
/// @param format empty when it could not be opened
/// @param readable how far it could be read
/// @param problem why it could not be opened, or where it broke; empty when it was read whole
/// @param records as Wireshark counts frames
/// @param octets on the wire, the sum over all records
/// @param firstNanos the earliest stamp, nanoseconds since 1970; later than `lastNanos` when no record has one
/// @param lastNanos the latest stamp
/// @param resolutionNanos the coarsest of 1, 1,000 (microseconds) and 1,000,000 that all stamps are multiples of
/// @param interfaces in the order they are described, those without records included
/// @param truncatedRecords records of which the snap length left a part
/// @param leastLeft octets left of that of them of which least was; 0 without any
/// @param mostLeft octets left of that of them of which most was
/// @param lostRecords what the capturing system says it lost
/// @param trace what it tells of itself when it is a system's trace of events
/// @param counts what its records hold
public record CaptureFacts(
        Optional<CaptureFormat> format,
        Readability readable,
        Optional<String> problem,
        long records,
        long octets,
        long firstNanos,
        long lastNanos,
        long resolutionNanos,
        List<InterfaceFacts> interfaces,
        long truncatedRecords,
        int leastLeft,
        int mostLeft,
        long lostRecords,
        Optional<TraceFacts> trace,
        Counts counts) {

    /// How far a capture can be read.
    public enum Readability {
        WHOLE("whole"),
        PARTLY("partly"),
        NO("no");

        private final String label;

        Readability(String label) {
            this.label = label;
        }

        /// As `info --format json` says it.
        public String label() {
            return label;
        }
    }

    public CaptureFacts {
        interfaces = List.copyOf(interfaces);
    }

    /// What is known of something that is no capture, or cannot be opened.
    public static CaptureFacts unreadable(String problem) {
        return new CaptureFacts(
                Optional.empty(),
                Readability.NO,
                Optional.of(problem),
                0,
                0,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                1,
                List.of(),
                0,
                0,
                0,
                0,
                Optional.empty(),
                new Census().counts());
    }

    /// False when there is no record to take a time from.
    public boolean isTimed() {
        return firstNanos <= lastNanos;
    }

    /// Records whose link type is not decoded: they are counted and timed, nothing more.
    public long undecodedRecords() {
        return counts.undecodedRecords().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}

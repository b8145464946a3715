package hopline.capture.etl;

import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Captures;
import hopline.capture.MalformedCaptureException;
import hopline.capture.RecordNotes;
import hopline.capture.TraceFacts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// All that reading a trace gave, as values.
///
/// @param problem what ended the reading early; empty when the trace was read whole
public record TraceReading(List<Packet> packets, TraceFacts facts, String problem) {

    /// One record, copied.
    public record Packet(
            long nanos,
            String point,
            int linkType,
            long originalLength,
            String octets,
            String facts,
            String options,
            List<String> comments) {}

    public static TraceReading of(TraceBytes trace) {
        return of(trace.toByteArray());
    }

    public static TraceReading of(byte[] trace) {
        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(trace))) {
            return of(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TraceReading of(CaptureReader reader) throws IOException {
        List<Packet> packets = new ArrayList<>();
        String problem = "";
        try {
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                packets.add(packet(reader, record));
            }
        } catch (MalformedCaptureException e) {
            problem = Objects.requireNonNull(e.getMessage());
        }
        return new TraceReading(packets, reader.trace().orElseThrow(), problem);
    }

    private static Packet packet(CaptureReader reader, CaptureRecord record) {
        RecordNotes notes = Objects.requireNonNull(record.notes());
        return new Packet(
                record.epochNanos(),
                reader.interfaces().get(record.interfaceIndex()).name(),
                reader.interfaces().get(record.interfaceIndex()).linkType(),
                record.originalLength(),
                record.octets().toString(),
                Objects.requireNonNull(notes.facts()).format(),
                notes.options().toString(),
                notes.comments());
    }

    public List<String> octets() {
        return packets.stream().map(Packet::octets).toList();
    }

    public List<Long> nanos() {
        return packets.stream().map(Packet::nanos).toList();
    }
}

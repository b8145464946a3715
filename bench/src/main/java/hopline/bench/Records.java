package hopline.bench;

import hopline.capture.CapturePoint;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Captures;
import hopline.capture.LinkType;
import hopline.decode.Dissector;
import hopline.decode.Layers;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StagePool;
import hopline.decode.stage.StageReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The records of a [BusyCapture] in memory, as what later steps make of them.
final class Records {

    private Records() {}

    /// Each with octets of its own.
    static List<CaptureRecord> all() throws IOException {
        List<CaptureRecord> records = new ArrayList<>();
        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(BusyCapture.pcapng()))) {
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                CaptureRecord copy = new CaptureRecord();
                copy.set(record.number(), record.interfaceIndex(), record.epochNanos(), record.originalLength());
                copy.setOctets(record.octets().toByteArray(), 0, record.capturedLength());
                records.add(copy);
            }
        }
        return records;
    }

    /// In the order of time.
    static List<Stage> stages() throws IOException {
        Dissector dissector = new Dissector();
        Layers layers = new Layers();
        StageReader reader = new StageReader(new StagePool());
        List<Stage> stages = new ArrayList<>();
        for (CaptureRecord record : all()) {
            dissector.dissect(record, LinkType.ETHERNET, layers);
            int at = record.interfaceIndex();
            stages.add(reader.read(record, layers, new CapturePoint(at, "node", "interface " + at), 0, 0));
        }
        return stages;
    }
}

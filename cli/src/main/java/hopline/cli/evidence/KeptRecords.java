package hopline.cli.evidence;

import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.cli.packet.KeptRecord;
import hopline.cli.packet.RecordSource;
import hopline.decode.stage.Stage;
import hopline.flows.analysis.CaptureInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/// The octets of chosen records, read once more. Nothing is decoded on the way, so this takes little time.
public final class KeptRecords implements RecordSource {

    /// Octets kept of a record, at most: all headers, and enough of what follows.
    static final int MAX_OCTETS = 2_048;

    private static final KeptRecord NOTHING = new KeptRecord(new CaptureRecord(), 0);

    private final Map<RecordId, KeptRecord> records = new HashMap<>();

    private KeptRecords() {}

    /// Reads those that `wanted` names, as far as `inputs` can be read.
    public static KeptRecords read(List<CaptureInput> inputs, Collection<RecordId> wanted) {
        KeptRecords kept = new KeptRecords();
        Map<Integer, TreeSet<Long>> byFile = new HashMap<>();
        wanted.forEach(
                id -> byFile.computeIfAbsent(id.file(), file -> new TreeSet<>()).add(id.record()));
        byFile.forEach((file, numbers) -> kept.read(inputs.get(file), file, numbers));
        return kept;
    }

    private void read(CaptureInput input, int file, NavigableSet<Long> numbers) {
        try (CaptureReader reader = input.opener().open()) {
            CaptureRecord record = reader.next();
            while (record != null && !numbers.isEmpty()) {
                if (numbers.remove(record.number())) {
                    keep(new RecordId(file, record.number()), record, reader);
                }
                record = reader.next();
            }
        } catch (IOException e) {
            // The analysis has told of it, and what stands before the break was read.
        }
    }

    private void keep(RecordId id, CaptureRecord record, CaptureReader reader) {
        int length = Math.min(record.capturedLength(), MAX_OCTETS);
        byte[] octets = Arrays.copyOfRange(record.array(), record.offset(), record.offset() + length);
        CaptureRecord copy = new CaptureRecord();
        copy.set(record.number(), record.interfaceIndex(), record.epochNanos(), record.originalLength());
        copy.setOctets(octets, 0, length);
        int linkType = reader.interfaces().get(record.interfaceIndex()).linkType();
        records.put(id, new KeptRecord(copy, linkType));
    }

    /// The record that `stage` was read from; one without octets when it was not asked for or cannot be read again.
    @Override
    public KeptRecord record(Stage stage) {
        return records.getOrDefault(RecordId.of(stage), NOTHING);
    }
}

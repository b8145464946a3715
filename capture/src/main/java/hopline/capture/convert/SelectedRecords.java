package hopline.capture.convert;

import hopline.capture.CaptureBlock;
import hopline.capture.CaptureFormat;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.CaptureSection;
import hopline.capture.EventFacts;
import hopline.capture.Fact;
import hopline.capture.RecordNotes;
import hopline.capture.TraceFacts;
import hopline.capture.event.SystemEvent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A capture without the records that a [Selection] does not want.
final class SelectedRecords implements CaptureReader {

    private final CaptureReader reader;
    private final Selection selection;
    private final SeenPackets seen = new SeenPackets();

    SelectedRecords(CaptureReader reader, Selection selection) {
        this.reader = reader;
        this.selection = selection;
    }

    @Override
    public @Nullable CaptureRecord next() throws IOException {
        for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
            RecordNotes notes = record.notes();
            if (isWanted(record, notes == null ? null : notes.facts())) {
                return record;
            }
        }
        return null;
    }

    private boolean isWanted(CaptureRecord record, @Nullable EventFacts facts) {
        if (selection.dropsOnly() && (facts == null || !facts.isDrop())) {
            return false;
        }
        if (selection.component().isPresent()
                && component(facts) != selection.component().getAsLong()) {
            return false;
        }
        return !selection.oneAppearance() || seen.isFirst(record, facts);
    }

    private static long component(@Nullable EventFacts facts) {
        return facts == null ? -1 : facts.number(Fact.COMPONENT, -1);
    }

    @Override
    public CaptureFormat format() {
        return reader.format();
    }

    @Override
    public void hear(SystemEvent.Listener listener) {
        reader.hear(listener);
    }

    @Override
    public long records() {
        return reader.records();
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return reader.interfaces();
    }

    @Override
    public List<CaptureSection> sections() {
        return reader.sections();
    }

    @Override
    public void listen(CaptureBlock.Listener listener) {
        reader.listen(listener);
    }

    @Override
    public long lostRecords() {
        return reader.lostRecords();
    }

    @Override
    public Map<String, Long> skippedBlocks() {
        return reader.skippedBlocks();
    }

    @Override
    public Optional<TraceFacts> trace() {
        return reader.trace();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}

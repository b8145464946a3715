package hopline.capture.convert;

import hopline.capture.CaptureInterface;
import hopline.capture.CaptureRecord;
import hopline.capture.EventFacts;
import hopline.capture.Fact;
import hopline.capture.RecordNotes;
import hopline.capture.WatchedReader;
import org.jspecify.annotations.Nullable;

/// Holds back the records that a [Selection] does not want.
final class SelectedRecords implements WatchedReader.Watcher {

    private final Selection selection;

    SelectedRecords(Selection selection) {
        this.selection = selection;
    }

    @Override
    public boolean see(CaptureRecord record, CaptureInterface at) {
        RecordNotes notes = record.notes();
        return isWanted(notes == null ? null : notes.facts());
    }

    private boolean isWanted(@Nullable EventFacts facts) {
        if (selection.dropsOnly() && (facts == null || !facts.isDrop())) {
            return false;
        }
        return selection.component().isEmpty()
                || component(facts) == selection.component().getAsLong();
    }

    private static long component(@Nullable EventFacts facts) {
        return facts == null ? -1 : facts.number(Fact.COMPONENT, -1);
    }
}

package hopline.cli;

import hopline.capture.CaptureReader;
import hopline.capture.WatchedReader;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.analysis.AnalysisOptions;
import hopline.flows.analysis.Analyzer;
import hopline.flows.analysis.CaptureInput;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Captures with each packet once, as it first appeared.
///
/// Which records are of one packet is what the analysis makes of them: the system's own groups where it keeps them
/// whole, else what rewriting leaves alone, so that a translated or encapsulated copy is known again.
final class FirstAppearances {

    /// A bound on memory: a bit for each record of an input; all records beyond are kept.
    private static final long MAX_RECORDS = 1L << 30;

    /// By input, then by the record's number.
    private final List<BitSet> later = new ArrayList<>();

    private FirstAppearances(int inputs) {
        for (int i = 0; i < inputs; i++) {
            later.add(new BitSet());
        }
    }

    /// `inputs` without what appeared before; they are read once more for it.
    static List<CaptureInput> of(List<CaptureInput> inputs, Console console) {
        FirstAppearances appearances = new FirstAppearances(inputs.size());
        ProgressLine progress = new ProgressLine(console);
        Analyzer.forEachPacket(inputs, AnalysisOptions.defaults(), progress, journey -> {
            appearances.add(journey);
            return true;
        });
        progress.clear();
        List<CaptureInput> once = new ArrayList<>();
        for (CaptureInput input : inputs) {
            BitSet leftOut = appearances.later.get(once.size());
            once.add(input.openedBy(() -> without(leftOut, input.opener().open())));
        }
        return once;
    }

    private void add(Journey journey) {
        for (Stage stage : journey.stages()) {
            if (stage != journey.first() && stage.record() < MAX_RECORDS) {
                later.get(stage.file()).set((int) stage.record());
            }
        }
    }

    private static CaptureReader without(BitSet leftOut, CaptureReader reader) {
        return new WatchedReader(
                reader, (record, at) -> record.number() >= MAX_RECORDS || !leftOut.get((int) record.number()));
    }
}

package hopline.cli;

import hopline.cli.packet.EnrichedReader;
import hopline.cli.packet.StageComments;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.AnalysisOptions;
import hopline.flows.analysis.Analyzer;
import hopline.flows.analysis.CaptureInput;
import hopline.flows.state.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Captures with the analysis written beside their records.
final class Enrichment {

    private static final int MAX_FLOWS = 20_000;

    private Enrichment() {}

    /// `inputs`, each record with what the analysis of all says of it.
    ///
    /// @param vxlanPorts where to look for VXLAN, too
    static List<CaptureInput> of(List<CaptureInput> inputs, Cluster cluster, Set<Integer> vxlanPorts, Console console) {
        AnalysisOptions options = new AnalysisOptions(vxlanPorts, MAX_FLOWS);
        ProgressLine progress = new ProgressLine(console);
        Analysis analysis = Analyzer.analyze(inputs, cluster, options, progress);
        StageComments comments = new StageComments(analysis);
        Analyzer.forEachPacket(inputs, options, progress, journey -> {
            comments.add(journey);
            return !comments.isFull();
        });
        progress.clear();
        if (comments.isFull()) {
            console.complain("more records than can be told about: the last ones are without comments");
        }
        List<CaptureInput> enriched = new ArrayList<>();
        for (CaptureInput input : inputs) {
            int file = enriched.size();
            enriched.add(input.openedBy(() -> new EnrichedReader(input.opener().open(), analysis, comments, file)));
        }
        return enriched;
    }
}

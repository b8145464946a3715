package hopline.cli;

import hopline.cli.report.JudgementText;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.AnalysisOptions;
import hopline.flows.analysis.FlowReport;
import hopline.flows.expect.Judgement;
import hopline.flows.expect.Judgements;
import hopline.flows.path.Passage;
import hopline.flows.state.collection.CollectedState;
import java.io.IOException;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;

/// `trace --follow`: a captured flow beside the way that the nodes' state predicts.
final class FollowedFlow {

    private FollowedFlow() {}

    static int run(CommandLine line, Console console) throws UsageException, IOException {
        Optional<Inputs> inputs = Inputs.of(line, false, false, console);
        if (inputs.isEmpty()) {
            return ExitCode.UNREADABLE;
        }
        Analysis analysis = inputs.get().analyze(AnalysisOptions.DEFAULT_FLOWS, console);
        Optional<CollectedState> state = inputs.get().nodeState(line, console);
        if (state.isEmpty()) {
            console.complain("no node state among the inputs; --state names it");
            return ExitCode.UNREADABLE;
        }
        String id = line.getOptionValue("follow");
        FlowReport flow = analysis.flows().stream()
                .filter(report -> report.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new UsageException("--follow: no flow " + id + "; hopline flows lists them"));
        Judgements judgements = Judgements.of(analysis, state.get());
        boolean differs = print("Packets", flow, flow.flow().mainForward(), judgements, console);
        differs |= print("Answers", flow, flow.flow().mainReverse(), judgements, console);
        return inputs.get().isIncomplete(analysis) ? ExitCode.UNREADABLE : differs ? ExitCode.FINDINGS : ExitCode.CLEAN;
    }

    /// Whether the capture differs from the state.
    private static boolean print(
            String title, FlowReport flow, Optional<Passage> passage, Judgements judgements, Console console) {
        Optional<Judgement> judgement = passage.flatMap(way -> judgements.judgement(flow.flow(), way));
        if (judgement.isEmpty()) {
            return false;
        }
        console.out().println(title + " of " + flow.id());
        console.out().println();
        console.out().println(JudgementText.table(judgement.get(), console.color()));
        return judgement.get().ruling() == Judgement.Ruling.CONTRADICTED;
    }
}

package hopline.cli;

import hopline.cli.report.Escape;
import hopline.cli.report.JudgementText;
import hopline.cli.report.Numerals;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.AnalysisOptions;
import hopline.flows.analysis.FlowReport;
import hopline.flows.expect.Judgement;
import hopline.flows.expect.Judgements;
import hopline.flows.path.Passage;
import hopline.flows.rule.Finding;
import hopline.flows.rule.Severity;
import hopline.flows.state.collection.CollectedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;

/// `trace --follow`: captured flows beside the way that the nodes' state predicts and, where the nodes do what is
/// programmed and an error or warning is about the flow, beside the way that the cluster's lists demand.
final class FollowedFlow {

    private static final String ALL = "all";

    private final Judgements judgements;
    private final boolean hasLists;
    private final Set<String> faults;
    private final Console console;

    private FollowedFlow(Analysis analysis, CollectedState state, Console console) {
        this.judgements = Judgements.of(analysis, state);
        this.hasLists = !state.cluster().isEmpty();
        this.faults = analysis.findings().stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .map(Finding::id)
                .collect(Collectors.toSet());
        this.console = console;
    }

    /// Of a packet that nobody sent, or of how a walk is printed.
    private static final List<String> OTHERS = List.of("from", "to", "at", "size", "answer");

    static int run(CommandLine line, Console console) throws UsageException, IOException {
        refuseOthers(line);
        Optional<Inputs> inputs = Inputs.of(line, false, false, console);
        if (inputs.isEmpty()) {
            return ExitCode.UNREADABLE;
        }
        Analysis analysis = inputs.get().analyze(AnalysisOptions.DEFAULT_FLOWS, console);
        CollectedState state = inputs.get().nodeState(line, console);
        if (state.nodes().isEmpty()) {
            console.complain("no node state among the inputs; --state names it");
            return ExitCode.UNREADABLE;
        }
        FollowedFlow followed = new FollowedFlow(analysis, state, console);
        boolean differs = followed.follow(analysis.flows(), line.getOptionValue("follow"));
        return inputs.get().isIncomplete(analysis, state)
                ? ExitCode.UNREADABLE
                : differs ? ExitCode.FINDINGS : ExitCode.CLEAN;
    }

    private static void refuseOthers(CommandLine line) throws UsageException, IOException {
        for (String option : OTHERS) {
            if (line.hasOption(option)) {
                throw new UsageException("--" + option + " is for a packet that nobody sent, not for --follow");
            }
        }
        String format = line.getOptionValue("format", "text");
        if (!format.equals("text")) {
            throw new UsageException("--follow prints text only, not " + format
                    + "; analyze --format json tells of every hop what was expected");
        }
        for (Path path : Inputs.nodes(line, false).keySet()) {
            if (Files.isDirectory(path)) {
                throw new UsageException("--node names the node of a capture here, and " + Escape.text(path.toString())
                        + " is a folder: --state names what was collected of nodes");
            }
        }
    }

    private boolean follow(List<FlowReport> flows, String id) throws UsageException {
        if (id.equals(ALL)) {
            return all(flows);
        }
        FlowReport flow = flows.stream()
                .filter(report -> report.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new UsageException("--follow: no flow " + id + "; hopline flows lists them"));
        boolean differs = print("Packets", flow, flow.flow().mainForward());
        differs |= print("Answers", flow, flow.flow().mainReverse());
        return differs;
    }

    /// Those that differ, and how many do not.
    private boolean all(List<FlowReport> flows) {
        int differing = 0;
        int known = 0;
        for (FlowReport flow : flows) {
            Optional<Judgement> forward = judged(flow, flow.flow().mainForward());
            Optional<Judgement> reverse = judged(flow, flow.flow().mainReverse());
            boolean differs = differs(forward) || differs(reverse);
            known += forward.isPresent() || reverse.isPresent() ? 1 : 0;
            differing += differs ? 1 : 0;
            if (differs(forward)) {
                print("Packets", flow, flow.flow().mainForward());
            }
            if (differs(reverse)) {
                print("Answers", flow, flow.flow().mainReverse());
            }
        }
        console.out()
                .println(Numerals.grouped(differing) + " of " + Numerals.grouped(known)
                        + " flows differ from what the state leads to");
        return differing > 0;
    }

    private static boolean differs(Optional<Judgement> judgement) {
        return judgement
                .filter(known -> known.ruling() == Judgement.Ruling.CONTRADICTED)
                .isPresent();
    }

    /// By what is programmed; by what is demanded where only that differs.
    private Optional<Judgement> judged(FlowReport flow, Optional<Passage> passage) {
        Optional<Judgement> programmed = passage.flatMap(way -> judgements.judgement(flow.flow(), way));
        Optional<Judgement> demanded = differs(programmed) ? Optional.empty() : demanded(flow, passage);
        return differs(demanded) ? demanded : programmed;
    }

    private Optional<Judgement> demanded(FlowReport flow, Optional<Passage> passage) {
        return hasLists && flow.findings().stream().anyMatch(faults::contains)
                ? passage.flatMap(way -> judgements.demanded(flow.flow(), way))
                : Optional.empty();
    }

    /// Whether the capture differs from the state.
    private boolean print(String title, FlowReport flow, Optional<Passage> passage) {
        Optional<Judgement> programmed = passage.flatMap(way -> judgements.judgement(flow.flow(), way));
        Optional<Judgement> demanded = differs(programmed) ? Optional.empty() : demanded(flow, passage);
        if (programmed.isPresent()) {
            print(title + " of " + flow.id() + ", by what the nodes have programmed", programmed.get());
        }
        if (differs(demanded)) {
            print(title + " of " + flow.id() + ", by what the cluster's lists demand", demanded.get());
        }
        return differs(programmed) || differs(demanded);
    }

    private void print(String title, Judgement judgement) {
        console.out().println(title);
        console.out().println();
        console.out().println(JudgementText.table(judgement, console.color()));
    }
}

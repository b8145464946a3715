package hopline.cli;

import hopline.cli.diagram.FlowStory;
import hopline.cli.diagram.Form;
import hopline.cli.diagram.Kind;
import hopline.cli.evidence.FlowPackets;
import hopline.cli.evidence.SecondReading;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.FlowReport;
import hopline.flows.rule.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// Draws a flow through its hops, for a ticket.
final class DiagramVerb implements Verb {

    /// Packets of a flow in a picture, at most.
    private static final int MAX_PACKETS = 48;

    @Override
    public String name() {
        return "diagram";
    }

    @Override
    public String summary() {
        return "Draw one flow through its hops as SVG, PNG, Mermaid, HTML or Graphviz.";
    }

    @Override
    public String synopsis() {
        return "[options] INPUT… --flow ID -o FILE";
    }

    @Override
    public Options options() {
        return Inputs.optionsWithNodes()
                .addOption(Values.option("flow", "ID", "the flow, as analyze and flows name it"))
                .addOption(Option.builder("o")
                        .longOpt("output")
                        .hasArg()
                        .argName("FILE")
                        .desc("the picture to write, by its ending svg, png, mmd, html or dot; - is standard output")
                        .get())
                .addOption(Values.option(
                        "kind",
                        String.join("|", Kind.labels()),
                        "path: node by node, with every rewrite (default); sequence: packet by packet; timeline"))
                .addOption(Values.option(
                        "format", String.join("|", Form.labels()), "what to write; by default as the file's name ends"))
                .addOption(Values.option("all-findings", "DIR", "one picture for each finding, into this folder"))
                .addOption(Values.option("flows", "N", "how many flows to keep and look at (default 10000), or all"));
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("the way of a flow, for a ticket", "hopline diagram incident-42/ --flow f5 -o f5.svg"),
                new Example(
                        "its packets over the capture points",
                        "hopline diagram incident-42/ --flow f5 --kind sequence -o f5.png"),
                new Example(
                        "for an issue on GitHub, between lines with ```mermaid and ```",
                        "hopline diagram incident-42/ --flow f5 -o - --format mmd"),
                new Example("one for each finding", "hopline diagram incident-42/ --all-findings pictures/"));
    }

    @Override
    public int run(CommandLine line, Console console) throws UsageException, IOException {
        Request request = Request.of(line);
        int maxFlows = AnalyzeVerb.maxFlows(line);
        Optional<Inputs> named = Inputs.of(line, false, true, console);
        if (named.isEmpty()) {
            return ExitCode.UNREADABLE;
        }
        Inputs inputs = named.get();
        Inputs.Judged judged = inputs.judge(line, maxFlows, console);
        Analysis analysis = judged.analysis();
        Map<String, FlowReport> wanted = request.wanted(analysis);
        InputFiles read = InputFiles.of(line.getArgList(), line);
        for (String out : wanted.keySet()) {
            read.refuseAsOutput(out);
        }
        Map<String, FlowPackets> packets = packets(request.kind(), wanted, analysis, inputs, maxFlows, console);
        for (Map.Entry<String, FlowReport> target : wanted.entrySet()) {
            FlowReport report = target.getValue();
            FlowPackets shown = packets.getOrDefault(report.id(), new FlowPackets(report, List.of(), 0));
            FlowStory story = FlowStory.of(analysis, report, request.finding(analysis, report, target.getKey()), shown);
            if (!write(target.getKey(), request, story, console)) {
                return ExitCode.ENVIRONMENT;
            }
        }
        request.complainOfUndrawn(analysis, wanted.size(), console);
        return judged.isIncomplete() ? ExitCode.UNREADABLE : ExitCode.CLEAN;
    }

    private static Map<String, FlowPackets> packets(
            Kind kind,
            Map<String, FlowReport> wanted,
            Analysis analysis,
            Inputs inputs,
            int maxFlows,
            Console console) {
        if (!kind.needsPackets() || wanted.isEmpty()) {
            return Map.of();
        }
        ProgressLine progress = new ProgressLine(console);
        Map<String, FlowPackets> packets = SecondReading.of(
                wanted.values().stream().distinct().toList(),
                analysis,
                inputs.captures(),
                inputs.analysisOptions(maxFlows),
                progress,
                MAX_PACKETS,
                stage -> {});
        progress.clear();
        return packets;
    }

    private static boolean write(String out, Request request, FlowStory story, Console console) {
        try {
            if (request.folder().isPresent()) {
                Files.createDirectories(request.folder().get());
            }
            OutputFile.write(out, console, stream -> request.form().write(story, request.kind(), stream));
            return true;
        } catch (IOException e) {
            console.complain(out + ": " + InputFinder.reason(e));
            return false;
        }
    }

    /// What was asked for.
    ///
    /// @param flow its id; empty when all findings are to be drawn
    /// @param out the file to write; empty when a folder is
    /// @param folder where to put a picture for each finding
    private record Request(Optional<String> flow, String out, Optional<Path> folder, Kind kind, Form form) {

        private static Request of(CommandLine line) throws UsageException {
            Optional<String> flow = Optional.ofNullable(line.getOptionValue("flow"));
            Optional<Path> folder =
                    Optional.ofNullable(line.getOptionValue("all-findings")).map(Path::of);
            String out = line.getOptionValue("o", "");
            if (flow.isPresent() == folder.isPresent()) {
                throw new UsageException("one of --flow ID and --all-findings DIR says what to draw");
            }
            if (flow.isPresent() && out.isEmpty()) {
                throw new UsageException("-o FILE is missing");
            }
            if (folder.isPresent() && !out.isEmpty()) {
                throw new UsageException("-o names one file, and --all-findings writes several");
            }
            if (folder.isPresent() && Files.isRegularFile(folder.get())) {
                throw new UsageException("--all-findings: " + folder.get() + " is a file, not a folder");
            }
            Kind kind = kind(line.getOptionValue("kind", Kind.PATH.label()));
            Form form = form(line.getOptionValue("format"), out);
            if (!form.canShow(kind)) {
                throw new UsageException("Graphviz draws the path only: --kind path, or another --format");
            }
            return new Request(flow, out, folder, kind, form);
        }

        private static Kind kind(String label) throws UsageException {
            return Kind.of(label)
                    .orElseThrow(() -> new UsageException(
                            "--kind is one of " + String.join(", ", Kind.labels()) + ", not " + label));
        }

        private static Form form(@org.jspecify.annotations.Nullable String label, String out) throws UsageException {
            String ending = out.substring(out.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            if (label == null && (out.isEmpty() || out.equals("-"))) {
                return Form.SVG;
            }
            String wanted = label == null ? ending : label;
            return Form.of(wanted)
                    .orElseThrow(() -> new UsageException((label == null ? out + " does not end in" : "--format is not")
                            + " one of " + String.join(", ", Form.labels())));
        }

        /// The flows to draw, by the files to write.
        private Map<String, FlowReport> wanted(Analysis analysis) throws UsageException {
            Map<String, FlowReport> wanted = new LinkedHashMap<>();
            if (flow.isPresent()) {
                wanted.put(out, FlowsVerb.requireFlow(analysis, flow.get()));
                return wanted;
            }
            Map<Long, FlowReport> reports = new HashMap<>();
            analysis.flows().forEach(report -> reports.put(report.flow().flow().number(), report));
            for (Finding finding : analysis.findings()) {
                finding.flows().stream()
                        .map(reports::get)
                        .filter(report -> report != null)
                        .findFirst()
                        .ifPresent(report -> wanted.put(file(finding), report));
            }
            return wanted;
        }

        private String file(Finding finding) {
            return folder.orElseThrow()
                    .resolve(finding.id() + "-" + finding.rule() + "." + form.label())
                    .toString();
        }

        /// The finding to tell: the one the file is for, else the most serious that names the flow.
        private Optional<Finding> finding(Analysis analysis, FlowReport report, String target) {
            return analysis.findings().stream()
                    .filter(finding -> folder.isPresent()
                            ? file(finding).equals(target)
                            : report.findings().contains(finding.id()))
                    .findFirst();
        }

        private void complainOfUndrawn(Analysis analysis, int drawn, Console console) {
            int undrawn = analysis.findings().size() - drawn;
            if (folder.isPresent() && undrawn > 0) {
                console.complain(undrawn + (undrawn == 1 ? " finding names" : " findings name")
                        + " no flow, and a diagram shows one: hopline report shows them");
            }
        }
    }
}

package hopline.cli;

import hopline.cli.report.JsonReport;
import hopline.cli.report.TextReport;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.AnalysisOptions;
import hopline.flows.analysis.Analyzer;
import hopline.flows.analysis.CaptureInput;
import hopline.flows.analysis.InputFacts;
import hopline.flows.rule.Severity;
import hopline.flows.state.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// The main job: captures in, journeys, flows and findings out.
final class AnalyzeVerb implements Verb {

    @Override
    public String name() {
        return "analyze";
    }

    @Override
    public String summary() {
        return "Follow every packet through its hops, rebuild the flows, and name the hop and cause of what went wrong.";
    }

    @Override
    public String synopsis() {
        return "[options] INPUT…";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Option.builder()
                        .longOpt("state")
                        .hasArg()
                        .argName("PATH")
                        .desc("kubectl get pods,services,endpointslices,nodes -A -o json; a file or folder, repeatable")
                        .get())
                .addOption(Option.builder()
                        .longOpt("node")
                        .hasArg()
                        .argName("NAME=FILE")
                        .desc("the node a capture was made on; repeatable")
                        .get())
                .addOption(Option.builder()
                        .longOpt("vxlan-port")
                        .hasArg()
                        .argName("PORT")
                        .desc("look for VXLAN on this UDP port, beside 4789 and 8472; repeatable")
                        .get())
                .addOption(Option.builder()
                        .longOpt("format")
                        .hasArg()
                        .argName("FORMAT")
                        .desc("text (default) or json")
                        .get())
                .addOption(Option.builder()
                        .longOpt("flows")
                        .hasArg()
                        .argName("N")
                        .desc("list at most N flows in JSON (default 10000), or all")
                        .get())
                .addOption(Option.builder()
                        .longOpt("fail-on")
                        .hasArg()
                        .argName("SEVERITY")
                        .desc("exit 1 from this severity on: error (default), warning, note or never")
                        .get());
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example(
                        "a folder with captures of two nodes and the cluster's lists", "hopline analyze incident-42/"),
                new Example(
                        "captures and lists from different places",
                        "hopline analyze --node win-a=a.pcapng --node win-b=b.pcapng --state lists/ a.pcapng b.pcapng"),
                new Example("for a program", "hopline analyze --format json incident-42/ | jq '.findings[].title'"));
    }

    @Override
    public int run(CommandLine line, Console console) throws UsageException, IOException {
        boolean json = Format.isJson(line);
        Optional<Severity> failOn = SeverityOption.failOn(line);
        AnalysisOptions options = analysisOptions(line);
        InputFinder finder = find(line);
        List<CaptureInput> inputs = finder.captures();
        finder.problems().forEach(problem -> console.complain(problem.toString()));
        if (inputs.isEmpty()) {
            if (finder.problems().isEmpty()) {
                console.complain("no capture among the inputs");
            }
            return ExitCode.UNREADABLE;
        }
        ProgressLine progress = new ProgressLine(console);
        Analysis analysis = Analyzer.analyze(inputs, Cluster.of(finder.state()), options, progress);
        progress.clear();
        complain(analysis, console);
        if (json) {
            JsonReport.write(analysis, Version.text(), console.out());
        } else {
            console.out().print(TextReport.of(analysis, console.color(), console.width()));
        }
        return exitCode(analysis, failOn, !finder.problems().isEmpty());
    }

    private static AnalysisOptions analysisOptions(CommandLine line) throws UsageException {
        Set<Integer> ports = new HashSet<>();
        for (String port : values(line, "vxlan-port")) {
            ports.add(number("vxlan-port", port, 1, 65_535));
        }
        String flows = line.getOptionValue("flows", String.valueOf(AnalysisOptions.DEFAULT_FLOWS));
        int maxFlows = flows.equals("all") ? Integer.MAX_VALUE : number("flows", flows, 0, Integer.MAX_VALUE);
        return new AnalysisOptions(ports, maxFlows);
    }

    private static int number(String option, String text, int least, int most) throws UsageException {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UsageException("--" + option + " takes a number from " + least + " to " + most + ", not " + text);
    }

    private static List<String> values(CommandLine line, String option) {
        String[] values = line.getOptionValues(option);
        return values == null ? List.of() : List.of(values);
    }

    private static InputFinder find(CommandLine line) throws UsageException {
        Map<Path, String> nodeOf = new LinkedHashMap<>();
        for (String assignment : values(line, "node")) {
            int equals = assignment.indexOf('=');
            if (equals <= 0 || equals == assignment.length() - 1) {
                throw new UsageException("--node takes NAME=FILE, not " + assignment);
            }
            nodeOf.put(Path.of(assignment.substring(equals + 1)), assignment.substring(0, equals));
        }
        if (line.getArgList().isEmpty() && nodeOf.isEmpty()) {
            throw new UsageException("an input is missing");
        }
        InputFinder finder = new InputFinder(nodeOf);
        line.getArgList().forEach(finder::add);
        values(line, "state").forEach(finder::add);
        finder.addMissing(nodeOf.keySet());
        return finder;
    }

    /// What could not be read of the captures, a line each.
    private static void complain(Analysis analysis, Console console) {
        for (InputFacts input : analysis.inputs()) {
            input.problem().ifPresent(problem -> console.complain(input.file() + ": " + problem));
        }
    }

    private static int exitCode(Analysis analysis, Optional<Severity> failOn, boolean problems) {
        if (problems
                || analysis.inputs().stream().anyMatch(input -> input.problem().isPresent())) {
            return ExitCode.UNREADABLE;
        }
        boolean fails = failOn.isPresent()
                && analysis.findings().stream()
                        .anyMatch(finding -> finding.severity().compareTo(failOn.get()) <= 0);
        return fails ? ExitCode.FINDINGS : ExitCode.CLEAN;
    }
}

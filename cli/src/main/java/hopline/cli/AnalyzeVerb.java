package hopline.cli;

import hopline.cli.report.JsonReport;
import hopline.cli.report.TextReport;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.AnalysisOptions;
import hopline.flows.rule.Severity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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
        return Inputs.optionsWithNodes()
                .addOption(Option.builder()
                        .longOpt("format")
                        .hasArg()
                        .argName("text|json")
                        .desc("text is the default")
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
                        .argName("error|warning|note|never")
                        .desc("exit 1 from this severity on; error is the default")
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
                new Example(
                        "with what the nodes have programmed from another place, so that findings name the rule",
                        "hopline analyze incident-42/ --state collected/"),
                new Example(
                        "straight from two nodes",
                        "hopline analyze --node a=<(ssh a timeout 9 tcpdump -w -) --node b=<(ssh b timeout 9 tcpdump -w -)"),
                new Example("for a program", "hopline analyze --format json incident-42/ | jq '.findings[].title'"));
    }

    @Override
    public int run(CommandLine line, Console console) throws UsageException, IOException {
        boolean json = Format.isJson(line);
        Optional<Severity> failOn = SeverityOption.failOn(line);
        int maxFlows = maxFlows(line);
        Optional<Inputs> named = Inputs.of(line, false, false, console);
        if (named.isEmpty()) {
            return ExitCode.UNREADABLE;
        }
        Inputs inputs = named.get();
        Inputs.Judged judged = inputs.judge(line, maxFlows, console);
        Analysis analysis = judged.analysis();
        if (json) {
            JsonReport.write(analysis, judged.judgements(), Version.text(), console.out());
        } else {
            console.out().print(TextReport.of(analysis, judged.judgements(), console.color(), console.width()));
        }
        return exitCode(analysis, failOn, judged.isIncomplete());
    }

    /// How many flows are to be kept for the report.
    static int maxFlows(CommandLine line) throws UsageException {
        String flows = line.getOptionValue("flows", String.valueOf(AnalysisOptions.DEFAULT_FLOWS));
        return flows.equals("all") ? Integer.MAX_VALUE : Values.number("flows", flows, 0, Integer.MAX_VALUE);
    }

    /// As findings and unread inputs have it.
    static int exitCode(Analysis analysis, Optional<Severity> failOn, boolean incomplete) {
        if (incomplete) {
            return ExitCode.UNREADABLE;
        }
        boolean fails = failOn.isPresent()
                && analysis.findings().stream()
                        .anyMatch(finding -> finding.severity().compareTo(failOn.get()) <= 0);
        return fails ? ExitCode.FINDINGS : ExitCode.CLEAN;
    }
}

package hopline.cli;

import hopline.cli.chart.ReportCharts;
import hopline.cli.evidence.FlowPackets;
import hopline.cli.evidence.KeptRecords;
import hopline.cli.evidence.RecordId;
import hopline.cli.evidence.SecondReading;
import hopline.cli.evidence.TimeCounts;
import hopline.cli.report.html.Contents;
import hopline.cli.report.html.HtmlReport;
import hopline.decode.Dissector;
import hopline.decode.stage.Stage;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.FlowReport;
import hopline.flows.analysis.InputFacts;
import hopline.flows.expect.Judgements;
import hopline.flows.rule.Finding;
import hopline.flows.rule.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// Writes one page that shows everything: findings, flows, packets, charts.
///
/// The captures are read again for the packets of the flows that matter, and once more for their octets.
final class ReportVerb implements Verb {

    /// Flows shown with packets beside those that findings name.
    private static final int LARGEST = 200;

    /// Records shown with headers and octets; fewer packets of each flow are shown when flows are many.
    private static final int MAX_RECORDS = 16_000;

    private static final int MIN_PACKETS = 4;
    private static final int MAX_PACKETS = 40;

    /// Points that see a packet, for the bounds above.
    private static final int USUAL_POINTS = 4;

    /// Octets shown of all records together.
    private static final int MAX_OCTETS = 2_000_000;

    private static final int MIN_OCTETS_PER_RECORD = 96;
    private static final int MAX_OCTETS_PER_RECORD = 1_024;

    @Override
    public String name() {
        return "report";
    }

    @Override
    public String summary() {
        return "Write one self-contained HTML page: findings, flows, their ways hop by hop, packets, charts.";
    }

    @Override
    public String synopsis() {
        return "[options] INPUT… -o FILE";
    }

    @Override
    public Options options() {
        return Inputs.optionsWithNodes()
                .addOption(Option.builder("o")
                        .longOpt("output")
                        .hasArg()
                        .argName("FILE")
                        .desc("the page to write; - is standard output")
                        .get())
                .addOption(Values.option("flows", "N", "show at most N flows (default 10000), or all"))
                .addOption(Values.option(
                        "fail-on", "error|warning|note|never", "exit 1 from this severity on; error is the default"));
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("a page to attach to a ticket", "hopline report incident-42/ -o incident-42.html"),
                new Example(
                        "captures of two nodes and the cluster's lists",
                        "hopline report --state lists/ win-a.etl node-b.pcapng -o report.html"));
    }

    @Override
    public int run(CommandLine line, Console console) throws UsageException, IOException {
        String out = line.getOptionValue("o");
        if (out == null) {
            throw new UsageException("-o FILE is missing");
        }
        Optional<Severity> failOn = SeverityOption.failOn(line);
        int maxFlows = AnalyzeVerb.maxFlows(line);
        InputFiles.of(line.getArgList(), line).refuseAsOutput(out);
        Optional<Inputs> named = Inputs.of(line, false, true, console);
        if (named.isEmpty()) {
            return ExitCode.UNREADABLE;
        }
        Inputs inputs = named.get();
        Inputs.Judged judged = inputs.judge(line, maxFlows, console);
        Analysis analysis = judged.analysis();
        try {
            OutputFile.write(
                    out,
                    console,
                    stream -> writePage(analysis, judged.judgements(), inputs, maxFlows, stream, console));
        } catch (IOException e) {
            console.complain(out + ": " + InputFinder.reason(e));
            return ExitCode.ENVIRONMENT;
        }
        return AnalyzeVerb.exitCode(analysis, failOn, judged.isIncomplete());
    }

    /// Writes the page of an analysis that was made of `inputs`.
    static void writePage(
            Analysis analysis,
            Optional<Judgements> judgements,
            Inputs inputs,
            int maxFlows,
            OutputStream out,
            Console console)
            throws IOException {
        HtmlReport.write(contents(analysis, judgements, inputs, maxFlows, console), out);
    }

    private static Contents contents(
            Analysis analysis, Optional<Judgements> judgements, Inputs inputs, int maxFlows, Console console) {
        List<FlowReport> shown = shownInFull(analysis);
        TimeCounts counts = new TimeCounts(first(analysis), FlowsVerb.captureEnd(analysis));
        ProgressLine progress = new ProgressLine(console);
        Map<String, FlowPackets> packets = SecondReading.of(
                shown,
                analysis,
                inputs.captures(),
                inputs.analysisOptions(maxFlows),
                progress,
                packetsPerFlow(shown.size()),
                counts::add);
        Set<RecordId> wanted = records(analysis, packets);
        progress.at("reading octets", wanted.size());
        KeptRecords records = KeptRecords.read(inputs.captures(), wanted);
        progress.clear();
        return new Contents(
                analysis,
                judgements,
                packets,
                records,
                Math.clamp(MAX_OCTETS / Math.max(1, wanted.size()), MIN_OCTETS_PER_RECORD, MAX_OCTETS_PER_RECORD),
                new Dissector(inputs.vxlanPorts()),
                ReportCharts.of(analysis, counts, FlowsVerb.captureEnd(analysis)),
                Version.text());
    }

    /// Those that a finding names, and the largest.
    private static List<FlowReport> shownInFull(Analysis analysis) {
        Set<FlowReport> largest = new HashSet<>(analysis.flows().stream()
                .sorted((a, b) ->
                        Long.compare(b.flow().flow().octets(), a.flow().flow().octets()))
                .limit(LARGEST)
                .toList());
        return analysis.flows().stream()
                .filter(report -> !report.findings().isEmpty() || largest.contains(report))
                .toList();
    }

    private static int packetsPerFlow(int flows) {
        return Math.clamp(MAX_RECORDS / USUAL_POINTS / Math.max(1, flows), MIN_PACKETS, MAX_PACKETS);
    }

    private static long first(Analysis analysis) {
        return analysis.inputs().stream()
                .filter(input -> input.firstNanos() <= input.lastNanos())
                .mapToLong(InputFacts::firstNanos)
                .min()
                .orElse(0);
    }

    private static Set<RecordId> records(Analysis analysis, Map<String, FlowPackets> packets) {
        Set<RecordId> wanted = new HashSet<>();
        for (Finding finding : analysis.findings()) {
            if (finding.flows().isEmpty()) {
                finding.evidence().forEach(stage -> wanted.add(RecordId.of(stage)));
            }
        }
        packets.values().stream()
                .flatMap(flow -> flow.packets().stream())
                .flatMap(packet -> packet.journey().stages().stream())
                .map((Stage stage) -> RecordId.of(stage))
                .forEach(wanted::add);
        return wanted;
    }
}

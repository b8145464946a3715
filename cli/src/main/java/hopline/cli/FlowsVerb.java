package hopline.cli;

import hopline.cli.filter.Subject;
import hopline.cli.report.FlowPrinter;
import hopline.cli.report.Numerals;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.FlowReport;
import hopline.flows.analysis.InputFacts;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// Lists flows.
final class FlowsVerb implements Verb {

    @Override
    public String name() {
        return "flows";
    }

    @Override
    public String summary() {
        return "List the flows of captures in the order of time, all or those that filters let through.";
    }

    @Override
    public String synopsis() {
        return "[options] INPUT…";
    }

    @Override
    public Options options() {
        Options options = FilterOptions.add(Inputs.optionsWithNodes());
        Selection.add(options, "flows");
        return options.addOption(Option.builder("n")
                        .longOpt("numeric")
                        .desc("addresses only, no names")
                        .get())
                .addOption(Option.builder("v")
                        .longOpt("verbose")
                        .desc("with the way of each, there and back")
                        .get())
                .addOption(Values.option(
                        "format",
                        "text|json|jsonl|csv|hubble|zeek|ecs|ipfix",
                        "text is the default; zeek is a conn.log"))
                .addOption(Values.option("collector", "ADDRESS", "send IPFIX to udp://HOST:PORT or tcp://HOST:PORT"))
                .addOption(Values.option("flows", "N", "how many flows to keep and look at (default 10000), or all"));
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example(
                        "what did the client in the namespace shop do?",
                        "hopline flows --from-pod shop/client incident-42/"),
                new Example(
                        "what did not arrive, DNS left out",
                        "hopline flows --not --verdict delivered --not --protocol dns incident-42/"),
                new Example(
                        "for a program",
                        "hopline flows --to-service shop/web --format jsonl incident-42/ | jq .verdict"),
                new Example(
                        "for those who know Hubble",
                        "hopline flows --format hubble incident-42/ | hubble observe --input-file -"),
                new Example("for a flow collector", "hopline flows --collector udp://127.0.0.1:4739 incident-42/"));
    }

    @Override
    public int run(CommandLine line, Console console) throws UsageException, IOException {
        String format = FlowExports.format(line);
        Predicate<Subject> filter = FilterOptions.of(line);
        Selection selection = Selection.of(line);
        int maxFlows = AnalyzeVerb.maxFlows(line);
        Optional<Inputs> inputs = Inputs.of(line, true, false, console);
        if (inputs.isEmpty()) {
            return ExitCode.UNREADABLE;
        }
        Inputs.Judged judged = inputs.get().judge(line, maxFlows, console);
        Analysis analysis = judged.analysis();
        FilterOptions.check(line, analysis, console);
        List<FlowReport> chosen = chosen(analysis, filter, selection);
        FlowPrinter printer = new FlowPrinter(analysis, judged.judgements(), chosen, console.out());
        switch (format) {
            case "json" -> printer.json();
            case "jsonl" -> printer.lines();
            case "text" -> printer.text(line.hasOption("n"), line.hasOption("v"), console.color());
            default -> {
                if (!FlowExports.write(format, line, inputs.get(), chosen, console)) {
                    return ExitCode.ENVIRONMENT;
                }
            }
        }
        complainOfOmitted(analysis, console);
        return judged.isIncomplete() ? ExitCode.UNREADABLE : ExitCode.CLEAN;
    }

    private static List<FlowReport> chosen(Analysis analysis, Predicate<Subject> filter, Selection selection) {
        long end = captureEnd(analysis);
        List<FlowReport> passing = analysis.flows().stream()
                .filter(report -> filter.test(Subject.of(report, end)))
                .sorted(Comparator.comparingLong(report -> report.flow().flow().number()))
                .toList();
        int from = selection.last() > 0 ? (int) Math.max(0, passing.size() - selection.last()) : 0;
        return passing.subList(from, (int) Math.min(passing.size(), Math.max(from, selection.first())));
    }

    /// The flow of that id, which must be there.
    static FlowReport requireFlow(Analysis analysis, String id) throws UsageException {
        List<FlowReport> flows = analysis.flows();
        String known = flows.isEmpty()
                ? "there is none"
                : "there are " + flows.size() + ", such as " + flows.getFirst().id();
        return flows.stream()
                .filter(report -> report.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new UsageException("there is no flow " + id + " here: " + known));
    }

    /// When the last record was captured, nanoseconds since 1970.
    static long captureEnd(Analysis analysis) {
        return analysis.inputs().stream()
                .filter(input -> input.firstNanos() <= input.lastNanos())
                .mapToLong(InputFacts::lastNanos)
                .max()
                .orElse(0);
    }

    /// Silence about what was not looked at would be a wrong answer.
    static void complainOfOmitted(Analysis analysis, Console console) {
        long omitted = analysis.flowsTotal() - analysis.flows().size();
        if (omitted > 0) {
            console.complain(Numerals.grouped(omitted) + " of " + Numerals.grouped(analysis.flowsTotal())
                    + " flows, small ones without findings, were not kept; --flows all keeps them");
        }
    }
}

package hopline.cli;

import hopline.cli.filter.Subject;
import hopline.cli.packet.FlowIndex;
import hopline.cli.packet.Packet;
import hopline.cli.packet.RecordSpool;
import hopline.cli.report.JsonStream;
import hopline.cli.report.Numerals;
import hopline.cli.report.PacketJson;
import hopline.cli.report.PacketPrinter;
import hopline.cli.report.PacketStyle;
import hopline.cli.report.PacketText;
import hopline.decode.Dissector;
import hopline.decode.stage.Journey;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.AnalysisOptions;
import hopline.flows.analysis.Analyzer;
import hopline.flows.analysis.CaptureInput;
import hopline.flows.analysis.InputFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/// Lists packets, each with its stages and what changed between them.
///
/// The captures are read twice: first to learn the network and the flows, then to show packet by packet, of which none
/// is kept.
final class PacketsVerb implements Verb {

    @Override
    public String name() {
        return "packets";
    }

    @Override
    public String summary() {
        return "List packets, each once, with every point that saw it and what changed in between.";
    }

    @Override
    public String synopsis() {
        return "[options] INPUT…";
    }

    @Override
    public Options options() {
        Options options = FilterOptions.add(Inputs.optionsWithNodes());
        Selection.add(options, "packets");
        EventList.addOptions(options);
        return options.addOption(Option.builder("n")
                        .longOpt("numeric")
                        .desc("addresses only, no names")
                        .get())
                .addOption(Option.builder("v")
                        .longOpt("verbose")
                        .desc("with the fields of every header")
                        .get())
                .addOption(Option.builder("x")
                        .longOpt("hex")
                        .desc("with the octets of every record")
                        .get())
                .addOption(Values.option("format", "text|json|jsonl", "text is the default; jsonl is an object a line"))
                .addOption(Values.option(
                        "flows",
                        "N",
                        "how many flows to keep, to tell packets' flows and verdicts (default 10000), or all"));
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("the packets of a flow that analyze named", "hopline packets --flow f5 incident-42/"),
                new Example(
                        "the first SYN to a service, header by header",
                        "hopline packets -v -c 1 --tcp-flags syn --to-service shop/web incident-42/"),
                new Example(
                        "the last ten seconds between two addresses",
                        "hopline packets --since 10s --ip 10.42.1.11 --ip 10.42.2.0/24 a.pcapng b.pcapng"),
                new Example(
                        "for a program", "hopline packets --format jsonl incident-42/ | jq -c '[.flow, .summary]'"));
    }

    @Override
    public int run(CommandLine line, Console console) throws UsageException, IOException {
        String format = Format.ofStream(line);
        if (line.hasOption("events")) {
            if (line.getArgList().isEmpty()) {
                throw new UsageException("a file is missing");
            }
            PipedInput.begin(line.getArgList());
            return EventList.of(line, !format.equals("text")).print(line.getArgList(), console);
        }
        Predicate<Subject> filter = FilterOptions.of(line);
        Selection selection = Selection.of(line);
        PacketStyle style = new PacketStyle(line.hasOption("n"), line.hasOption("v"), line.hasOption("x"));
        int maxFlows = AnalyzeVerb.maxFlows(line);
        Optional<Inputs> named = Inputs.of(line, true, true, console);
        if (named.isEmpty()) {
            return ExitCode.UNREADABLE;
        }
        Inputs inputs = named.get();
        Inputs.Judged judged = inputs.judge(line, maxFlows, console);
        Analysis analysis = judged.analysis();
        FilterOptions.check(line, analysis, console);
        AnalysisOptions options = inputs.analysisOptions(maxFlows);
        Review review = new Review(inputs.captures(), analysis, options, filter, console);
        long skipped = selection.last() == 0 ? 0 : Math.max(0, review.count() - selection.last());
        try (RecordSpool spool = style.needsRecords() ? new RecordSpool() : null) {
            PacketPrinter printer = printer(format, style, analysis, inputs, spool, console);
            long shown = review.show(spool, printer, skipped, selection.first());
            printer.end();
            if (format.equals("text")) {
                console.out()
                        .println(Numerals.grouped(shown) + " of " + Numerals.grouped(analysis.distinctPackets())
                                + " packets");
            }
        }
        FlowsVerb.complainOfOmitted(analysis, console);
        return judged.isIncomplete() ? ExitCode.UNREADABLE : ExitCode.CLEAN;
    }

    private static PacketPrinter printer(
            String format,
            PacketStyle style,
            Analysis analysis,
            Inputs inputs,
            @Nullable RecordSpool spool,
            Console console)
            throws IOException {
        Dissector dissector = new Dissector(inputs.vxlanPorts());
        if (format.equals("text")) {
            return new PacketText(
                    console.out()::println,
                    style,
                    console.color(),
                    console.width(),
                    inputs.cluster(),
                    dissector,
                    spool);
        }
        JsonStream stream =
                format.equals("json") ? JsonStream.document(console.out(), "packets") : JsonStream.lines(console.out());
        List<String> files = analysis.inputs().stream().map(InputFacts::file).toList();
        return spool == null
                ? PacketJson.inPieces(stream, files, style, inputs.cluster(), dissector)
                : new PacketJson(stream, files, style, inputs.cluster(), dissector, spool);
    }

    /// The second reading.
    private static final class Review {

        private static final int LISTEN_EVERY = 4096;

        private final List<CaptureInput> captures;
        private final Analysis analysis;
        private final AnalysisOptions options;
        private final Predicate<Subject> filter;
        private final Console console;
        private final FlowIndex index;
        private final long end;

        private Review(
                List<CaptureInput> captures,
                Analysis analysis,
                AnalysisOptions options,
                Predicate<Subject> filter,
                Console console) {
            this.captures = captures;
            this.analysis = analysis;
            this.options = options;
            this.filter = filter;
            this.console = console;
            this.index = new FlowIndex(analysis.flows());
            this.end = FlowsVerb.captureEnd(analysis);
        }

        /// How many packets pass the filter.
        private long count() {
            long[] count = {0};
            forEach(captures, packet -> {
                count[0]++;
                return true;
            });
            return count[0];
        }

        /// Shows those that pass the filter, all but the first few, until so many are shown.
        private long show(@Nullable RecordSpool spool, PacketPrinter printer, long skipped, long most)
                throws IOException {
            long[] seen = {0};
            if (most == 0) {
                return 0;
            }
            List<CaptureInput> kept = spool == null ? captures : spool.keeping(captures);
            try {
                forEach(kept, packet -> {
                    seen[0]++;
                    if (seen[0] > skipped) {
                        print(printer, packet);
                    }
                    return seen[0] - skipped < most && !isUnheard(seen[0]);
                });
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            return Math.max(0, seen[0] - skipped);
        }

        /// Whoever reads the output, such as `head`, has gone; asked now and then, because asking flushes.
        private boolean isUnheard(long seen) {
            return seen % LISTEN_EVERY == 0 && console.out().checkError();
        }

        private static void print(PacketPrinter printer, Packet packet) {
            try {
                printer.print(packet);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void forEach(List<CaptureInput> inputs, Predicate<Packet> visitor) {
            ProgressLine progress = new ProgressLine(console);
            Analyzer.forEachPacket(inputs, options, progress, journey -> visit(journey, visitor));
            progress.clear();
        }

        private boolean visit(Journey journey, Predicate<Packet> visitor) {
            Packet packet = Packet.of(journey, analysis, index);
            boolean passes = filter.test(packet.subject(analysis.scene().cluster(), end));
            return !passes || visitor.test(packet);
        }
    }
}

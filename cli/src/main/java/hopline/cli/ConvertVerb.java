package hopline.cli;

import hopline.capture.CaptureFormat;
import hopline.capture.Captures;
import hopline.capture.Compression;
import hopline.capture.convert.Selection;
import hopline.flows.analysis.CaptureInput;
import hopline.flows.state.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/// Any captures to one pcapng or pcap file, merged by time.
final class ConvertVerb implements Verb {

    static final String STANDARD_OUTPUT = "-";

    @Override
    public String name() {
        return "convert";
    }

    @Override
    public String summary() {
        return "Write captures of any format as one pcapng or pcap file, merged by time, losing nothing silently.";
    }

    @Override
    public String synopsis() {
        return "[options] INPUT… OUT";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Option.builder()
                        .longOpt("to")
                        .hasArg()
                        .argName("pcapng|pcap")
                        .desc("without it as OUT's name ends, else pcapng")
                        .get())
                .addOption(Option.builder()
                        .longOpt("split")
                        .desc("one file for each link type, OUT's name with the link type's before its ending")
                        .get())
                .addOption(Option.builder()
                        .longOpt("drops-only")
                        .desc("only packets that the system says it dropped")
                        .get())
                .addOption(Option.builder()
                        .longOpt("component")
                        .hasArg()
                        .argName("N")
                        .desc("only what this component of a Windows trace logged; info lists their numbers")
                        .get())
                .addOption(Option.builder()
                        .longOpt("one-appearance")
                        .desc("each packet once, as it first appeared; inputs are read twice")
                        .get())
                .addOption(Option.builder()
                        .longOpt("enrich")
                        .desc("write the analysis beside each packet: its stage and what changed, names, verdicts")
                        .get())
                .addOption(
                        Inputs.state("with --enrich: kubectl get pods,services,endpointslices,nodes -A -o json; a file"
                                + " or folder, repeatable"))
                .addOption(Values.option(
                        "vxlan-port", "PORT", "with --enrich: look for VXLAN on this UDP port, too; repeatable"))
                .addOption(NodeAssignment.option("the node a capture was made on, kept in the result; repeatable"))
                .addOption(Inputs.bpf());
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("a Windows trace for Wireshark", "hopline convert trace.etl trace.pcapng"),
                new Example("only what was dropped", "hopline convert --drops-only trace.etl drops.pcapng"),
                new Example("several captures as one", "hopline convert node-a.pcapng node-b.pcapng both.pcapng"),
                new Example(
                        "for a tool that knows only pcap",
                        "hopline convert --to pcap trace.pcapng.zst - | tcpdump -n -r -"),
                new Example(
                        "what became of each packet, for Wireshark",
                        "hopline convert --enrich incident-42/ told.pcapng"),
                new Example(
                        "the same of a trace whose pods are listed elsewhere",
                        "hopline convert --enrich --state pods.json trace.etl told.pcapng"),
                new Example("every capture in a folder, compressed", "hopline convert incident-42/ all.pcapng.zst"));
    }

    @Override
    public int run(CommandLine line, Console console) throws UsageException, IOException {
        List<String> operands = line.getArgList();
        if (operands.isEmpty()) {
            throw new UsageException("input and output are missing");
        }
        if (operands.size() == 1 && !line.hasOption("node")) { // which names inputs too
            throw new UsageException("the output is missing");
        }
        String out = operands.getLast();
        CaptureFormat format = format(line, out);
        requireEnrichment(line, "state");
        requireEnrichment(line, "vxlan-port");
        boolean split = line.hasOption("split");
        if (out.equals(STANDARD_OUTPUT)) {
            requireStandardOutput(split);
        }
        List<String> named = operands.subList(0, operands.size() - 1);
        InputFiles read = InputFiles.of(named, line);
        read.refuseAsOutput(out);
        InputFinder finder = find(line, named);
        List<CaptureInput> inputs = Inputs.filtered(finder.captures(isReadAgain(line)), line);
        finder.problems().forEach(problem -> console.complain(problem.toString()));
        if (inputs.isEmpty()) {
            if (finder.problems().isEmpty()) {
                console.complain("no capture among the inputs");
            }
            return ExitCode.UNREADABLE;
        }
        if (line.hasOption("enrich")) {
            requirePcapng(format);
            inputs = Enrichment.of(inputs, Cluster.of(finder.state()), Inputs.vxlanPorts(line), console);
        }
        inputs = chosen(inputs, line, console);
        ConvertRun run = new ConvertRun(inputs, format, isChoice(line), console);
        int exitCode = split ? run.split(out, read) : run.whole(out, OptionalInt.empty());
        return exitCode == ExitCode.CLEAN && !finder.problems().isEmpty() ? ExitCode.UNREADABLE : exitCode;
    }

    /// A conversion alone asks neither who lives where nor what is in a tunnel.
    private static void requireEnrichment(CommandLine line, String option) throws UsageException {
        if (line.hasOption(option) && !line.hasOption("enrich")) {
            throw new UsageException("--" + option + " needs --enrich: without it nothing is decoded");
        }
    }

    private static void requirePcapng(CaptureFormat format) throws UsageException {
        if (format != CaptureFormat.PCAPNG) {
            throw new UsageException("--enrich writes comments, which only pcapng holds");
        }
    }

    private static CaptureFormat format(CommandLine line, String out) throws UsageException {
        String choice = line.getOptionValue("to", "");
        return switch (choice) {
            case "pcap" -> CaptureFormat.PCAP;
            case "pcapng" -> CaptureFormat.PCAPNG;
            case "" ->
                ending(out).equals(".pcap") || ending(out).equals(".cap") ? CaptureFormat.PCAP : CaptureFormat.PCAPNG;
            default -> throw new UsageException("--to is pcapng or pcap, not " + choice);
        };
    }

    private static boolean isReadAgain(CommandLine line) {
        return line.hasOption("split") || line.hasOption("enrich") || line.hasOption("one-appearance");
    }

    private static boolean isChoice(CommandLine line) {
        return line.hasOption("drops-only") || line.hasOption("component") || line.hasOption("bpf");
    }

    private static List<CaptureInput> chosen(List<CaptureInput> inputs, CommandLine line, Console console)
            throws UsageException {
        Selection selection = selection(line);
        List<CaptureInput> selected = inputs.stream()
                .map(input -> input.openedBy(() -> selection.of(input.opener().open())))
                .toList();
        return line.hasOption("one-appearance") ? FirstAppearances.of(selected, console) : selected;
    }

    private static Selection selection(CommandLine line) throws UsageException {
        return new Selection(line.hasOption("drops-only"), component(line.getOptionValue("component")));
    }

    private static OptionalLong component(@Nullable String number) throws UsageException {
        try {
            return number == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(number));
        } catch (NumberFormatException e) {
            throw new UsageException("--component is the number of a component, not " + number);
        }
    }

    /// Where the ending of a file's name begins, that of a compression included.
    static int endingAt(String name) {
        int start = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1;
        int end = Compression.isNamed(name) ? name.lastIndexOf('.') : name.length();
        int dot = name.lastIndexOf('.', end - 1);
        return dot > start ? dot : end;
    }

    /// As `.pcap`, without that of a compression.
    private static String ending(String name) {
        return name.substring(endingAt(name)).toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst|lz4)$", "");
    }

    private static void requireStandardOutput(boolean split) throws UsageException {
        if (split) {
            throw new UsageException("--split makes several files, which standard output is not");
        }
        if (Boolean.getBoolean("hopline.out.terminal")) {
            throw new UsageException("standard output is a terminal, and captures are not text: name a file");
        }
    }

    private static InputFinder find(CommandLine line, List<String> inputs) throws UsageException, IOException {
        PipedInput.begin(inputs);
        PipedInput.begin(Values.of(line, "state"));
        Map<Path, String> nodeOf = Inputs.nodes(line, false);
        InputFinder finder = new InputFinder(nodeOf, Captures::openAhead);
        inputs.forEach(finder::add);
        Values.of(line, "state").forEach(finder::addState);
        finder.addMissing(nodeOf.keySet());
        return finder;
    }
}

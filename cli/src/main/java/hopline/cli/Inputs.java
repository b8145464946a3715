package hopline.cli;

import hopline.capture.PacketFilter;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.AnalysisOptions;
import hopline.flows.analysis.Analyzer;
import hopline.flows.analysis.CaptureInput;
import hopline.flows.analysis.InputFacts;
import hopline.flows.expect.Judgements;
import hopline.flows.state.Cluster;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.StateFinder;
import hopline.flows.state.collection.StateReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// What verbs read: captures and the cluster's lists, as the command line names them.
///
/// @param captures what to read
/// @param cluster what the lists say
/// @param vxlanPorts where to look for VXLAN, too
/// @param mixed folders and archives that hold more than captures and lists: what was collected of nodes, perhaps
/// @param problems what could not be used, and was complained about
record Inputs(
        List<CaptureInput> captures,
        Cluster cluster,
        Set<Integer> vxlanPorts,
        Set<String> mixed,
        List<String> problems) {

    /// An analysis, and what the state of the nodes says of it.
    ///
    /// @param analysis in the light of that
    /// @param judgements empty where nothing was read of nodes
    /// @param isIncomplete something could not be read, or only in part
    record Judged(Analysis analysis, Optional<Judgements> judgements, boolean isIncomplete) {}

    private static final String VXLAN_PORT = "vxlan-port";
    private static final String BPF = "bpf";

    /// The options that name them, for verbs that ask the cluster's lists for names alone.
    static Options options() {
        return options("kubectl get pods,services,endpointslices,nodes -A -o json; a file or folder, repeatable");
    }

    /// The same for verbs that also read what was collected of nodes.
    static Options optionsWithNodes() {
        return options("kubectl get pods,services,endpointslices,nodes -A -o json, and what was collected of nodes,"
                + " when it is not in a folder or archive among the inputs; repeatable");
    }

    private static Options options(String state) {
        return new Options()
                .addOption(state(state))
                .addOption(NodeAssignment.option("the node a capture was made on, or all in a folder; repeatable"))
                .addOption(vxlanPort())
                .addOption(bpf());
    }

    /// The option that names lists and folders of them.
    static Option state(String description) {
        return Values.option("state", "PATH", description);
    }

    /// The option that has VXLAN looked for on more ports.
    static Option vxlanPort() {
        return Values.option(VXLAN_PORT, "PORT", "look for VXLAN on this UDP port, beside 4789 and 8472; repeatable");
    }

    /// The option that has records filtered as they are read.
    static Option bpf() {
        return Values.option(
                BPF, "EXPRESSION", "read only records that this filter lets through, as tcpdump's; needs libpcap");
    }

    /// Those that `line` names. Complains about what cannot be used; empty when there is nothing to read.
    ///
    /// @param filters whether `--node` without a file is a filter, see [FilterOptions]
    /// @param again whether captures will be read more than once, so that a pipe must be kept
    static Optional<Inputs> of(CommandLine line, boolean filters, boolean again, Console console)
            throws UsageException, IOException {
        Inputs found = of(line, find(line, filters, InputFinder::add), again, console);
        if (found.captures().isEmpty()) {
            if (found.problems().isEmpty()) {
                console.complain("no capture among the inputs"
                        + (found.mixed().isEmpty() ? "" : "; hopline state check reads what was collected of nodes"));
            }
            return Optional.empty();
        }
        return Optional.of(found);
    }

    /// The same, whatever there is: there may be no capture, and what is neither that nor a list is nothing to complain
    /// about.
    static Inputs ofAnyKind(CommandLine line, Console console) throws UsageException, IOException {
        return of(line, find(line, false, InputFinder::addState), true, console);
    }

    private static Inputs of(CommandLine line, InputFinder finder, boolean again, Console console)
            throws UsageException, IOException {
        Set<Integer> ports = vxlanPorts(line);
        List<CaptureInput> captures = filtered(finder.captures(again), line);
        List<String> problems =
                finder.problems().stream().map(InputFinder.Problem::toString).toList();
        problems.forEach(console::complain);
        return new Inputs(captures, Cluster.of(finder.state()), ports, finder.mixed(), problems);
    }

    private static InputFinder find(CommandLine line, boolean filters, BiConsumer<InputFinder, String> add)
            throws UsageException, IOException {
        PipedInput.begin(line.getArgList());
        PipedInput.begin(Values.of(line, "state"));
        Map<Path, String> nodeOf = nodes(line, filters);
        if (line.getArgList().isEmpty() && nodeOf.isEmpty()) {
            throw new UsageException("an input is missing");
        }
        InputFinder finder = new InputFinder(nodeOf);
        line.getArgList().forEach(operand -> add.accept(finder, operand));
        Values.of(line, "state").forEach(finder::addState);
        finder.addMissing(nodeOf.keySet());
        return finder;
    }

    /// Which node each capture was made on, as `--node NAME=PATH` says.
    ///
    /// @param filters whether `--node` without a file is a filter, and passed over here
    static Map<Path, String> nodes(CommandLine line, boolean filters) throws UsageException, IOException {
        Map<String, String> nodeOf = new LinkedHashMap<>();
        NodeAssignment.of(line, filters).forEach(assignment -> nodeOf.put(assignment.file(), assignment.node()));
        PipedInput.begin(nodeOf.keySet());
        Map<Path, String> nodeOfFile = LinkedHashMap.newLinkedHashMap(nodeOf.size());
        for (Map.Entry<String, String> named : nodeOf.entrySet()) {
            nodeOfFile.put(PipedInput.file(Path.of(named.getKey())), named.getValue());
        }
        return nodeOfFile;
    }

    /// What [#vxlanPort] says.
    static Set<Integer> vxlanPorts(CommandLine line) throws UsageException {
        Set<Integer> ports = new HashSet<>();
        for (String port : Values.of(line, VXLAN_PORT)) {
            ports.add(Values.number(VXLAN_PORT, port, 1, 65_535));
        }
        return ports;
    }

    /// The same captures, read through the filter that `line` names, if any.
    static List<CaptureInput> filtered(List<CaptureInput> captures, CommandLine line)
            throws UsageException, IOException {
        String bpf = line.getOptionValue(BPF);
        if (bpf == null) {
            return captures;
        }
        PacketFilter filter = packetFilter(bpf);
        return captures.stream()
                .map(capture ->
                        capture.openedBy(() -> filter.reading(capture.opener().open())))
                .toList();
    }

    private static PacketFilter packetFilter(String bpf) throws UsageException, IOException {
        try {
            return PacketFilter.of(bpf);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--bpf '" + bpf + "': " + e.getMessage());
        }
    }

    /// Analyses them, with the progress shown, and complains about what could not be read.
    Analysis analyze(int maxFlows, Console console) {
        ProgressLine progress = new ProgressLine(console);
        Analysis analysis = Analyzer.analyze(captures, cluster, analysisOptions(maxFlows), progress);
        progress.clear();
        complain(analysis, console);
        return analysis;
    }

    /// The same, judged by the state of the nodes that `--state` names or that lies among the inputs.
    Judged judge(CommandLine line, int maxFlows, Console console) throws IOException {
        Analysis seen = analyze(maxFlows, console);
        CollectedState state = nodeState(line, console);
        Optional<Judgements> judgements = judgements(seen, state);
        return new Judged(judgements.map(Judgements::refined).orElse(seen), judgements, isIncomplete(seen, state));
    }

    /// What `state` says of `seen`; empty where it holds nothing of nodes.
    static Optional<Judgements> judgements(Analysis seen, CollectedState state) {
        return state.nodes().isEmpty() ? Optional.empty() : Optional.of(Judgements.of(seen, state));
    }

    /// What was collected of nodes, with these lists: what `--state` names, and what lies among the inputs. Complains
    /// about what cannot be read, unless that was done when the inputs were found.
    CollectedState nodeState(CommandLine line, Console console) throws IOException {
        StateFinder finder = new StateFinder();
        for (String operand : Values.of(line, "state")) {
            finder.add(PipedInput.file(operand));
        }
        for (String operand : mixed) {
            finder.addInput(PipedInput.file(operand));
        }
        CollectedState state = nodeState(finder);
        state.problems().stream().filter(problem -> !problems.contains(problem)).forEach(console::complain);
        return state;
    }

    /// The same of what `finder` found.
    CollectedState nodeState(StateFinder finder) {
        return StateReader.read(finder, cluster);
    }

    AnalysisOptions analysisOptions(int maxFlows) {
        return new AnalysisOptions(vxlanPorts, maxFlows);
    }

    private static void complain(Analysis analysis, Console console) {
        for (InputFacts input : analysis.inputs()) {
            input.problem().ifPresent(problem -> console.complain(input.file() + ": " + problem));
        }
    }

    /// Whether something of these, or of `state`, could not be read, or only in part.
    boolean isIncomplete(Analysis analysis, CollectedState state) {
        return !problems.isEmpty()
                || !state.problems().isEmpty()
                || analysis.inputs().stream().anyMatch(input -> input.problem().isPresent());
    }
}

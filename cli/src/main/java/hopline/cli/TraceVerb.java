package hopline.cli;

import hopline.cli.report.WalkJson;
import hopline.cli.report.WalkText;
import hopline.flows.expect.Expectation;
import hopline.flows.expect.Outcome;
import hopline.flows.expect.Walker;
import hopline.flows.state.collection.CollectedState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// What the state of nodes says would happen to a packet that nobody sent.
final class TraceVerb implements Verb {

    @Override
    public String name() {
        return "trace";
    }

    @Override
    public String summary() {
        return "Walk a packet that nobody sent through the programmed state: each layer, the rule that decides, the headers.";
    }

    @Override
    public String synopsis() {
        return "--state PATH… (--from SENDER --to DESTINATION | --follow FLOW INPUT…) [options]";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Values.option("state", "PATH", "what was collected of nodes and cluster; repeatable"))
                .addOption(StateInputs.node())
                .addOption(Values.option(
                        "from", "SENDER", "a pod (namespace/name), a node, or an address; with a port if you like"))
                .addOption(Values.option(
                        "to", "DESTINATION", "a service or pod (namespace/name:port), or an address with a port"))
                .addOption(Values.option("protocol", "tcp|udp|sctp|icmp", "tcp is the default"))
                .addOption(Values.option(
                        "size",
                        "OCTETS",
                        "how long the packet is from its IP header on, held against the MTU on its way"))
                .addOption(Values.option(
                        "at", "NODE", "begin at the adapter of this node, as if the packet came from outside"))
                .addOption(Values.option(
                        "follow",
                        "FLOW",
                        "hold the flow of that id, or all, in the captures given as operands, against the state"))
                .addOption(Inputs.vxlanPort())
                .addOption(Option.builder()
                        .longOpt("answer")
                        .desc("walk the answers as well")
                        .get())
                .addOption(Values.option(
                        "format",
                        "text|json|minimal",
                        "text is the default; minimal is a line a step, stable from release to release"));
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example(
                        "where does a pod's request to a service go?",
                        "hopline trace --state collected/ --from app/client --to shop/web:80"),
                new Example(
                        "any five values, and the way back",
                        "hopline trace --state collected/ --from 10.244.1.31:41234 --to 10.96.0.10:53 --protocol udp --answer"),
                new Example(
                        "a node port, from outside",
                        "hopline trace --state collected/ --from 192.0.2.7 --to 10.20.0.11:31486 --at win-a"),
                new Example(
                        "at which hop does a captured flow leave its way?",
                        "hopline trace --state collected/ --follow f5 incident-42/"),
                new Example(
                        "to compare before and after",
                        "hopline trace --state collected/ --from app/client --to shop/web:80 --format minimal"));
    }

    @Override
    public int run(CommandLine line, Console console) throws UsageException, IOException {
        String format = format(line);
        if (line.hasOption("follow")) {
            return FollowedFlow.run(line, console);
        }
        List<String> paths = new ArrayList<>(Values.of(line, "state"));
        paths.addAll(line.getArgList());
        Optional<CollectedState> read = StateInputs.read(line, paths, "--state is missing", console);
        if (read.isEmpty()) {
            return ExitCode.UNREADABLE;
        }
        CollectedState state = read.get();
        Walker walker = Walker.of(state);
        TraceRequest request = TraceRequest.of(line, state, walker);
        Expectation expectation = walker.walk(request.packet(), request.start(), request.octets());
        List<Optional<Expectation>> answers = line.hasOption("answer")
                ? expectation.walks().stream().map(walker::answer).toList()
                : List.of();
        print(format, expectation, answers, console);
        boolean isDropped = expectation.walks().stream()
                .anyMatch(
                        walk -> walk.outcome() instanceof Outcome.Dropped || walk.outcome() instanceof Outcome.Endless);
        return !state.problems().isEmpty() ? ExitCode.UNREADABLE : isDropped ? ExitCode.FINDINGS : ExitCode.CLEAN;
    }

    private static String format(CommandLine line) throws UsageException {
        String format = line.getOptionValue("format", "text");
        if (!List.of("text", "json", "minimal").contains(format)) {
            throw new UsageException("--format is text, json or minimal, not " + format);
        }
        return format;
    }

    private static void print(
            String format, Expectation expectation, List<Optional<Expectation>> answers, Console console)
            throws IOException {
        switch (format) {
            case "json" -> WalkJson.write(expectation, answers, Version.text(), console.out());
            case "minimal" -> console.out().print(WalkText.minimal(expectation, answers));
            default -> console.out().print(WalkText.of(expectation, answers, console.color(), console.width()));
        }
    }
}

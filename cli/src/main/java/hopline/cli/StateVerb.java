package hopline.cli;

import hopline.cli.report.Escape;
import hopline.cli.report.StateJson;
import hopline.cli.report.StateText;
import hopline.flows.check.StateFindings;
import hopline.flows.check.StateRules;
import hopline.flows.rule.Severity;
import hopline.flows.state.collection.CollectedState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// The state of nodes without packets: what was collected, and what is wrong with it.
final class StateVerb implements Verb {

    @Override
    public String name() {
        return "state";
    }

    @Override
    public String summary() {
        return "Collect the state of this node (HNS, VFP, Kubernetes, CNI, routes, firewall), or read what was collected of"
                + " nodes; show it, or check it.";
    }

    @Override
    public String synopsis() {
        return "show|check [options] PATH… | collect [options]";
    }

    @Override
    public List<String> operands() {
        return List.of("collect", "show", "check");
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(StateInputs.node())
                .addOption(Option.builder()
                        .longOpt("format")
                        .hasArg()
                        .argName("text|json")
                        .desc("text is the default")
                        .get())
                .addOption(Option.builder()
                        .longOpt("fail-on")
                        .hasArg()
                        .argName("error|warning|note|never")
                        .desc("exit 1 from this severity on; error is the default")
                        .get())
                .addOption(Option.builder("o")
                        .longOpt("output")
                        .hasArg()
                        .argName("FILE")
                        .desc("collect: the bundle; hopline-NODE-TIME.zip here is the default")
                        .get())
                .addOption(NodeOptions.name())
                .addOption(NodeOptions.kubeconfig())
                .addOption(NodeOptions.noCluster())
                .addOption(Option.builder()
                        .longOpt("dry-run")
                        .desc("collect: print what would be run, and run nothing")
                        .get());
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("what is wrong on this node?", "hopline state check collectlogs/ services.json pods.json"),
                new Example("several nodes, against each other", "hopline state check win-a.zip win-b.zip cluster/"),
                new Example("on a node: all of it into one bundle", "hopline state collect"),
                new Example("what was collected?", "hopline state show collectlogs/"),
                new Example(
                        "for a program",
                        "hopline state check --format json incident-42/ | jq '.findings[] | {rule, node, evidence}'"));
    }

    @Override
    public int run(CommandLine line, Console console) throws UsageException, IOException {
        List<String> operands = line.getArgList();
        if (operands.isEmpty()) {
            throw new UsageException("collect, show or check is missing");
        }
        if (operands.getFirst().equals("collect")) {
            return StateCommand.collect(line, console);
        }
        boolean checks = isCheck(operands.getFirst());
        boolean json = Format.isJson(line);
        Optional<Severity> failOn = SeverityOption.failOn(line);
        Optional<CollectedState> read =
                StateInputs.read(line, operands.subList(1, operands.size()), "a file or folder is missing", console);
        if (read.isEmpty()) {
            return ExitCode.UNREADABLE;
        }
        CollectedState state = read.get();
        StateFindings findings = checks ? StateRules.findings(state) : new StateFindings();
        if (json) {
            StateJson.write(state, checks ? Optional.of(findings) : Optional.empty(), Version.text(), console.out());
        } else if (checks) {
            console.out().print(StateText.ofCheck(state, findings, console.color(), console.width()));
        } else {
            console.out().print(StateText.ofShow(state, console.color(), console.width()));
        }
        boolean fails = failOn.isPresent()
                && findings.all().stream()
                        .anyMatch(finding -> finding.severity().compareTo(failOn.get()) <= 0);
        return !state.problems().isEmpty() ? ExitCode.UNREADABLE : fails ? ExitCode.FINDINGS : ExitCode.CLEAN;
    }

    private static boolean isCheck(String what) throws UsageException {
        return switch (what) {
            case "check" -> true;
            case "show" -> false;
            default -> throw new UsageException("state collect, show or check, not state " + Escape.text(what));
        };
    }
}

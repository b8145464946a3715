package hopline.cli;

import hopline.capture.node.RefusedException;
import hopline.cli.report.Escape;
import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// Captures on this node, safely, into one bundle.
final class CaptureVerb implements Verb {

    @Override
    public String name() {
        return "capture";
    }

    @Override
    public String summary() {
        return "Capture on this node with pktmon, netsh or libpcap, with the state that explains the packets; the disk"
                + " is bounded, what was started is stopped, nobody else's trace is touched, and one bundle is left.";
    }

    @Override
    public String synopsis() {
        return "run|start|stop|status|script [options] [SESSION]";
    }

    @Override
    public List<String> operands() {
        return List.of("run", "start", "stop", "status", "script");
    }

    @Override
    public Options options() {
        return PlanOptions.options()
                .addOption(Option.builder("o")
                        .longOpt("output")
                        .hasArg()
                        .argName("FILE")
                        .desc("the bundle; hopline-NODE-TIME.zip here is the default")
                        .get())
                .addOption(NodeOptions.name())
                .addOption(NodeOptions.kubeconfig())
                .addOption(NodeOptions.noCluster())
                .addOption(
                        Values.option("state", "PATH", "Kubernetes lists that tell the addresses of --pod; repeatable"))
                .addOption(Option.builder()
                        .longOpt("dry-run")
                        .desc("print what would be run, and run nothing")
                        .get())
                .addOption(Values.option(
                        "for", "powershell|hostprocess", "script: what to print; powershell is the default"))
                .addOption(Values.option(
                        "nodes", "NAMES", "script: the nodes that a HostProcess pod captures on, with commas"));
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("everything for a minute, on any node", "hopline capture run --duration 60s"),
                new Example(
                        "one pod and its traffic inside VXLAN, with traffic to judge",
                        "hopline capture run --pod shop/client --probe pod:shop/client=http://web.shop/"),
                new Example(
                        "the last minute before a packet is dropped",
                        "hopline capture run --until-drop --pre-trigger 1m"),
                new Example("in the background", "hopline capture start --ring --max-size 2G; hopline capture stop"),
                new Example("for a Windows node without Java", "hopline capture script --duration 60s >capture.ps1"),
                new Example("and what it is for", "hopline analyze hopline-win-a-*.zip hopline-win-b-*.zip"));
    }

    @Override
    public int run(CommandLine line, Console console) throws UsageException, IOException {
        List<String> operands = line.getArgList();
        if (operands.isEmpty()) {
            throw new UsageException("run, start, stop, status or script is missing");
        }
        String what = operands.getFirst();
        List<String> rest = operands.subList(1, operands.size());
        if (rest.size() > (what.equals("stop") ? 1 : 0)) {
            throw new UsageException("capture " + Escape.text(what) + " takes no " + Escape.text(rest.getLast()));
        }
        try {
            return switch (what) {
                case "run" -> CaptureCommand.run(line, console);
                case "start" -> BackgroundCapture.start(line, console);
                case "stop" -> BackgroundCapture.stop(rest, console);
                case "status" -> BackgroundCapture.status(console);
                case "script" -> ScriptCommand.print(line, console);
                default ->
                    throw new UsageException(
                            "capture run, start, stop, status or script, not capture " + Escape.text(what));
            };
        } catch (RefusedException e) {
            console.complain(String.valueOf(e.getMessage()));
            return ExitCode.ENVIRONMENT;
        }
    }
}

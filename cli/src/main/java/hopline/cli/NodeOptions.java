package hopline.cli;

import hopline.capture.node.NodeFacts;
import hopline.capture.node.Order;
import hopline.capture.node.RefusedException;
import hopline.capture.node.Sessions;
import hopline.capture.node.plan.CapturePlan;
import hopline.capture.node.process.SystemPrograms;
import hopline.capture.node.windows.WindowsRights;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;

/// What verbs that act on this node have in common.
final class NodeOptions {

    private static final DateTimeFormatter IN_NAMES =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private NodeOptions() {}

    static Option name() {
        return Values.option("name", "NODE", "this node's name in the cluster; its host name is the default");
    }

    static Option kubeconfig() {
        return Values.option("kubeconfig", "FILE", "for kubectl; what it finds by itself is the default");
    }

    static Option noCluster() {
        return Option.builder()
                .longOpt("no-kubernetes")
                .desc("do not ask the cluster for its lists")
                .get();
    }

    /// This node, after what may be done on it was asked.
    ///
    /// @param forReal whether anything is to be run: then an administrator is needed on Windows
    static NodeFacts node(CommandLine line, boolean forReal) throws RefusedException {
        Optional<String> name = Optional.ofNullable(line.getOptionValue("name"));
        if (!NodeFacts.ofThisMachine(name, 0).isWindows()) {
            return NodeFacts.ofThisMachine(name, 0);
        }
        if (forReal && !WindowsRights.isElevated()) {
            throw new RefusedException(WindowsRights.remedy());
        }
        return NodeFacts.ofThisMachine(name, WindowsRights.build());
    }

    /// All that is to be done on `node`.
    static Order order(CommandLine line, CapturePlan plan, NodeFacts node, Console console) {
        String time = IN_NAMES.format(Instant.now());
        String usual = "hopline-" + node.name().replaceAll("[^A-Za-z0-9._-]", "_") + "-" + time + ".zip";
        String id = System.getProperty(
                "hopline.session", time + "-" + ProcessHandle.current().pid());
        return new Order(
                id,
                plan,
                node,
                new SystemPrograms(),
                Sessions.ofThisMachine(),
                Path.of(line.getOptionValue("output", usual)).toAbsolutePath(),
                Version.text(),
                Optional.ofNullable(line.getOptionValue("kubeconfig")),
                !line.hasOption("no-kubernetes"),
                console::complain);
    }
}

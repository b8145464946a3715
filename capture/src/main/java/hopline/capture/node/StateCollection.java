package hopline.capture.node;

import hopline.capture.bundle.Manifest;
import hopline.capture.node.linux.LinuxState;
import hopline.capture.node.process.Command;
import hopline.capture.node.process.Result;
import hopline.capture.node.windows.WindowsState;
import hopline.capture.secret.Secrets;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Collects the state of the node and the cluster's lists into a folder.
final class StateCollection {

    /// Settings of network plugins. What authenticates lies beside them under other endings, and is not
    /// taken.
    private static final List<String> SETTINGS =
            List.of("/etc/cni/net.d", "/run/flannel", "/etc/kube-flannel", "C:\\k\\cni\\config", "C:\\etc\\cni\\net.d");

    private static final String ENDINGS = "*.{conf,conflist,json,env}";
    private static final int MAX_SETTING = 4 << 20;

    private final Order order;
    private final Manifest manifest;
    private boolean refused;

    StateCollection(Order order, Manifest manifest) {
        this.order = order;
        this.manifest = manifest;
    }

    /// What is run for it on such a node, for people who want to know beforehand.
    static List<Command> planned(NodeFacts node, String folder) {
        List<Command> commands = node.isWindows() ? WindowsState.commands() : LinuxState.commands();
        return commands.stream().map(command -> command.below(folder)).toList();
    }

    /// What is run for the cluster's lists.
    static List<Command> plannedOfCluster(Optional<String> kubeconfig) {
        return KubernetesLists.commands(kubeconfig, Instant.now());
    }

    /// Collects what tells how the node treats packets into `folder` of the bundle.
    void node(String folder) {
        for (Command command : planned(order.node(), folder)) {
            run(command);
        }
        if (order.node().isWindows()) {
            ports(folder);
        }
        for (String settings : SETTINGS) {
            copySettings(Path.of(settings), folder + "/cni");
        }
    }

    private Result run(Command command) {
        Result result = order.programs().run(command, order.folder());
        manifest.ran(result);
        if (result.exitCode() == Result.NOT_RUN) {
            removeEmpty(command.output());
        }
        return result;
    }

    private void removeEmpty(String output) {
        try {
            Path file = order.folder().resolve(output);
            if (!output.isEmpty() && Files.exists(file) && Files.size(file) == 0) {
                Files.delete(file);
            }
        } catch (IOException e) {
            // An empty file more does no harm.
        }
    }

    private void ports(String folder) {
        try {
            Path listing = order.folder().resolve(folder).resolve(WindowsState.PORTS);
            if (Files.exists(listing)) {
                String text = Files.readString(listing, StandardCharsets.ISO_8859_1);
                WindowsState.ofPorts(text).forEach(command -> run(command.below(folder)));
            }
        } catch (IOException e) {
            manifest.failed("ports of VFP: " + e.getMessage());
        }
    }

    /// The cluster's lists as of now; the others are not asked for where the first is refused.
    void cluster() {
        if (!order.asksCluster() || refused) {
            return;
        }
        List<Command> commands = new ArrayList<>(KubernetesLists.commands(order.kubeconfig(), Instant.now()));
        Result first = run(commands.removeFirst());
        if (!first.succeeded()) {
            refused = true;
            removeEmpty(first.command().output());
            manifest.failed("the cluster's lists are not in the bundle: " + first.reason());
            return;
        }
        commands.forEach(this::run);
    }

    private void copySettings(Path from, String folder) {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from, ENDINGS)) {
            for (Path file : files) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= MAX_SETTING) {
                    copy(file, order.folder().resolve(folder).resolve(String.valueOf(file.getFileName())));
                }
            }
        } catch (IOException e) {
            manifest.failed("settings of network plugins in " + from + ": " + e.getMessage());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Secrets secrets = new Secrets();
        try (BufferedReader in = Files.newBufferedReader(from, StandardCharsets.ISO_8859_1);
                BufferedWriter out = Files.newBufferedWriter(to, StandardCharsets.ISO_8859_1)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(secrets.clean(line));
                out.write('\n');
            }
        }
    }
}

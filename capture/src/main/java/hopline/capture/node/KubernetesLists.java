package hopline.capture.node;

import hopline.capture.node.process.Command;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The cluster's lists through `kubectl`, for whoever may ask the cluster from this node. Kept without
/// environments, commands, foreign annotations and data.
final class KubernetesLists {

    private static final List<String> KINDS =
            List.of("pods", "services", "endpointslices", "endpoints", "nodes", "networkpolicies");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// As file systems like it, and as readers of lists look for it.
    private static final DateTimeFormatter IN_NAMES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

    private KubernetesLists() {}

    /// @param config a kubeconfig; empty for what kubectl finds by itself
    static List<Command> commands(Optional<String> config, Instant now) {
        List<Command> commands = new ArrayList<>();
        for (String kind : KINDS) {
            List<String> words = new ArrayList<>(List.of("kubectl"));
            config.ifPresent(file -> words.addAll(List.of("--kubeconfig", file)));
            words.addAll(List.of("--request-timeout=15s", "get", kind, "--all-namespaces", "--output=json"));
            commands.add(new Command(
                    words,
                    "kubernetes/" + kind + "-" + IN_NAMES.format(now) + ".json",
                    LIMIT,
                    Command.Content.KUBERNETES));
        }
        return commands;
    }
}

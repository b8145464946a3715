package hopline.capture.node;

import hopline.capture.node.plan.Probe;
import hopline.capture.node.process.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes commands of probes. What a pod's image does not hold cannot be run there: that is told, and the packets
/// of the others are captured.
public final class Prober {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Prober() {}

    /// The command that makes the traffic of `probe`, its output kept as the `number`th probe's.
    public static Command command(Probe probe, int number, boolean windows, Optional<String> kubeconfig) {
        List<String> words = new ArrayList<>(place(probe, kubeconfig));
        words.addAll(action(probe, windows));
        return new Command(words, "probes/probe-" + number + ".txt", LIMIT, Command.Content.TEXT);
    }

    private static List<String> place(Probe probe, Optional<String> kubeconfig) {
        return switch (probe.from()) {
            case NODE -> List.of();
            case NAMESPACE -> List.of("ip", "netns", "exec", probe.name());
            case POD -> {
                List<String> words = new ArrayList<>(List.of("kubectl"));
                kubeconfig.ifPresent(file -> words.addAll(List.of("--kubeconfig", file)));
                int slash = probe.name().indexOf('/');
                words.addAll(List.of("exec", "--namespace", probe.name().substring(0, slash)));
                words.addAll(List.of(probe.name().substring(slash + 1), "--"));
                yield words;
            }
        };
    }

    private static List<String> action(Probe probe, boolean windows) {
        return switch (probe.kind()) {
            case PING ->
                windows
                        ? List.of("ping", "-n", "3", "-w", "2000", probe.target())
                        : List.of("ping", "-c", "3", "-W", "2", probe.target());
            case TCP -> List.of("curl", "--silent", "--show-error", "--max-time", "5", "telnet://" + probe.target());
            case HTTP ->
                List.of("curl", "--silent", "--show-error", "--head", "--max-time", "5", "http://" + probe.target());
            case DNS ->
                probe.server().isEmpty()
                        ? List.of("nslookup", probe.target())
                        : List.of("nslookup", probe.target(), probe.server());
        };
    }
}

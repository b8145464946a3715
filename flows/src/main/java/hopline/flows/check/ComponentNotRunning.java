package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Source;
import hopline.flows.state.cni.CniConfig;
import hopline.flows.state.host.HostProcess;
import hopline.flows.state.host.HostReading;
import hopline.flows.state.kubernetes.PodRun;
import hopline.flows.state.log.LogEntry;
import hopline.flows.state.log.LogSpan;
import hopline.flows.state.log.Signal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A component that is stopped, missing or started wrongly: HNS, kubelet, kube-proxy, the network plugin.
final class ComponentNotRunning implements StateRule {

    private static final Set<String> NEEDED =
            Set.of("hns", "kubelet", "kube-proxy", "flanneld", "containerd", "vfpext");
    private static final int MANY_THREADS = 200;
    private static final Duration SILENCE = Duration.ofMinutes(10);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    @Override
    public String id() {
        return "component-not-running";
    }

    @Override
    public String reference() {
        return "F52";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            stopped(node, findings);
            absent(node, findings);
            hostnameOverride(node, findings);
            crashed(node, findings);
            binaries(node, findings);
            silent(node, findings);
        }
    }

    private void add(NodeView node, Severity severity, Claim claim, Stream<Source> where, StateFindings findings) {
        findings.add(this, severity, node.name(), claim, where);
    }

    private void stopped(NodeView node, StateFindings findings) {
        for (HostProcess process : node.state().host().processes()) {
            if (process.isService() && !process.isRunning() && NEEDED.contains(process.name())) {
                add(
                        node,
                        Severity.ERROR,
                        new Claim(
                                "The service " + process.name() + " is stopped on " + node.name(),
                                process.name() + " running",
                                process.name() + " stopped",
                                "Start it (Start-Service " + process.name() + ") and look into its log."),
                        Stream.of(process.source()),
                        findings);
            }
        }
    }

    /// A list with many processes is all of them.
    private void absent(NodeView node, StateFindings findings) {
        List<HostProcess> processes = node.state().host().processes();
        boolean isComplete =
                processes.stream().anyMatch(process -> process.name().equals("svchost"))
                        || processes.stream().anyMatch(process -> process.name().equals("systemd"));
        if (!isComplete) {
            return;
        }
        Set<String> running = processes.stream()
                .filter(HostProcess::isRunning)
                .map(HostProcess::name)
                .collect(Collectors.toSet());
        boolean usesFlannel = node.state().cni().configs().stream()
                .anyMatch(
                        config -> config.name().equals("cbr0") || config.name().equals("vxlan0"));
        for (String name : List.of("kubelet", "kube-proxy", "flanneld")) {
            boolean isNeeded = !name.equals("flanneld") || usesFlannel;
            if (isNeeded && !running.contains(name)) {
                add(
                        node,
                        Severity.ERROR,
                        new Claim(
                                name + " does not run on " + node.name(),
                                "a process " + name,
                                "none called " + name,
                                "Start it, and look into its log for why it ended. It may also run in a container"
                                        + " that the list leaves out."),
                        Stream.of(processes.getFirst().source()),
                        findings);
            }
        }
    }

    private void hostnameOverride(NodeView node, StateFindings findings) {
        for (HostProcess process : node.state().host().processes()) {
            boolean isTold = process.commandLine().contains("--hostname-override")
                    || process.commandLine().contains("--config");
            if (process.name().equals("kube-proxy") && !process.commandLine().isEmpty() && !isTold) {
                withoutHostname(node, process.source(), findings);
            }
        }
        for (PodRun pod : node.view().kubernetes().pods()) {
            if (!pod.nodeName().equals(node.name()) || !node.isWindows()) {
                continue;
            }
            for (String command : pod.commands()) {
                if (command.contains("kube-proxy")
                        && !command.contains("--hostname-override")
                        && !command.contains("--config")
                        && !command.contains("$")) {
                    withoutHostname(node, pod.source(), findings);
                }
            }
        }
    }

    private void withoutHostname(NodeView node, Source where, StateFindings findings) {
        if (node.isWindows()) {
            add(
                    node,
                    Severity.WARNING,
                    new Claim(
                            "kube-proxy on " + node.name() + " runs without --hostname-override",
                            "--hostname-override=" + node.name(),
                            "none",
                            "Where its own name differs from the node's, kube-proxy takes local pods for remote ones and"
                                    + " deletes their endpoints: pass the node's name."),
                    Stream.of(where),
                    findings);
        }
    }

    private void crashed(NodeView node, StateFindings findings) {
        for (LogEntry entry : node.state().log().entries()) {
            if (Signal.of(entry.message()).filter(Signal.HNS_CRASHED::equals).isPresent()) {
                add(
                        node,
                        Severity.ERROR,
                        new Claim(
                                "The Host Network Service ended unexpectedly on " + node.name(),
                                "HNS running all the time",
                                "ended" + (entry.time().isEmpty() ? "" : " at " + entry.time()),
                                "Pods made before may have lost their endpoints: restart kube-proxy and recreate pods"
                                        + " without network."),
                        Stream.of(entry.source()),
                        findings);
            }
        }
        Optional<HostReading> threads = node.state().host().reading(HostReading.HNS_THREADS);
        threads.filter(reading -> Integer.parseInt(reading.value()) > MANY_THREADS)
                .ifPresent(reading -> add(
                        node,
                        Severity.WARNING,
                        new Claim(
                                "HNS on " + node.name() + " has " + reading.value() + " threads",
                                "at most " + MANY_THREADS,
                                reading.value(),
                                "Its calls hang: Restart-Service -f HNS."),
                        Stream.of(reading.source()),
                        findings));
    }

    /// Only where a folder with plugins was listed.
    private void binaries(NodeView node, StateFindings findings) {
        List<HostReading> listed = node.state().host().readings().stream()
                .filter(reading -> reading.key().equals(HostReading.BINARY))
                .toList();
        boolean isPluginFolder = listed.stream()
                .anyMatch(reading -> reading.value().matches("(flannel|host-local|win-\\w+|sdn\\w+|azure-vnet)\\.exe"));
        if (!isPluginFolder) {
            return;
        }
        for (CniConfig config : node.state().cni().configs()) {
            String name = config.type().toLowerCase(Locale.ROOT).replaceFirst("\\.exe$", "") + ".exe";
            boolean isThere =
                    listed.stream().anyMatch(reading -> reading.value().equals(name));
            if (config.isWindows() && !config.isFragment() && !isThere) {
                add(
                        node,
                        Severity.ERROR,
                        new Claim(
                                "The plugin " + name + " that the CNI configuration names is not there",
                                name,
                                "none of that name",
                                "Install the plugins that fit the configuration."),
                        Stream.of(config.source(), listed.getFirst().source()),
                        findings);
            }
        }
    }

    /// A log that stops long before the others of its node.
    private void silent(NodeView node, StateFindings findings) {
        List<LogSpan> spans = node.state().log().spans().stream()
                .filter(span -> Set.of("kubelet", "kube-proxy", "flanneld").contains(span.component()))
                .toList();
        Optional<LocalDateTime> last =
                spans.stream().flatMap(span -> at(span.last()).stream()).max(LocalDateTime::compareTo);
        for (LogSpan span : spans) {
            boolean isLatest = spans.stream()
                    .filter(other -> other.component().equals(span.component()))
                    .allMatch(other -> other.last().compareTo(span.last()) <= 0);
            Optional<LocalDateTime> end = at(span.last());
            if (isLatest
                    && end.isPresent()
                    && Duration.between(end.get(), last.get()).compareTo(SILENCE) > 0) {
                findings.addLikely(
                        this,
                        Severity.WARNING,
                        node.name(),
                        new Claim(
                                "The log of " + span.component() + " on " + node.name() + " stops at " + span.last()
                                        + ", others go on until "
                                        + STAMP.format(last.get()).substring(5),
                                "entries until the logs were collected",
                                "the last at " + span.last(),
                                "It may have ended or hang: look whether the process runs."),
                        Stream.of(new Source(span.file(), span.lastLine())));
            }
        }
    }

    /// Logs of one collection lie within a year; 2000 had every day of one.
    private static Optional<LocalDateTime> at(String time) {
        try {
            return time.length() < 14
                    ? Optional.empty()
                    : Optional.of(LocalDateTime.parse("2000-" + time.substring(0, 14), STAMP));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Source;
import hopline.flows.state.kubernetes.KubernetesEvent;
import hopline.flows.state.kubernetes.PodRun;
import hopline.flows.state.log.LogEntry;
import hopline.flows.state.log.Signal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What logs and events of the cluster say in so many words.
///
/// @param id of the rule
/// @param signals what makes it fire
record LoggedFailure(String id, String reference, Set<Signal> signals, Severity severity, String title, String advice)
        implements StateRule {

    private static final Pattern HNS_ERROR = Pattern.compile("(?i)0x(803b[0-9a-f]{4}|0*490)\\b");
    private static final Map<String, String> MEANINGS = Map.of(
            "803b000d", "policy parameters are missing or wrong",
            "803b0007", "the switch port was not found",
            "803b0014", "the endpoint is attached already",
            "803b002f", "the address is invalid or reserved",
            "490", "an element was not found");

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            Map<String, Source> seen = new LinkedHashMap<>();
            for (LogEntry entry : node.state().log().entries()) {
                if (Signal.of(entry.message()).filter(signals::contains).isPresent()) {
                    seen.putIfAbsent(cause(entry.message()), entry.source());
                }
            }
            seen.forEach((cause, source) -> add(node.name(), cause, source, findings));
        }
        for (KubernetesEvent event : view.kubernetes().events()) {
            String text = event.reason() + " " + event.message();
            if (Signal.of(text).filter(signals::contains).isPresent()) {
                add(event.host(), cause(event.message()), event.source(), findings);
            }
        }
        if (signals.contains(Signal.SANDBOX_FAILED)) {
            view.kubernetes().pods().stream()
                    .filter(pod -> pod.status().equals("ContainerCreating"))
                    .forEach(pod -> waiting(pod, findings));
        }
    }

    /// The same cause in other words each time: identifiers and addresses are left out.
    private static String cause(String message) {
        Matcher code = HNS_ERROR.matcher(message);
        if (code.find()) {
            String number = code.group(1).toLowerCase(java.util.Locale.ROOT).replaceFirst("^0+", "");
            return "HNS error 0x" + number
                    + MEANINGS.entrySet().stream()
                            .filter(entry -> entry.getKey().equals(number))
                            .map(entry -> ": " + entry.getValue())
                            .findFirst()
                            .orElse("");
        }
        String bare =
                message.replaceAll("(?i)\\b[0-9a-f]{8,}(?:-[0-9a-f]+)*\\b", "…").strip();
        return bare.length() > 160 ? bare.substring(0, 160) + "…" : bare;
    }

    private void add(String node, String cause, Source source, StateFindings findings) {
        String where = node.isEmpty() ? "" : " on " + node;
        findings.add(this, severity, node, new Claim(title + where, "", cause, advice), Stream.of(source));
    }

    /// A table says that a pod waits, not why.
    private void waiting(PodRun pod, StateFindings findings) {
        findings.addLikely(
                this,
                Severity.WARNING,
                pod.nodeName(),
                new Claim(
                        "Pod " + pod.id() + " waits for its sandbox on " + pod.nodeName(),
                        "Running",
                        "ContainerCreating",
                        "kubectl describe pod tells why; FailedCreatePodSandBox is about the network plugin."),
                List.of(pod.source()).stream());
    }
}

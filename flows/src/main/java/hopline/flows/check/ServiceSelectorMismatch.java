package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Service;
import java.util.Map;
import java.util.stream.Collectors;

/// A service whose selector matches no pod of its namespace.
final class ServiceSelectorMismatch implements StateRule {

    @Override
    public String id() {
        return "service-selector-mismatch";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        if (view.cluster().pods().isEmpty()) {
            return;
        }
        for (Service service : view.cluster().services()) {
            boolean isEmpty = !service.selector().isEmpty()
                    && ServiceWithoutEndpoints.isEmpty(view, service)
                    && ServiceWithoutEndpoints.matching(view, service).isEmpty();
            boolean sawNamespace = view.cluster().pods().stream()
                    .anyMatch(pod -> pod.namespace().equals(service.namespace()));
            if (isEmpty && sawNamespace) {
                add(view, service, findings);
            }
        }
    }

    private void add(StateView view, Service service, StateFindings findings) {
        String selector = service.selector().entrySet().stream()
                .map((Map.Entry<String, String> label) -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
        findings.add(
                this,
                Severity.WARNING,
                "",
                new Claim(
                        "Service " + service.id() + " selects " + selector + ", which no pod of its namespace has",
                        "pods with " + selector + " in " + service.namespace(),
                        "none for " + service.id(),
                        "Compare the service's selector with the labels of its pods (kubectl get pods --show-labels);"
                                + " or the pods were scaled to none."),
                view.at(service));
    }
}

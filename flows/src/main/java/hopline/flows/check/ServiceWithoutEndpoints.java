package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Backends;
import hopline.flows.state.Pod;
import hopline.flows.state.Service;
import hopline.flows.state.ServicePort;
import java.util.List;
import java.util.Optional;

/// A service that leads nowhere although pods match its selector, or that has neither selector nor endpoints.
final class ServiceWithoutEndpoints implements StateRule {

    @Override
    public String id() {
        return "service-without-endpoints";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (Service service : view.cluster().services()) {
            boolean isLeading =
                    !service.clusterIps().isEmpty() && !service.ports().isEmpty();
            if (isLeading && isEmpty(view, service)) {
                List<Pod> pods = matching(view, service);
                if (service.selector().isEmpty() || !pods.isEmpty()) {
                    add(view, service, pods, findings);
                }
            }
        }
    }

    /// The pods of its namespace that its selector chooses; none where it has no selector.
    static List<Pod> matching(StateView view, Service service) {
        if (service.selector().isEmpty()) {
            return List.of();
        }
        return view.cluster().pods().stream()
                .filter(pod -> pod.namespace().equals(service.namespace()) && !pod.isFinished())
                .filter(pod ->
                        pod.labels().entrySet().containsAll(service.selector().entrySet()))
                .toList();
    }

    /// No port of it has anything that new connections may go to; false where the lists do not say.
    static boolean isEmpty(StateView view, Service service) {
        boolean known = false;
        for (ServicePort port : service.ports()) {
            Optional<Backends> backends = view.backends(service, port);
            known |= backends.isPresent();
            if (backends.filter(of -> !of.eligible().isEmpty()).isPresent()) {
                return false;
            }
        }
        return known;
    }

    private void add(StateView view, Service service, List<Pod> pods, StateFindings findings) {
        boolean selects = !service.selector().isEmpty();
        findings.add(
                this,
                Severity.WARNING,
                "",
                new Claim(
                        "Service " + service.id() + " has no ready endpoint"
                                + (selects
                                        ? ", though " + pods.size() + " pods match its selector"
                                        : " and no selector"),
                        "ready endpoints for " + service.id(),
                        selects ? "none ready" : "no selector, no endpoints",
                        selects
                                ? "The pods are not ready: kubectl describe pod tells which probe fails, or why they do not"
                                        + " start."
                                : "Give it a selector, or endpoints by hand."),
                view.at(service));
    }
}

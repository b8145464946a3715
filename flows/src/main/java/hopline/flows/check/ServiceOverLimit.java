package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Backends;
import hopline.flows.state.Node;
import hopline.flows.state.Service;
import hopline.flows.state.ServicePort;

/// A service with more endpoints than a load balancer of Windows can hold.
final class ServiceOverLimit implements StateRule {

    private static final int MAX_ENDPOINTS = 1024;

    @Override
    public String id() {
        return "service-over-limit";
    }

    @Override
    public String reference() {
        return "F59";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        boolean anyWindows = view.nodes().stream().anyMatch(NodeView::isWindows)
                || view.cluster().nodes().stream().anyMatch(Node::isWindows);
        if (!anyWindows) {
            return;
        }
        for (Service service : view.cluster().services()) {
            for (ServicePort port : service.ports()) {
                int endpoints = view.backends(service, port)
                        .map(Backends::eligible)
                        .map(java.util.List::size)
                        .orElse(0);
                if (endpoints > MAX_ENDPOINTS) {
                    findings.add(
                            this,
                            Severity.WARNING,
                            "",
                            new Claim(
                                    "Service " + service.id() + " has " + endpoints + " endpoints, Windows nodes use "
                                            + MAX_ENDPOINTS,
                                    "at most " + MAX_ENDPOINTS,
                                    endpoints + " for " + StateView.text(port),
                                    "Split the service, or keep its clients on Linux nodes."),
                            view.at(service));
                }
            }
        }
    }
}

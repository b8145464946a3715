package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.hns.HnsEndpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A pod's endpoint that is not attached, and remote endpoints that no load balancer needs any more.
final class EndpointState implements StateRule {

    private static final List<String> STATES =
            List.of("uninitialised", "created", "attached", "attached and shared", "detached", "degraded", "destroyed");

    @Override
    public String id() {
        return "endpoint-not-attached";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            node.podEndpoints()
                    .filter(endpoint ->
                            endpoint.state().isPresent() && endpoint.state().getAsInt() != HnsEndpoint.ATTACHED_SHARING)
                    .forEach(endpoint -> add(node, endpoint, findings));
            unused(node, findings);
        }
    }

    private static String state(int number) {
        return number + (number >= 0 && number < STATES.size() ? " (" + STATES.get(number) + ")" : "");
    }

    private void add(NodeView node, HnsEndpoint endpoint, StateFindings findings) {
        int state = endpoint.state().getAsInt();
        findings.add(
                this,
                state == HnsEndpoint.ATTACHED_SHARING - 1 ? Severity.NOTE : Severity.WARNING,
                node.name(),
                new Claim(
                        "Endpoint " + endpoint.label() + " on " + node.name() + " is in state " + state(state),
                        "state " + state(HnsEndpoint.ATTACHED_SHARING),
                        "state " + state(state) + " of " + endpoint.label(),
                        "Delete the pod; its successor gets a new endpoint."),
                Stream.of(endpoint.source()));
    }

    /// In an overlay kube-proxy makes one for every cluster address.
    private static boolean isService(NodeView node, HnsEndpoint endpoint) {
        return endpoint.addresses().stream()
                .anyMatch(address -> node.view().cluster().isServiceAddress(address)
                        || node.hns().loadBalancers().stream()
                                .anyMatch(balancer -> balancer.vips().contains(address)));
    }

    private void unused(NodeView node, StateFindings findings) {
        Set<String> used = new HashSet<>();
        node.hns().loadBalancers().forEach(balancer -> used.addAll(balancer.endpoints()));
        List<HnsEndpoint> left = node.hns().endpoints().stream()
                .filter(endpoint -> endpoint.isRemote() && !used.contains(endpoint.id()) && !isService(node, endpoint))
                .toList();
        if (node.hns().listsLoadBalancers() && !used.isEmpty() && !left.isEmpty()) {
            findings.addLikely(
                    this,
                    Severity.NOTE,
                    node.name(),
                    new Claim(
                            (left.size() == 1 ? "1 remote endpoint on " : left.size() + " remote endpoints on ")
                                    + node.name()
                                    + (left.size() == 1 ? " is in no load balancer" : " are in no load balancer"),
                            "remote endpoints only for backends",
                            left.getFirst().label() + (left.size() > 1 ? " and others" : ""),
                            "Left over; harmless until one of their addresses is given to a local pod."),
                    left.stream().map(HnsEndpoint::source));
        }
    }
}

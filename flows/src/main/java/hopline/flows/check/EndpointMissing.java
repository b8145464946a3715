package hopline.flows.check;

import hopline.decode.Address;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Pod;
import hopline.flows.state.hns.HnsEndpoint;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A pod that the cluster says runs on the node, and for which HNS has no endpoint.
final class EndpointMissing implements StateRule {

    private static final int FEW = 3;

    @Override
    public String id() {
        return "endpoint-missing";
    }

    @Override
    public String reference() {
        return "F40, F41, F52";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            if (!node.hns().listsEndpoints() || !tellsAddresses(node)) {
                continue;
            }
            long collectedAt = node.state().collectedAt().orElse(Long.MAX_VALUE);
            Set<Address> local = node.hns().endpoints().stream()
                    .filter(endpoint -> !endpoint.isRemote())
                    .flatMap(endpoint -> endpoint.addresses().stream())
                    .collect(Collectors.toSet());
            List<Pod> missing = node.pods()
                    .filter(pod ->
                            pod.phase().equals("Running") && !pod.addresses().isEmpty())
                    .filter(pod -> pod.holds().from() <= collectedAt)
                    .filter(pod -> pod.addresses().stream().noneMatch(local::contains))
                    .toList();
            if (missing.size() > FEW) {
                add(node, missing, missing.size() + " running pods", findings);
            } else {
                missing.forEach(pod -> add(node, List.of(pod), "Pod " + pod.id(), findings));
            }
        }
    }

    /// The tables of `hnsdiag list` have names and identifiers only.
    private static boolean tellsAddresses(NodeView node) {
        List<HnsEndpoint> endpoints = node.hns().endpoints();
        return endpoints.isEmpty()
                || endpoints.stream().anyMatch(endpoint -> !endpoint.addresses().isEmpty());
    }

    private void add(NodeView node, List<Pod> pods, String who, StateFindings findings) {
        Address address = pods.getFirst().addresses().getFirst();
        List<HnsEndpoint> remote = node.endpointsAt(address);
        String have = pods.size() == 1 ? " has" : " have";
        findings.addByLists(
                this,
                Severity.ERROR,
                node,
                new Claim(
                        who + have + " no HNS endpoint on " + node.name(),
                        "a local endpoint with " + address,
                        remote.isEmpty() ? "none with " + address : "only a remote one",
                        "HNS lost it, when it was restarted or when kube-proxy without --hostname-override took the pod"
                                + " for one of another node: delete the pod, it gets a new endpoint."),
                Stream.of(
                                pods.stream()
                                        .flatMap(pod ->
                                                node
                                                        .view()
                                                        .kubernetes()
                                                        .place("Pod", pod.id().toString())
                                                        .stream()),
                                remote.stream().map(HnsEndpoint::source),
                                node.hnsSources())
                        .flatMap(sources -> sources));
    }
}

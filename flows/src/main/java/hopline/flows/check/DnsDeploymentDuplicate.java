package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Service;
import hopline.flows.state.kubernetes.PodRun;
import hopline.flows.state.kubernetes.Workload;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Two deployments that answer for the same DNS service, as an upgrade from kube-dns to CoreDNS leaves
/// behind.
final class DnsDeploymentDuplicate implements StateRule {

    @Override
    public String id() {
        return "dns-deployment-duplicate";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (Service service : view.dnsServices()) {
            Map<String, List<hopline.flows.state.Source>> makers = new TreeMap<>();
            for (Workload workload : view.kubernetes().workloads()) {
                boolean isDns = workload.id().namespace().equals(service.namespace())
                        && workload.labels()
                                .entrySet()
                                .containsAll(service.selector().entrySet())
                        && workload.replicas() != 0;
                if (isDns && !service.selector().isEmpty()) {
                    makers.putIfAbsent(workload.kind() + "/" + workload.id().name(), List.of(workload.source()));
                }
            }
            if (makers.isEmpty()) {
                ofPods(view, service, makers);
            }
            if (makers.size() > 1) {
                add(service, makers, findings);
            }
        }
    }

    /// Replica sets are named after their deployment, with a hash behind.
    private static void ofPods(StateView view, Service service, Map<String, List<hopline.flows.state.Source>> makers) {
        for (PodRun pod : view.kubernetes().pods()) {
            boolean isDns = pod.id().namespace().equals(service.namespace())
                    && !service.selector().isEmpty()
                    && pod.labels().entrySet().containsAll(service.selector().entrySet())
                    && !pod.owner().isEmpty();
            if (isDns) {
                String maker = pod.owner().replaceFirst("^ReplicaSet/(.*)-[a-z0-9]{6,10}$", "Deployment/$1");
                makers.putIfAbsent(maker, List.of(pod.source()));
            }
        }
    }

    private void add(Service service, Map<String, List<hopline.flows.state.Source>> makers, StateFindings findings) {
        findings.add(
                this,
                Severity.WARNING,
                "",
                new Claim(
                        "Service " + service.id() + " is answered by " + makers.size() + " deployments",
                        "one deployment",
                        String.join(", ", makers.keySet()),
                        "Their answers may differ: remove the one that is left over."),
                makers.values().stream().flatMap(List::stream));
    }
}

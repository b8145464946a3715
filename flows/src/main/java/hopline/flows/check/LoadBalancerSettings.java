package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.hns.HnsLoadBalancer;
import java.util.List;
import java.util.stream.Stream;

/// A load balancer that HNS says it has not applied, or cluster addresses without DSR beside others that have
/// it.
final class LoadBalancerSettings implements StateRule {

    @Override
    public String id() {
        return "load-balancer-not-applied";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            for (HnsLoadBalancer balancer : node.hns().loadBalancers()) {
                if (balancer.state().isPresent() && balancer.state().getAsInt() != HnsLoadBalancer.APPLIED) {
                    notApplied(node, balancer, findings);
                }
            }
            mixedDsr(node, findings);
        }
    }

    private static String vip(HnsLoadBalancer balancer) {
        return balancer.vips().isEmpty()
                ? "a node port"
                : balancer.vips().getFirst().toString();
    }

    private void notApplied(NodeView node, HnsLoadBalancer balancer, StateFindings findings) {
        findings.add(
                this,
                Severity.ERROR,
                node.name(),
                new Claim(
                        "HNS has not applied the load balancer for " + vip(balancer) + " on " + node.name(),
                        "state " + HnsLoadBalancer.APPLIED,
                        "state " + balancer.state().getAsInt() + " of load balancer " + balancer.id(),
                        "Restart-Service -f HNS, then restart kube-proxy."),
                Stream.of(balancer.source()));
    }

    /// kube-proxy uses DSR for all cluster addresses or for none.
    private void mixedDsr(NodeView node, StateFindings findings) {
        List<HnsLoadBalancer> plain = node.hns().loadBalancers().stream()
                .filter(balancer -> !balancer.vips().isEmpty()
                        && balancer.isDsr().filter(dsr -> !dsr).isPresent())
                .filter(balancer -> node.serviceOf(balancer)
                        .filter(service -> balancer.vips().stream().anyMatch(service.clusterIps()::contains))
                        .isPresent())
                .toList();
        boolean anyDsr = node.hns().loadBalancers().stream()
                .anyMatch(balancer ->
                        !balancer.vips().isEmpty() && balancer.isDsr().orElse(false));
        if (anyDsr && !plain.isEmpty()) {
            findings.addLikely(
                    this,
                    Severity.WARNING,
                    node.name(),
                    new Claim(
                            (plain.size() == 1 ? "1 cluster address has" : plain.size() + " cluster addresses have")
                                    + " no DSR on " + node.name() + ", others have",
                            "DSR for all cluster addresses",
                            "none for " + vip(plain.getFirst()),
                            "Left over from before DSR was enabled: restart kube-proxy with --enable-dsr."),
                    plain.stream().map(HnsLoadBalancer::source));
        }
    }
}

package hopline.flows.check;

import hopline.decode.Address;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsLoadBalancer;
import hopline.flows.state.hns.HnsNetwork;
import java.util.Optional;
import java.util.stream.Stream;

/// An overlay's source VIP that no endpoint of the node has, or that hides the node where the node must
/// answer itself.
final class SourceVipWrong implements StateRule {

    @Override
    public String id() {
        return "source-vip-wrong";
    }

    @Override
    public String reference() {
        return "F24, F25";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            Optional<HnsNetwork> overlay = node.overlay();
            if (overlay.isEmpty()) {
                continue;
            }
            for (HnsLoadBalancer balancer : node.hns().loadBalancers()) {
                balancer.sourceVip().ifPresent(vip -> check(node, overlay.get(), balancer, vip, findings));
            }
        }
    }

    private void check(
            NodeView node, HnsNetwork overlay, HnsLoadBalancer balancer, Address vip, StateFindings findings) {
        if (node.isOwnAddress(vip)) {
            return;
        }
        if (node.hns().listsEndpoints() && !isLocal(node, vip)) {
            nobodys(node, overlay, balancer, vip, findings);
        } else if (leadsToNode(node, balancer)) {
            notNodes(node, balancer, vip, findings);
        }
    }

    private static boolean isLocal(NodeView node, Address vip) {
        return node.endpointsAt(vip).stream().anyMatch(endpoint -> !endpoint.isRemote());
    }

    private void nobodys(
            NodeView node, HnsNetwork overlay, HnsLoadBalancer balancer, Address vip, StateFindings findings) {
        String outside = overlay.contains(vip) ? "" : " and is outside its pods' range";
        String range = overlay.subnets().stream()
                .findFirst()
                .map(subnet -> subnet.prefix().toString())
                .orElse(overlay.name());
        Claim claim = new Claim(
                "The source VIP " + vip + " of " + node.name() + " belongs to no endpoint" + outside
                        + ": replies to it are lost",
                "the address of a local endpoint in " + range,
                vip.toString(),
                "The node got another range since: delete SourceVip*.json and SourceVipRequest.json, then restart the"
                        + " scripts that start kube-proxy.");
        findings.add(this, Severity.ERROR, node.name(), claim, Stream.of(balancer.source(), overlay.source()));
    }

    private void notNodes(NodeView node, HnsLoadBalancer balancer, Address vip, StateFindings findings) {
        String what = balancer.vips().isEmpty()
                ? balancer.id()
                : balancer.vips().getFirst().toString();
        Claim claim = new Claim(
                "The load balancer for " + what + " leads to a node, but its source is the source VIP " + vip,
                "the node's own address as source",
                "source VIP " + vip,
                "A node cannot answer a pod's address outside the tunnel. Kubernetes 1.18 and later choose rightly:"
                        + " upgrade kube-proxy.");
        findings.add(this, Severity.ERROR, node.name(), claim, Stream.of(balancer.source()));
    }

    private static boolean leadsToNode(NodeView node, HnsLoadBalancer balancer) {
        return balancer.endpoints().stream()
                .flatMap(id -> Optional.ofNullable(node.hns().endpointsById().get(id)).stream())
                .filter(HnsEndpoint::isRemote)
                .flatMap(endpoint -> endpoint.addresses().stream())
                .anyMatch(address -> node.view().cluster().node(address).isPresent());
    }
}

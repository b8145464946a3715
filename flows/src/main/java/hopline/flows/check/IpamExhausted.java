package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.log.Signal;
import java.util.Set;
import java.util.stream.Stream;

/// No address is left for another pod: a log says so, or the endpoints fill the range.
final class IpamExhausted implements StateRule {

    /// The network's own, the gateways', the host's, broadcast.
    private static final int RESERVED = 4;

    private static final int MAX_BITS = 16;

    private final LoggedFailure logged = new LoggedFailure(
            id(),
            reference(),
            Set.of(Signal.IPAM_EXHAUSTED),
            Severity.ERROR,
            "No address is left for another pod",
            "Delete what is left over of pods that are gone (host-local keeps a file for each address), or give the node"
                    + " a larger range.");

    @Override
    public String id() {
        return "ipam-exhausted";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        logged.check(view, findings);
        for (NodeView node : view.nodes()) {
            node.podNetworks()
                    .forEach(network -> network.subnets().forEach(subnet -> check(node, network, subnet, findings)));
        }
    }

    private void check(NodeView node, HnsNetwork network, HnsNetwork.Subnet subnet, StateFindings findings) {
        int bits = 32 - subnet.prefix().length();
        if (!subnet.prefix().prefix().isIpv4() || bits > MAX_BITS || bits < 3) {
            return;
        }
        long used = node.hns().endpoints().stream()
                .filter(node.hns()::isPod)
                .flatMap(endpoint -> endpoint.addresses().stream())
                .filter(subnet.prefix()::contains)
                .distinct()
                .count();
        long available = (1L << bits) - RESERVED;
        if (used >= available) {
            findings.add(
                    this,
                    Severity.ERROR,
                    node.name(),
                    new Claim(
                            "All addresses of " + subnet.prefix() + " are taken on " + node.name(),
                            "addresses for new pods",
                            used + " of " + available + " taken",
                            "Give the node a larger range, or run fewer pods there."),
                    Stream.of(network.source()));
        }
    }
}

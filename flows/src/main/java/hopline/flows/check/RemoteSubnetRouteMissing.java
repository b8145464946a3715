package hopline.flows.check;

import hopline.decode.Address;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Cidr;
import hopline.flows.state.Node;
import hopline.flows.state.Source;
import hopline.flows.state.hns.HnsNetwork;
import java.util.stream.Stream;

/// A node whose pods this node's overlay does not know how to reach.
final class RemoteSubnetRouteMissing implements StateRule {

    @Override
    public String id() {
        return "remote-subnet-route-missing";
    }

    @Override
    public String reference() {
        return "F08";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            node.overlay().ifPresent(overlay -> {
                node.others()
                        .filter(other -> isFlannels(other, overlay))
                        .forEach(other -> ofCluster(node, overlay, other, findings));
                view.nodes().stream()
                        .filter(other -> !other.name().equals(node.name()))
                        .filter(other -> other.node().isEmpty() || node.node().isEmpty())
                        .forEach(other -> other.overlay()
                                .filter(far -> far.name().equals(overlay.name()))
                                .ifPresent(far -> ofNode(node, overlay, other, far, findings)));
            });
        }
    }

    /// Calico gives its nodes blocks of its own, which the lists do not say.
    private static boolean isFlannels(Node other, HnsNetwork overlay) {
        return other.backend().filter("vxlan"::equals).isPresent()
                || overlay.remoteSubnets().stream()
                        .anyMatch(remote -> other.podCidrs().contains(remote.prefix()));
    }

    private void ofCluster(NodeView node, HnsNetwork overlay, Node other, StateFindings findings) {
        for (Cidr cidr : other.podCidrs()) {
            if (cidr.prefix().isIpv4()) {
                String address = other.internalAddresses().stream()
                        .findFirst()
                        .map(Address::toString)
                        .orElse(other.name());
                check(node, overlay, cidr, other.name(), address, node.view().at(other), findings);
            }
        }
    }

    private void ofNode(NodeView node, HnsNetwork overlay, NodeView other, HnsNetwork far, StateFindings findings) {
        String address = far.managementIp().map(Address::toString).orElse(other.name());
        far.subnets().stream()
                .filter(subnet -> subnet.prefix().prefix().isIpv4())
                .forEach(subnet -> check(
                        node, overlay, subnet.prefix(), other.name(), address, Stream.of(far.source()), findings));
    }

    private void check(
            NodeView node,
            HnsNetwork overlay,
            Cidr cidr,
            String other,
            String address,
            Stream<Source> where,
            StateFindings findings) {
        boolean isKnown = overlay.remoteSubnets().stream()
                .anyMatch(remote -> remote.prefix().contains(cidr.prefix())
                        && remote.prefix().length() <= cidr.length());
        if (!isKnown) {
            findings.add(
                    this,
                    Severity.ERROR,
                    node.name(),
                    new Claim(
                            node.name() + " has no route to the pods of " + other + ", " + cidr,
                            "a RemoteSubnetRoute for " + cidr + " through " + address,
                            "none",
                            "Restart flanneld on " + node.name() + "; when it stays away, recreate the HNS network."),
                    Stream.concat(Stream.of(overlay.source()), where));
        }
    }
}

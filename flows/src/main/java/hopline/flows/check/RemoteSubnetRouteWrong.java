package hopline.flows.check;

import hopline.decode.Address;
import hopline.decode.MacAddress;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Cidr;
import hopline.flows.state.Node;
import hopline.flows.state.Source;
import hopline.flows.state.Vtep;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.hns.HnsNetwork.RemoteSubnet;
import hopline.flows.state.vfp.VfpRule;
import java.util.Optional;
import java.util.stream.Stream;

/// A tunnel that leads to a node which does not have those pods.
final class RemoteSubnetRouteWrong implements StateRule {

    @Override
    public String id() {
        return "remote-subnet-route-wrong";
    }

    @Override
    public String reference() {
        return "F11";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            for (HnsNetwork network : node.podNetworks().toList()) {
                for (RemoteSubnet remote : network.remoteSubnets()) {
                    remote.provider().ifPresent(provider -> check(node, remote, provider, findings));
                    vfp(node, remote, findings);
                }
            }
            if (!node.state().linux().forwardingEntries().isEmpty()) {
                TunnelEnds ends = new TunnelEnds(node);
                ends.wrong().forEach(wrong -> forwarding(node, ends, wrong, findings));
            }
        }
    }

    private void check(NodeView node, RemoteSubnet remote, Address provider, StateFindings findings) {
        Optional<Node> owner = node.view().cluster().nodes().stream()
                .filter(other -> other.podCidrs().contains(remote.prefix()))
                .findFirst();
        if (owner.isPresent() && !has(owner.get(), provider)) {
            String expected = owner.get().internalAddresses().stream()
                    .findFirst()
                    .map(Address::toString)
                    .orElse(owner.get().name());
            add(
                    node,
                    remote,
                    provider,
                    expected,
                    owner.get().name(),
                    node.view().at(owner.get()),
                    findings);
        }
        for (NodeView other : node.view().nodes()) {
            Optional<HnsNetwork> far = other.overlay().filter(network -> network.subnets().stream()
                    .anyMatch(subnet -> subnet.prefix().equals(remote.prefix())));
            Optional<Address> management = far.flatMap(HnsNetwork::managementIp);
            if (owner.isEmpty() && management.isPresent() && !management.get().equals(provider)) {
                Stream<Source> where = far.stream().map(HnsNetwork::source);
                add(node, remote, provider, management.get().toString(), other.name(), where, findings);
            }
        }
    }

    private static boolean has(Node owner, Address address) {
        return owner.internalAddresses().contains(address)
                || owner.otherAddresses().contains(address)
                || owner.vtep().flatMap(Vtep::underlay).filter(address::equals).isPresent();
    }

    private void add(
            NodeView node,
            RemoteSubnet remote,
            Address provider,
            String expected,
            String owner,
            Stream<Source> where,
            StateFindings findings) {
        findings.add(
                this,
                Severity.ERROR,
                node.name(),
                new Claim(
                        node.name() + " sends packets for " + remote.prefix() + " to " + provider
                                + ", but these pods are on " + owner,
                        expected,
                        provider.toString(),
                        "A lease from before the node joined anew: restart flanneld on " + node.name()
                                + ", and delete SourceVip*.json where a node got another range."),
                Stream.concat(Stream.of(remote.source()), where));
    }

    private void forwarding(NodeView node, TunnelEnds ends, TunnelEnds.Wrong wrong, StateFindings findings) {
        String mac = MacAddress.text(wrong.entry().mac());
        Claim claim = new Claim(
                node.name() + " sends packets for "
                        + wrong.pods().map(Cidr::toString).orElse(mac) + " to " + wrong.end() + ", but "
                        + (wrong.pods().isPresent() ? "these pods are on " : "that is ") + wrong.owner(),
                ends.expected(wrong.owner()),
                wrong.end().toString(),
                "Restart flanneld or Calico on " + node.name() + "; bridge fdb show dev "
                        + wrong.entry().device() + " tells where " + mac + " leads then.");
        Stream<Source> where = Stream.concat(Stream.of(wrong.entry().source()), ends.at(wrong.owner()));
        if (wrong.certain()) {
            findings.add(this, Severity.ERROR, node.name(), claim, where);
        } else {
            findings.addLikely(this, Severity.ERROR, node.name(), claim, where);
        }
    }

    /// What VFP does against what HNS wants.
    private void vfp(NodeView node, RemoteSubnet remote, StateFindings findings) {
        for (VfpRule rule : node.state().vfp().rules()) {
            boolean isThis = rule.isEncapsulating()
                    && rule.condition("destination ip")
                            .startsWith(remote.prefix().prefix() + "-");
            for (VfpRule.Encap encap : rule.encaps()) {
                boolean differs = isThis
                        && encap.address().isPresent()
                        && remote.provider().isPresent()
                        && !encap.address().equals(remote.provider());
                if (differs) {
                    findings.add(
                            this,
                            Severity.ERROR,
                            node.name(),
                            new Claim(
                                    "VFP on " + node.name() + " sends packets for " + remote.prefix()
                                            + " elsewhere than HNS says",
                                    remote.provider().get().toString(),
                                    encap.address().get().toString(),
                                    "Restart-Service -f HNS, then restart flanneld."),
                            Stream.of(rule.source(), remote.source()));
                }
            }
        }
    }
}

package hopline.flows.check;

import hopline.decode.Address;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Node;
import hopline.flows.state.hns.HnsNetwork;
import java.util.Optional;
import java.util.stream.Stream;

/// A network that HNS has tied to the wrong adapter, or to one without an address.
final class ManagementIpInvalid implements StateRule {

    /// What VirtualBox gives the adapter of every machine that it connects by translation.
    private static final Address VIRTUALBOX = Address.of("10.0.2.15");

    @Override
    public String id() {
        return "management-ip-invalid";
    }

    @Override
    public String reference() {
        return "F10, F45";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            for (HnsNetwork network : node.podNetworks().toList()) {
                network.managementIp().ifPresent(address -> check(node, network, address, findings));
            }
        }
    }

    private void check(NodeView node, HnsNetwork network, Address address, StateFindings findings) {
        Optional<Node> named =
                node.node().filter(known -> !known.internalAddresses().isEmpty());
        if (address.isLinkLocal()) {
            add(node, network, address, "no address from DHCP", "an address of the node's network", true, findings);
        } else if (named.isPresent()
                && !node.node().get().internalAddresses().contains(address)
                && !named.get().otherAddresses().contains(address)) {
            String expected = named.get().internalAddresses().getFirst().toString();
            add(node, network, address, "another adapter's address", expected, true, findings);
        } else if (named.isEmpty() && address.equals(VIRTUALBOX)) {
            String peers = network.remoteSubnets().stream()
                    .flatMap(remote -> remote.provider().stream())
                    .findFirst()
                    .map(peer -> "an address that " + peer + " reaches")
                    .orElse("an address that other nodes reach");
            add(node, network, address, "the address that VirtualBox gives every machine", peers, false, findings);
        } else {
            shared(node, network, address, findings);
        }
    }

    private void shared(NodeView node, HnsNetwork network, Address address, StateFindings findings) {
        for (NodeView other : node.view().nodes()) {
            boolean isShared = !other.name().equals(node.name())
                    && other.podNetworks().anyMatch(far -> far.managementIp().equals(Optional.of(address)));
            if (isShared) {
                add(
                        node,
                        network,
                        address,
                        "the address that " + other.name() + " has, too",
                        "its own",
                        true,
                        findings);
            }
        }
    }

    private void add(
            NodeView node,
            HnsNetwork network,
            Address address,
            String why,
            String expected,
            boolean certain,
            StateFindings findings) {
        Claim claim = new Claim(
                "Network " + network.name() + " of " + node.name() + " is tied to " + address + ", " + why,
                expected,
                address.toString(),
                address.isLinkLocal()
                        ? "HNS made the network before the adapter had an address: remove the network, restart the"
                                + " plugin or the node."
                        : "Tell the plugin which adapter to use (Calico: VXLAN_ADAPTER, flannel: --iface), and recreate"
                                + " the network.");
        Stream<hopline.flows.state.Source> where =
                Stream.concat(Stream.of(network.source()), node.node().stream().flatMap(node.view()::at));
        if (certain) {
            findings.add(this, Severity.ERROR, node.name(), claim, where);
        } else {
            findings.addLikely(this, Severity.ERROR, node.name(), claim, where);
        }
    }
}

package hopline.flows.check;

import hopline.decode.Address;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.host.HostInterface;
import java.util.Optional;
import java.util.stream.Stream;

/// A pod that sends what leaves it to an address that nobody answers for.
///
/// In an overlay the gateway is the subnet's own, `.1`; on a bridge it is the host's leg, `cbr0_ep` or
/// `Calico_ep`, which has `.2`.
final class GatewayAddressWrong implements StateRule {

    @Override
    public String id() {
        return "gateway-address-wrong";
    }

    @Override
    public String reference() {
        return "F42";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            for (HnsEndpoint endpoint : node.podEndpoints().toList()) {
                Optional<HnsNetwork> network = node.networkOf(endpoint);
                Optional<Address> due = network.flatMap(of -> due(node, of, endpoint));
                if (due.isPresent()
                        && endpoint.gateway().isPresent()
                        && !endpoint.gateway().equals(due)) {
                    String what = "Endpoint " + endpoint.label();
                    Stream<hopline.flows.state.Source> where =
                            Stream.of(endpoint.source(), network.get().source());
                    add(node, what, network.get(), endpoint.gateway().get(), due.get(), where, findings);
                }
            }
            for (HostInterface at : node.state().host().interfaces()) {
                compartment(node, at, findings);
            }
        }
    }

    private static Optional<Address> due(NodeView node, HnsNetwork network, HnsEndpoint endpoint) {
        if (network.isOverlay()) {
            return network.subnets().stream()
                    .filter(subnet -> endpoint.addresses().stream().anyMatch(subnet.prefix()::contains))
                    .flatMap(subnet -> subnet.gateway().stream())
                    .findFirst();
        }
        return node.hns().endpoints().stream()
                .filter(HnsEndpoint::isHostGateway)
                .filter(gateway -> node.networkOf(gateway).equals(Optional.of(network)))
                .flatMap(gateway -> gateway.addresses().stream())
                .filter(Address::isIpv4)
                .findFirst();
    }

    /// What the pod itself was given, against what its network has, or what HNS thinks it was given.
    private void compartment(NodeView node, HostInterface at, StateFindings findings) {
        if (at.compartment() < 2 || at.gateways().isEmpty()) {
            return;
        }
        node.podEndpoints()
                .filter(endpoint -> endpoint.addresses().stream().anyMatch(at.addresses()::contains))
                .forEach(endpoint -> node.networkOf(endpoint)
                        .ifPresent(network -> compartment(node, at, endpoint, network, findings)));
    }

    private void compartment(
            NodeView node, HostInterface at, HnsEndpoint endpoint, HnsNetwork network, StateFindings findings) {
        Optional<Address> due = due(node, network, endpoint).or(endpoint::gateway);
        if (due.isPresent() && !at.gateways().contains(due.get())) {
            add(
                    node,
                    "Compartment " + at.compartment(),
                    network,
                    at.gateways().getFirst(),
                    due.get(),
                    Stream.of(at.source(), endpoint.source()),
                    findings);
        }
    }

    private void add(
            NodeView node,
            String what,
            HnsNetwork network,
            Address found,
            Address due,
            Stream<hopline.flows.state.Source> where,
            StateFindings findings) {
        findings.add(
                this,
                Severity.ERROR,
                node.name(),
                new Claim(
                        what + " on " + node.name() + " has the gateway " + found + ", on " + network.type()
                                + " network " + network.name() + " it is " + due,
                        due.toString(),
                        found.toString(),
                        "The plugin does not fit the network: win-bridge with flannel's host-gw uses .2, win-overlay .1."
                                + " Correct the CNI configuration and recreate the pods."),
                where);
    }
}

package hopline.flows.check;

import hopline.decode.Address;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.hns.HnsEndpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Two endpoints with one address, or two with the name that only the host's leg has.
final class DuplicateEndpoint implements StateRule {

    @Override
    public String id() {
        return "duplicate-endpoint";
    }

    @Override
    public String reference() {
        return "F20, F26";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            Map<Address, List<HnsEndpoint>> byAddress = new TreeMap<>();
            Map<String, List<HnsEndpoint>> gateways = new HashMap<>();
            for (HnsEndpoint endpoint : node.hns().endpoints()) {
                if (endpoint.addresses().isEmpty() && !endpoint.isHostGateway()) {
                    continue;
                }
                endpoint.addresses().forEach(address -> byAddress
                        .computeIfAbsent(address, key -> new ArrayList<>())
                        .add(endpoint));
                if (endpoint.isHostGateway()) {
                    gateways.computeIfAbsent(endpoint.name(), name -> new ArrayList<>())
                            .add(endpoint);
                }
            }
            byAddress.forEach((address, endpoints) -> addresses(node, address, endpoints, findings));
            gateways.forEach((name, endpoints) -> names(node, name, endpoints, findings));
        }
    }

    private void addresses(NodeView node, Address address, List<HnsEndpoint> endpoints, StateFindings findings) {
        boolean sameNetwork =
                endpoints.stream().map(HnsEndpoint::network).distinct().count() == 1;
        if (endpoints.size() < 2
                || !sameNetwork
                || endpoints.stream().map(HnsEndpoint::id).distinct().count() < 2) {
            return;
        }
        boolean mixed = endpoints.stream().anyMatch(HnsEndpoint::isRemote)
                && endpoints.stream().anyMatch(endpoint -> !endpoint.isRemote());
        String found = String.join(
                " and ",
                endpoints.stream()
                        .map(endpoint -> (endpoint.isRemote() ? "remote " : "local ") + endpoint.label())
                        .toList());
        findings.add(
                this,
                Severity.ERROR,
                node.name(),
                new Claim(
                        "HNS on " + node.name() + " has " + endpoints.size() + " endpoints with the address " + address
                                + (mixed ? ", one local and one remote" : ""),
                        "one endpoint for " + address,
                        found,
                        mixed
                                ? "The remote one is left over from another node's pod, and traffic for the local pod leaves"
                                        + " the node: delete it (Get-HnsEndpoint | ? ID -eq … | Remove-HnsEndpoint)."
                                : "Delete the one that no container uses, then restart the plugin."),
                endpoints.stream().map(HnsEndpoint::source));
    }

    private void names(NodeView node, String name, List<HnsEndpoint> endpoints, StateFindings findings) {
        if (endpoints.stream().map(HnsEndpoint::id).distinct().count() > 1) {
            findings.add(
                    this,
                    Severity.ERROR,
                    node.name(),
                    new Claim(
                            "HNS on " + node.name() + " has " + endpoints.size() + " endpoints named " + name,
                            "one " + name,
                            String.join(
                                    ", ",
                                    endpoints.stream().map(HnsEndpoint::id).toList()),
                            "The source of service traffic changes between them and replies are lost: delete the"
                                    + " newer one and restart the plugin."),
                    endpoints.stream().map(HnsEndpoint::source));
        }
    }
}

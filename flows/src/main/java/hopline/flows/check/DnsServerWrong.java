package hopline.flows.check;

import hopline.decode.Address;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.AddressText;
import hopline.flows.state.Cidr;
import hopline.flows.state.Service;
import hopline.flows.state.Source;
import hopline.flows.state.cni.CniConfig;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsLoadBalancer;
import hopline.flows.state.host.HostInterface;
import hopline.flows.state.text.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Pods that are told to ask a server which is not the cluster's DNS service.
final class DnsServerWrong implements StateRule {

    private static final int DNS_PORT = 53;

    /// Where NodeLocal DNSCache listens.
    private static final Cidr NODE_LOCAL = Cidr.parse("169.254.20.0/24").orElseThrow();

    @Override
    public String id() {
        return "dns-server-wrong";
    }

    @Override
    public String reference() {
        return "F23";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            Set<Address> servers = servers(node);
            if (servers.isEmpty()) {
                continue;
            }
            Stream<Source> services = view.dnsServices().stream().flatMap(view::at);
            List<Source> where = services.toList();
            for (HnsEndpoint endpoint : node.podEndpoints().toList()) {
                List<String> said = endpoint.dnsServers();
                check(node, "Endpoint " + endpoint.label(), said, servers, endpoint.source(), where, findings);
            }
            for (HostInterface at : node.state().host().interfaces()) {
                if (at.compartment() > 1) {
                    List<String> said =
                            at.dnsServers().stream().map(Address::toString).toList();
                    check(node, "Compartment " + at.compartment(), said, servers, at.source(), where, findings);
                }
            }
            for (CniConfig config : node.state().cni().configs()) {
                List<String> said =
                        config.nameservers().stream().map(Written::text).toList();
                Source first = config.nameservers().isEmpty()
                        ? config.source()
                        : config.nameservers().getFirst().source();
                check(node, "The CNI configuration " + config.name(), said, servers, first, where, findings);
            }
        }
    }

    /// The cluster's, by its lists or else by what HNS balances on port 53.
    private static Set<Address> servers(NodeView node) {
        Set<Address> servers = new TreeSet<>();
        for (Service service : node.view().dnsServices()) {
            servers.addAll(service.clusterIps());
        }
        if (servers.isEmpty()) {
            for (HnsLoadBalancer balancer : node.hns().loadBalancers()) {
                if (balancer.ports().stream().anyMatch(port -> port.external() == DNS_PORT)) {
                    servers.addAll(balancer.vips());
                }
            }
        }
        return servers;
    }

    private void check(
            NodeView node,
            String what,
            List<String> said,
            Set<Address> servers,
            Source source,
            List<Source> where,
            StateFindings findings) {
        List<Address> asked = new ArrayList<>();
        said.forEach(text -> AddressText.parse(text).ifPresent(asked::add));
        boolean isRight =
                asked.isEmpty() || asked.stream().anyMatch(one -> servers.contains(one) || NODE_LOCAL.contains(one));
        if (!isRight) {
            String expected = servers.stream().map(Address::toString).collect(Collectors.joining(" or "));
            Optional<Address> first = asked.stream().findFirst();
            findings.add(
                    this,
                    Severity.ERROR,
                    node.name(),
                    new Claim(
                            what + " on " + node.name() + " asks " + first.get()
                                    + " for names, not the cluster's DNS service",
                            expected,
                            String.join(", ", said),
                            "Correct Nameservers in the CNI configuration and --cluster-dns of the kubelet, and recreate"
                                    + " the pods. A pod with a dnsPolicy of its own may be meant so."),
                    Stream.concat(Stream.of(source), where.stream()));
        }
    }
}

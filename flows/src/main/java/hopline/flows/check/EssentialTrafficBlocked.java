package hopline.flows.check;

import hopline.decode.Address;
import hopline.decode.IpProtocol;
import hopline.flows.check.AccessRule.Opening;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Backend;
import hopline.flows.state.ContainerPort;
import hopline.flows.state.Node;
import hopline.flows.state.Pod;
import hopline.flows.state.Service;
import hopline.flows.state.ServicePort;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.kubernetes.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An ACL at a pod's port that blocks what hardly any pod can do without: DNS, and the kubelet's probes; or, where
/// no ACL was seen, policies that do not let DNS out; or a node's firewall that blocks tunnels or the kubelet. Other
/// blocking is what policies are for.
final class EssentialTrafficBlocked implements StateRule {

    private static final Address ANYONE = Address.of("0.0.0.0");
    private static final int KUBELET_PORT = 10250;
    private static final int VXLAN_PORT = 4789;

    @Override
    public String id() {
        return "essential-traffic-blocked";
    }

    @Override
    public String reference() {
        return "F14, F35";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            firewall(node, findings);
            node.podEndpoints().forEach(endpoint -> {
                List<AccessRule> rules = AccessRule.of(node, endpoint);
                if (rules.stream().anyMatch(AccessRule::blocks)) {
                    dns(node, endpoint, rules, findings);
                    probes(node, endpoint, rules, findings);
                }
            });
        }
        new DnsNotPermitted(view).check(this, findings);
    }

    private void firewall(NodeView node, StateFindings findings) {
        List<AccessRule> rules = node.state().host().firewallRules().stream()
                .filter(rule -> rule.isEnabled() && !rule.isNarrow())
                .map(AccessRule::of)
                .filter(AccessRule::blocks)
                .toList();
        node.overlay()
                .ifPresent(overlay -> firewall(
                        node,
                        rules,
                        others(node),
                        IpProtocol.UDP,
                        overlay.vxlanPort().orElse(VXLAN_PORT),
                        "what other nodes' tunnels bring",
                        findings));
        firewall(node, rules, List.of(ANYONE), IpProtocol.TCP, KUBELET_PORT, "connections to its kubelet", findings);
    }

    /// The nodes that tunnels come from; where none is listed, only what blocks anyone blocks them surely.
    private static List<Address> others(NodeView node) {
        List<Address> others = node.view().cluster().nodes().stream()
                .filter(other -> !other.name().equals(node.name()))
                .flatMap(other -> other.internalAddresses().stream())
                .filter(Address::isIpv4)
                .toList();
        return others.isEmpty() ? List.of(ANYONE) : others;
    }

    private void firewall(
            NodeView node,
            List<AccessRule> rules,
            List<Address> peers,
            int protocol,
            int port,
            String what,
            StateFindings findings) {
        String shown = port + "/" + IpProtocol.name(protocol);
        peers.stream()
                .flatMap(peer -> AccessRule.blocking(rules, new Opening(false, protocol, peer, port)).stream())
                .findFirst()
                .ifPresent(rule -> findings.addLikely(
                        this,
                        Severity.ERROR,
                        node.name(),
                        new Claim(
                                "The firewall of " + node.name() + " blocks " + what + ": " + rule.name(),
                                shown + " may come in",
                                rule.name() + " blocks " + shown,
                                "Disable the rule, or narrow it down: where something blocks, no rule that allows helps."),
                        Stream.of(rule.source())));
    }

    /// Blocked are both the service's address and every server behind it: VFP may ask before it translates, or
    /// after.
    private void dns(NodeView node, HnsEndpoint endpoint, List<AccessRule> rules, StateFindings findings) {
        for (Service service : node.view().dnsServices()) {
            for (ServicePort port : service.ports()) {
                List<Opening> openings = openings(node, service, port);
                List<AccessRule> blocking = blocking(rules, openings);
                if (port.protocol() == IpProtocol.UDP && !openings.isEmpty() && blocking.size() == openings.size()) {
                    add(
                            node,
                            endpoint,
                            blocking.getFirst(),
                            name(node, endpoint) + " cannot ask DNS: "
                                    + blocking.getFirst().name() + " blocks it",
                            "questions to " + service.id() + ", port " + StateView.text(port) + ", may pass",
                            findings);
                }
            }
        }
    }

    private static List<Opening> openings(NodeView node, Service service, ServicePort port) {
        List<Opening> openings = new ArrayList<>();
        service.clusterIps().forEach(vip -> openings.add(new Opening(true, port.protocol(), vip, port.port())));
        node.view().backends(service, port).stream()
                .flatMap(backends -> backends.all().stream())
                .map(Backend::endpoint)
                .forEach(server -> openings.add(new Opening(true, port.protocol(), server.address(), server.port())));
        return openings;
    }

    private static List<AccessRule> blocking(List<AccessRule> rules, List<Opening> openings) {
        return openings.stream()
                .flatMap(opening -> AccessRule.blocking(rules, opening).stream())
                .toList();
    }

    private void probes(NodeView node, HnsEndpoint endpoint, List<AccessRule> rules, StateFindings findings) {
        Optional<Pod> pod = pod(node, endpoint);
        Optional<Address> kubelet = kubelet(node);
        if (pod.isEmpty() || kubelet.isEmpty() || pod.get().ports().isEmpty()) {
            return;
        }
        List<Opening> openings = pod.get().ports().stream()
                .filter(port -> port.protocol() == IpProtocol.TCP)
                .map(ContainerPort::port)
                .map(port -> new Opening(false, IpProtocol.TCP, kubelet.get(), port))
                .toList();
        List<AccessRule> blocking = blocking(rules, openings);
        if (!openings.isEmpty() && blocking.size() == openings.size()) {
            add(
                    node,
                    endpoint,
                    blocking.getFirst(),
                    "The kubelet cannot probe " + name(node, endpoint) + ": "
                            + blocking.getFirst().name() + " blocks it",
                    "connections from " + kubelet.get() + " to its ports may pass",
                    findings);
        }
    }

    private static Optional<Pod> pod(NodeView node, HnsEndpoint endpoint) {
        return node.pods()
                .filter(pod -> pod.addresses().stream().anyMatch(endpoint.addresses()::contains))
                .findFirst();
    }

    private static String name(NodeView node, HnsEndpoint endpoint) {
        return pod(node, endpoint).map(pod -> pod.id().toString()).orElse(endpoint.label());
    }

    private static Optional<Address> kubelet(NodeView node) {
        return node.node().stream()
                .map(Node::internalAddresses)
                .flatMap(List::stream)
                .findFirst()
                .or(() -> node.podNetworks()
                        .map(HnsNetwork::managementIp)
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private void add(
            NodeView node,
            HnsEndpoint endpoint,
            AccessRule rule,
            String title,
            String expected,
            StateFindings findings) {
        String type = rule.isOut() ? NetworkPolicy.EGRESS : NetworkPolicy.INGRESS;
        List<NetworkPolicy> policies = policies(node, endpoint, type);
        String selecting = policies.isEmpty()
                ? ""
                : "; network policy " + policies.getFirst().id() + " selects the pod";
        findings.addLikely(
                this,
                Severity.WARNING,
                node.name(),
                new Claim(
                        title,
                        expected,
                        rule.name() + " at " + endpoint.label() + selecting,
                        "Let it pass in the network policy; what is meant to be isolated may stay so."),
                Stream.concat(Stream.of(rule.source()), policies.stream().map(NetworkPolicy::source)));
    }

    /// Those that isolate the pod in that direction.
    private static List<NetworkPolicy> policies(NodeView node, HnsEndpoint endpoint, String type) {
        return pod(node, endpoint).stream()
                .flatMap(pod -> node.view().kubernetes().policies().stream()
                        .filter(policy -> policy.isolates(type) && policy.selects(pod.namespace(), pod.labels())))
                .toList();
    }
}

package hopline.flows.check;

import hopline.decode.Address;
import hopline.decode.IpProtocol;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.AddressText;
import hopline.flows.state.Backend;
import hopline.flows.state.Cidr;
import hopline.flows.state.NamespacedName;
import hopline.flows.state.Pod;
import hopline.flows.state.Service;
import hopline.flows.state.ServicePort;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.kubernetes.NetworkPolicy;
import hopline.flows.state.kubernetes.NetworkPolicy.Peer;
import hopline.flows.state.kubernetes.PodRun;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Pods whose network policies let them send something, or nothing, but no question to DNS. The lists do not say
/// whether anything enforces policies: a note, and only for pods at whose ports no ACL was seen.
final class DnsNotPermitted {

    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";
    private static final Set<String> OTHER_DNS = Set.of("Default", "None");

    /// Where NodeLocal DNSCache usually listens.
    private static final Address NODE_LOCAL = AddressText.parse("169.254.20.10").orElseThrow();

    /// One way to ask: a service, the addresses that may stand for it, and its ports before and after translation.
    private record Server(Service service, Set<Address> addresses, Set<Integer> ports) {

        boolean isPermittedBy(NetworkPolicy policy) {
            return policy.egress().stream()
                    .filter(rule -> ports.stream().anyMatch(port -> rule.hasPort("UDP", port)))
                    .anyMatch(rule ->
                            rule.peers().isEmpty() || rule.peers().stream().anyMatch(peer -> mayBe(peer, policy)));
        }

        /// What labels its namespace and its pods have beyond the namespace's name is not asked: they may match.
        private boolean mayBe(Peer peer, NetworkPolicy policy) {
            String namespace = service.namespace();
            if (!peer.block().isEmpty()) {
                return addresses.stream().anyMatch(address -> isWithin(peer, address));
            }
            return peer.namespaces()
                    .map(selector -> selector.mayMatch(NAMESPACE_NAME, namespace))
                    .orElse(policy.id().namespace().equals(namespace));
        }

        private static boolean isWithin(Peer peer, Address address) {
            return Cidr.parse(peer.block())
                            .map(range -> range.contains(address))
                            .orElse(true)
                    && peer.except().stream()
                            .flatMap(text -> Cidr.parse(text).stream())
                            .noneMatch(range -> range.contains(address));
        }
    }

    private final StateView view;
    private final List<Server> servers;
    private final Map<String, List<NetworkPolicy>> byNamespace;

    DnsNotPermitted(StateView view) {
        this.view = view;
        this.servers = view.dnsServices().stream()
                .flatMap(service -> server(view, service).stream())
                .toList();
        this.byNamespace = view.kubernetes().policies().stream()
                .filter(policy -> policy.isolates(NetworkPolicy.EGRESS))
                .collect(Collectors.groupingBy(policy -> policy.id().namespace()));
    }

    private static Optional<Server> server(StateView view, Service service) {
        Set<Address> addresses = new HashSet<>(service.clusterIps());
        Set<Integer> ports = new HashSet<>();
        addresses.add(NODE_LOCAL);
        for (ServicePort port : service.ports()) {
            if (port.protocol() == IpProtocol.UDP) {
                ports.add(port.port());
                view.backends(service, port).stream()
                        .flatMap(backends -> backends.all().stream())
                        .map(Backend::endpoint)
                        .forEach(endpoint -> {
                            addresses.add(endpoint.address());
                            ports.add(endpoint.port());
                        });
            }
        }
        return ports.isEmpty() ? Optional.empty() : Optional.of(new Server(service, addresses, ports));
    }

    void check(StateRule rule, StateFindings findings) {
        if (servers.isEmpty() || byNamespace.isEmpty()) {
            return;
        }
        Set<Address> guarded = guarded();
        Set<NamespacedName> others = askOthers();
        Map<List<NetworkPolicy>, List<Pod>> pods = new LinkedHashMap<>();
        for (Pod pod : view.cluster().pods()) {
            boolean isSubject = !pod.hostNetwork() && !pod.isFinished() && !others.contains(pod.id());
            List<NetworkPolicy> policies = isSubject ? isolating(pod) : List.of();
            if (!policies.isEmpty()
                    && pod.addresses().stream().noneMatch(guarded::contains)
                    && policies.stream().noneMatch(this::permits)) {
                pods.computeIfAbsent(policies, key -> new ArrayList<>()).add(pod);
            }
        }
        pods.forEach((policies, isolated) -> add(rule, policies, isolated, findings));
    }

    /// The addresses of pods at whose ports there are ACLs: those tell what is enforced.
    private Set<Address> guarded() {
        return view.nodes().stream()
                .flatMap(node -> node.podEndpoints()
                        .filter(endpoint -> !AccessRule.of(node, endpoint).isEmpty()))
                .map(HnsEndpoint::addresses)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    /// Pods that ask their node's DNS servers, or those of their own choice.
    private Set<NamespacedName> askOthers() {
        return view.kubernetes().pods().stream()
                .filter(pod -> OTHER_DNS.contains(pod.dnsPolicy()))
                .map(PodRun::id)
                .collect(Collectors.toSet());
    }

    private List<NetworkPolicy> isolating(Pod pod) {
        return byNamespace.getOrDefault(pod.namespace(), List.of()).stream()
                .filter(policy -> policy.selects(pod.namespace(), pod.labels()))
                .toList();
    }

    private boolean permits(NetworkPolicy policy) {
        return servers.stream().anyMatch(server -> server.isPermittedBy(policy));
    }

    private void add(StateRule rule, List<NetworkPolicy> policies, List<Pod> pods, StateFindings findings) {
        String names = policies.stream()
                .map(policy -> policy.id().toString())
                .distinct()
                .collect(Collectors.joining(" and "));
        String let = policies.size() == 1 ? " lets" : " let";
        int rules = policies.stream().mapToInt(policy -> policy.egress().size()).sum();
        Service service = servers.getFirst().service();
        String first = pods.getFirst().id().toString();
        findings.addLikely(
                rule,
                Severity.NOTE,
                "",
                new Claim(
                        "If network policies are enforced, " + first + others(pods.size() - 1) + " cannot ask DNS: "
                                + names + let + " no question out",
                        "an egress rule that lets UDP port " + port(service) + " out to " + service.id(),
                        names + let + (rules == 0 ? " nothing out" : " out other traffic only"),
                        "Let UDP and TCP port " + port(service) + " out to " + service.namespace()
                                + "; what is meant to be isolated may stay so. flannel, win-bridge and win-overlay"
                                + " by themselves enforce no policy."),
                Stream.concat(policies.stream().map(NetworkPolicy::source), view.at(service)));
    }

    private static int port(Service service) {
        return service.ports().stream()
                .filter(port -> port.protocol() == IpProtocol.UDP)
                .mapToInt(ServicePort::port)
                .findFirst()
                .orElseThrow();
    }

    private static String others(int count) {
        return count == 0 ? "" : count == 1 ? " and another pod" : " and " + count + " other pods";
    }
}

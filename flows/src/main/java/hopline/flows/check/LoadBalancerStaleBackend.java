package hopline.flows.check;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.AddressText;
import hopline.flows.state.Backends;
import hopline.flows.state.Service;
import hopline.flows.state.Source;
import hopline.flows.state.TrafficPolicy;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsLoadBalancer;
import hopline.flows.state.text.Digits;
import hopline.flows.state.vfp.VfpRule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A load balancer that leads where no endpoint of its service is, or leaves endpoints out.
final class LoadBalancerStaleBackend implements StateRule {

    private static final int GUID_LENGTH = 36;

    /// Addresses that are named; they are enough to look up.
    private static final int FEW = 4;

    @Override
    public String id() {
        return "load-balancer-stale-backend";
    }

    @Override
    public String reference() {
        return "F19, F49, F50";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            node.hns().loadBalancers().forEach(balancer -> hns(node, balancer, findings));
            node.state().vfp().rules().stream()
                    .filter(VfpRule::isLoadBalancing)
                    .forEach(rule -> vfp(node, rule, findings));
            node.proxied().forEach(backend -> proxied(node, backend, findings));
        }
    }

    private void hns(NodeView node, HnsLoadBalancer balancer, StateFindings findings) {
        absent(node, balancer, findings);
        Optional<Service> service = node.serviceOf(balancer);
        if (service.isPresent()) {
            ofService(node, balancer, service.get(), findings);
        } else if (!balancer.vips().isEmpty()
                && !node.view().cluster().services().isEmpty()) {
            orphan(node, balancer, findings);
        }
    }

    /// Names of endpoints that HNS does not have; only whole identifiers count.
    private void absent(NodeView node, HnsLoadBalancer balancer, StateFindings findings) {
        if (!node.hns().listsEndpoints()) {
            return;
        }
        List<String> absent = balancer.endpoints().stream()
                .filter(id -> id.length() == GUID_LENGTH
                        && !node.hns().endpointsById().containsKey(id))
                .toList();
        if (!absent.isEmpty() && belongTogether(node)) {
            findings.add(
                    this,
                    Severity.ERROR,
                    node.name(),
                    new Claim(
                            "The load balancer of " + what(node, balancer)
                                    + " names an endpoint that HNS does not have",
                            "endpoints that exist",
                            String.join(", ", absent),
                            "Restart kube-proxy on " + node.name() + "; it makes the load balancer anew."),
                    Stream.of(balancer.source()));
        }
    }

    /// Lists that were taken at different times name few endpoints in common.
    private static boolean belongTogether(NodeView node) {
        List<String> named = node.hns().loadBalancers().stream()
                .flatMap(balancer -> balancer.endpoints().stream())
                .toList();
        long known =
                named.stream().filter(node.hns().endpointsById()::containsKey).count();
        return known * 2 >= named.size() && known > 0;
    }

    private static String what(NodeView node, HnsLoadBalancer balancer) {
        return node.serviceOf(balancer)
                .map(service -> service.id().toString())
                .orElseGet(() -> balancer.vips().isEmpty()
                        ? balancer.id()
                        : balancer.vips().getFirst().toString());
    }

    private void orphan(NodeView node, HnsLoadBalancer balancer, StateFindings findings) {
        Address vip = balancer.vips().getFirst();
        if (!node.view().cluster().isNodeAddress(vip)) {
            findings.addLikely(
                    this,
                    Severity.WARNING,
                    node.name(),
                    new Claim(
                            "HNS has a load balancer for " + vip + ", which belongs to no service",
                            "no load balancer for " + vip,
                            "load balancer " + balancer.id(),
                            "A service that was deleted, or lists that are older than the node's state. Restarting"
                                    + " kube-proxy removes what is left over."),
                    Stream.of(balancer.source()));
        }
    }

    private void ofService(NodeView node, HnsLoadBalancer balancer, Service service, StateFindings findings) {
        Optional<Set<Address>> wanted = node.view().addresses(service);
        if (wanted.isEmpty()) {
            return;
        }
        Led led = new Led(node, service, wanted.get());
        List<HnsEndpoint> backends = backends(node, balancer);
        for (HnsEndpoint backend : backends) {
            if (backend.addresses().stream().noneMatch(led.wanted()::contains)) {
                Stream<Source> where = Stream.of(balancer.source(), backend.source());
                stale(led, backend.addresses().getFirst().toString(), where, findings);
            }
        }
        if (led.wanted().isEmpty()
                && backends.isEmpty()
                && !balancer.endpoints().isEmpty()) {
            stale(led, "its load balancer " + balancer.id(), Stream.of(balancer.source()), findings);
        }
        if (backends.size() == balancer.endpoints().size()) {
            lacking(led, balancer, backends, findings);
        }
    }

    /// The endpoints of HNS that a load balancer names, as far as their addresses were read.
    private static List<HnsEndpoint> backends(NodeView node, HnsLoadBalancer balancer) {
        return balancer.endpoints().stream()
                .flatMap(id -> Optional.ofNullable(node.hns().endpointsById().get(id)).stream())
                .filter(endpoint -> !endpoint.addresses().isEmpty())
                .toList();
    }

    /// A service that a node leads somewhere.
    ///
    /// @param wanted the addresses of its endpoints
    private record Led(NodeView node, Service service, Set<Address> wanted) {

        /// An endpoint that is not ready may have become so between what was read of the cluster and of the node.
        boolean isListed(String text) {
            return AddressText.parse(text).filter(this::isListed).isPresent();
        }

        private boolean isListed(Address address) {
            return backends()
                    .flatMap(backends -> backends.all().stream())
                    .anyMatch(backend -> backend.endpoint().address().equals(address));
        }

        private Stream<Backends> backends() {
            return service.ports().stream().flatMap(port -> node.view().backends(service, port).stream());
        }

        Stream<Source> sources() {
            return node.view().at(service);
        }

        /// Addresses that new connections may go to and that are none of `has`.
        Set<Address> lacks(HnsLoadBalancer balancer, Set<Address> has) {
            boolean isIpv4 =
                    balancer.vips().isEmpty() || balancer.vips().getFirst().isIpv4();
            return service.ports().stream()
                    .filter(port -> !balancer.portsFor(port).isEmpty())
                    .flatMap(port -> node.view().backends(service, port).stream())
                    .flatMap(backends -> backends.eligible().stream())
                    .map(backend -> backend.endpoint().address())
                    .filter(address -> address.isIpv4() == isIpv4 && !has.contains(address))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
    }

    private static String some(Set<Address> addresses, String separator) {
        return addresses.stream().limit(FEW).map(Address::toString).collect(Collectors.joining(separator));
    }

    private void stale(Led led, String actual, Stream<Source> where, StateFindings findings) {
        String node = led.node().name();
        boolean isListed = led.isListed(actual);
        String expected = led.wanted().isEmpty()
                ? "nothing: the service has no " + (isListed ? "ready " : "") + "endpoints"
                : some(led.wanted(), " or ");
        Claim claim = new Claim(
                "Service " + led.service().id() + " leads to " + actual + " on " + node + ", which is "
                        + (isListed ? "not ready" : "not one of its endpoints"),
                expected,
                actual,
                "Restart kube-proxy on " + node + "; check first that lists and node state were collected at the same"
                        + " time.");
        Stream<Source> all = Stream.concat(where, led.sources());
        if (isListed) {
            findings.addLikely(this, Severity.WARNING, node, claim, all);
        } else {
            findings.addByLists(this, Severity.ERROR, led.node(), claim, all);
        }
    }

    private void lacking(Led led, HnsLoadBalancer balancer, List<HnsEndpoint> backends, StateFindings findings) {
        if (balancer.ports().isEmpty() || isLocal(led.service())) {
            return;
        }
        Set<Address> has = new LinkedHashSet<>();
        backends.forEach(backend -> has.addAll(backend.addresses()));
        Set<Address> lacks = led.lacks(balancer, has);
        if (!lacks.isEmpty() && !has.isEmpty()) {
            String node = led.node().name();
            Claim claim = new Claim(
                    "The load balancer of " + led.service().id() + " on " + node + " leaves out " + lacks.size()
                            + " of its ready endpoints",
                    "all ready endpoints",
                    "without " + some(lacks, ", "),
                    "Restart kube-proxy on " + node + " if its log shows no progress.");
            findings.addByLists(
                    this,
                    Severity.WARNING,
                    led.node(),
                    claim,
                    Stream.concat(Stream.of(balancer.source()), led.sources()));
        }
    }

    private static boolean isLocal(Service service) {
        return service.internalTrafficPolicy() == TrafficPolicy.LOCAL
                || service.externalTrafficPolicy() == TrafficPolicy.LOCAL;
    }

    private void vfp(NodeView node, VfpRule rule, StateFindings findings) {
        Optional<Address> vip = AddressText.parse(rule.condition("destination ip"));
        int port = Digits.number(rule.condition("destination ports")).orElse(0);
        int protocol = Digits.number(rule.condition("protocols")).orElse(0);
        Optional<Service> service = vip.flatMap(address -> node.view().service(address, port, protocol));
        Optional<Set<Address>> wanted = service.flatMap(node.view()::addresses);
        if (service.isEmpty() || wanted.isEmpty()) {
            return;
        }
        Led led = new Led(node, service.get(), wanted.get());
        for (Endpoint backend : rule.backends()) {
            if (!led.wanted().contains(backend.address())) {
                stale(led, backend.address().toString(), Stream.of(rule.source()), findings);
            }
        }
    }

    private void proxied(NodeView node, ProxiedBackend backend, StateFindings findings) {
        Address to = backend.at().address();
        Optional<Set<Address>> wanted = node.view().addresses(backend.service());
        if (wanted.isPresent() && !wanted.get().contains(to)) {
            Led led = new Led(node, backend.service(), wanted.get());
            stale(led, to.toString(), Stream.of(backend.source()), findings);
        }
    }
}

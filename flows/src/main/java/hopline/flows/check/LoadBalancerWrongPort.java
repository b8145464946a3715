package hopline.flows.check;

import hopline.decode.Endpoint;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Backend;
import hopline.flows.state.Backends;
import hopline.flows.state.Service;
import hopline.flows.state.ServicePort;
import hopline.flows.state.Source;
import hopline.flows.state.hns.HnsLoadBalancer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A load balancer that leads to a port at which none of its endpoints listens.
final class LoadBalancerWrongPort implements StateRule {

    @Override
    public String id() {
        return "load-balancer-wrong-port";
    }

    @Override
    public String reference() {
        return "F21";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            for (HnsLoadBalancer balancer : node.hns().loadBalancers()) {
                node.serviceOf(balancer).ifPresent(service -> hns(node, balancer, service, findings));
            }
            node.proxied().forEach(backend -> proxied(node, backend, findings));
        }
    }

    private void hns(NodeView node, HnsLoadBalancer balancer, Service service, StateFindings findings) {
        for (ServicePort port : service.ports()) {
            Set<Integer> listening = listening(node, service, List.of(port));
            for (HnsLoadBalancer.Port of : balancer.portsFor(port)) {
                if (!listening.isEmpty() && !listening.contains(of.internal())) {
                    add(node, service, of.internal(), listening, balancer.source(), findings);
                }
            }
        }
    }

    private static Set<Integer> listening(NodeView node, Service service, List<ServicePort> ports) {
        return ports.stream()
                .flatMap(port -> node.view().backends(service, port).stream())
                .map(Backends::all)
                .flatMap(List::stream)
                .map(Backend::endpoint)
                .map(Endpoint::port)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void proxied(NodeView node, ProxiedBackend backend, StateFindings findings) {
        Set<Integer> listening = listening(node, backend.service(), backend.ports());
        int port = backend.at().port();
        if (!listening.isEmpty() && !listening.contains(port)) {
            add(node, backend.service(), port, listening, backend.source(), findings);
        }
    }

    private void add(
            NodeView node, Service service, int port, Set<Integer> listening, Source where, StateFindings findings) {
        String expected = listening.stream().map(String::valueOf).collect(Collectors.joining(" or "));
        findings.addByLists(
                this,
                Severity.ERROR,
                node,
                new Claim(
                        "Service " + service.id() + " leads to port " + port + " on " + node.name()
                                + ", where none of its endpoints listens",
                        "port " + expected,
                        "port " + port,
                        node.isWindows()
                                ? "Windows takes the port of the first endpoint for all of them: give the service a"
                                        + " numeric targetPort that all its pods share, then restart kube-proxy."
                                : "Look at kube-proxy's log on " + node.name() + " and restart it."),
                Stream.concat(Stream.of(where), node.view().at(service)));
    }
}

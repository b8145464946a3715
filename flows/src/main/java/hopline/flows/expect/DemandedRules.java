package hopline.flows.expect;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.flows.expect.Ruleset.Base;
import hopline.flows.expect.Ruleset.Family;
import hopline.flows.expect.Ruleset.Hook;
import hopline.flows.expect.Ruleset.Line;
import hopline.flows.state.Backend;
import hopline.flows.state.Backends;
import hopline.flows.state.Cluster;
import hopline.flows.state.Node;
import hopline.flows.state.Service;
import hopline.flows.state.ServicePort;
import hopline.flows.state.Source;
import hopline.flows.state.TrafficPolicy;
import hopline.flows.state.collection.CollectedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the cluster's lists demand of a Linux node's rules: each service leads to its ready endpoints; what is no
/// pod's, and what comes back to its own sender, is masqueraded on the way to a service; so are pods towards
/// anything but pods, services and nodes.
final class DemandedRules {

    /// The lists as they were collected last.
    private static final long NOW = Long.MAX_VALUE;

    private static final int MASQUERADE = 0x4000;
    private static final String SERVICES = "services";
    private static final String LEAVE = "masquerading";

    private final CollectedState state;
    private final Cluster cluster;
    private final String node;
    private final Ruleset rules;
    private final List<AddressSpan> pods = new ArrayList<>();

    private DemandedRules(CollectedState state, String node, Ruleset rules) {
        this.state = state;
        this.cluster = state.cluster();
        this.node = node;
        this.rules = rules;
        cluster.nodes().forEach(other -> other.podCidrs().forEach(cidr -> pods.add(AddressSpan.of(cidr))));
    }

    /// Adds them to `rules`.
    static void add(CollectedState state, String node, Ruleset rules) {
        new DemandedRules(state, node, rules).add();
    }

    private static RuleRef ref(String name) {
        return RuleRef.unwritten("the cluster's lists", name);
    }

    private void add() {
        rules.add(new Base(SERVICES, Family.BOTH, Hook.PREROUTING, -100, true, false, "", ref(SERVICES)));
        rules.add(new Base(SERVICES, Family.BOTH, Hook.OUTPUT, -100, true, false, "", ref(SERVICES)));
        rules.add(new Base(LEAVE, Family.BOTH, Hook.POSTROUTING, 100, true, false, "", ref(LEAVE)));
        for (Service service : cluster.services()) {
            for (ServicePort port : service.ports()) {
                add(service, port);
            }
        }
        Expression masquerade = new Expression.Snat(Optional.empty());
        rules.add(
                LEAVE,
                new Line(
                        List.of(new Tests.OfMark(MASQUERADE, MASQUERADE, false), masquerade),
                        ref("service traffic that must come back here")));
        List<AddressSpan> inside = new ArrayList<>(pods);
        cluster.services().forEach(service -> service.clusterIps().forEach(ip -> inside.add(AddressSpan.of(ip))));
        cluster.nodes().forEach(other -> other.internalAddresses().forEach(ip -> inside.add(AddressSpan.of(ip))));
        if (!pods.isEmpty()) {
            rules.add(
                    LEAVE,
                    new Line(
                            List.of(
                                    new Tests.OfAddress(true, pods, false),
                                    new Tests.OfAddress(false, inside, true),
                                    masquerade),
                            ref("pods towards anything outside")));
        }
    }

    private void add(Service service, ServicePort port) {
        Optional<Backends> backends = cluster.backends(service, port, NOW);
        if (backends.isEmpty()) {
            return;
        }
        boolean staysLocal = service.externalTrafficPolicy() == TrafficPolicy.LOCAL;
        boolean isLocalInside = service.internalTrafficPolicy() == TrafficPolicy.LOCAL;
        List<Backend> inside = (isLocalInside ? backends.get().on(node) : backends.get()).eligible();
        List<Backend> outside = (staysLocal ? backends.get().on(node) : backends.get()).eligible();
        add(service, port, service.clusterIps(), port.port(), inside, true);
        add(service, port, service.externalIps(), port.port(), outside, !staysLocal);
        add(service, port, service.loadBalancerIps(), port.port(), outside, !staysLocal);
        if (port.hasNodePort()) {
            List<Address> own = cluster.node(node).map(Node::internalAddresses).orElse(List.of());
            add(service, port, own, port.nodePort(), outside, !staysLocal);
        }
    }

    private void add(
            Service service,
            ServicePort port,
            List<Address> fronts,
            int number,
            List<Backend> backends,
            boolean marks) {
        Optional<Source> place =
                state.kubernetes().place("Service", service.id().toString());
        RuleRef ref = new RuleRef("service", service.id() + ":" + number, place);
        for (Address front : fronts) {
            String chain = "service " + front + " " + number + " " + port.protocol();
            rules.add(
                    SERVICES,
                    new Line(
                            List.of(
                                    new Tests.OfAddress(false, List.of(AddressSpan.of(front)), false),
                                    Tests.protocol(List.of(PortSpan.of(port.protocol())), false),
                                    Tests.destinationPort(List.of(PortSpan.of(number)), false),
                                    new Expression.Goto(chain)),
                            ref));
            if (marks && !pods.isEmpty()) {
                Expression mark = new Expression.Mark(~MASQUERADE, MASQUERADE);
                rules.add(chain, new Line(List.of(new Tests.OfAddress(true, pods, true), mark), ref));
            }
            List<Expression> choices = new ArrayList<>();
            for (Backend backend : backends) {
                choices.add(new Expression.Goto(endpoint(backend.endpoint(), ref)));
            }
            rules.add(
                    chain,
                    new Line(
                            List.of(
                                    choices.isEmpty()
                                            ? new Expression.Drop("the service has no ready endpoint")
                                            : new Expression.OneOf(choices)),
                            ref));
        }
    }

    private String endpoint(Endpoint backend, RuleRef ref) {
        String chain = "endpoint " + backend;
        if (rules.lines(chain).isEmpty()) {
            List<AddressSpan> self = List.of(AddressSpan.of(backend.address()));
            Expression mark = new Expression.Mark(~MASQUERADE, MASQUERADE);
            rules.add(chain, new Line(List.of(new Tests.OfAddress(true, self, false), mark), ref));
            rules.add(chain, new Line(List.of(new Expression.Dnat(backend.address(), backend.port())), ref));
        }
        return chain;
    }
}

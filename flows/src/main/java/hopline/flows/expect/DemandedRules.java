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
import org.jspecify.annotations.Nullable;

/// What the cluster's lists demand of a Linux node's rules: each service leads to its ready endpoints; what is no
/// pod's, and what comes back to its own sender, is masqueraded on the way to a service; so are pods towards
/// anything but pods, services and nodes.
///
/// What is the same on every node is made once: nodes may be hundreds, and services thousands.
final class DemandedRules {

    /// The lists as they were collected last.
    private static final long NOW = Long.MAX_VALUE;

    private static final int MASQUERADE = 0x4000;
    private static final Expression MARK = new Expression.Mark(~MASQUERADE, MASQUERADE);
    private static final String SERVICES = "services";
    private static final String EVERYWHERE = "services of every node";
    private static final String NODE_PORTS = "node ports of every node";
    private static final String LEAVE = "masquerading";

    private final CollectedState state;
    private final Cluster cluster;
    private final List<AddressSpan> pods = new ArrayList<>();
    private @Nullable Ruleset everywhere;

    DemandedRules(CollectedState state) {
        this.state = state;
        this.cluster = state.cluster();
        cluster.nodes().forEach(other -> other.podCidrs().forEach(cidr -> pods.add(AddressSpan.of(cidr))));
    }

    /// Those of one node.
    Ruleset of(String node) {
        Ruleset rules = new Ruleset(everywhere());
        rules.add(SERVICES, new Line(List.of(new Expression.Jump(EVERYWHERE)), ref(SERVICES)));
        List<Address> own = cluster.node(node).map(Node::internalAddresses).orElse(List.of());
        if (!own.isEmpty()) {
            Expression.Test toNode =
                    new Tests.OfAddress(false, own.stream().map(AddressSpan::of).toList(), false);
            rules.add(SERVICES, new Line(List.of(toNode, new Expression.Jump(NODE_PORTS)), ref("node ports")));
        }
        for (Service service : cluster.services()) {
            if (isLocalInside(service) || isLocalOutside(service)) {
                for (ServicePort port : service.ports()) {
                    cluster.backends(service, port, NOW)
                            .map(backends -> backends.on(node).eligible())
                            .ifPresent(here -> addLocal(rules, service, port, own, here));
                }
            }
        }
        return rules;
    }

    private static RuleRef ref(String name) {
        return RuleRef.unwritten("the cluster's lists", name);
    }

    private static boolean isLocalInside(Service service) {
        return service.internalTrafficPolicy() == TrafficPolicy.LOCAL;
    }

    private static boolean isLocalOutside(Service service) {
        return service.externalTrafficPolicy() == TrafficPolicy.LOCAL;
    }

    private Ruleset everywhere() {
        if (everywhere == null) {
            everywhere = new Ruleset();
            addEverywhere(everywhere);
        }
        return everywhere;
    }

    private void addEverywhere(Ruleset rules) {
        rules.add(new Base(SERVICES, Family.BOTH, Hook.PREROUTING, -100, true, false, "", ref(SERVICES)));
        rules.add(new Base(SERVICES, Family.BOTH, Hook.OUTPUT, -100, true, false, "", ref(SERVICES)));
        rules.add(new Base(LEAVE, Family.BOTH, Hook.POSTROUTING, 100, true, false, "", ref(LEAVE)));
        rules.chain(EVERYWHERE);
        rules.chain(NODE_PORTS);
        for (Service service : cluster.services()) {
            for (ServicePort port : service.ports()) {
                cluster.backends(service, port, NOW)
                        .map(Backends::eligible)
                        .ifPresent(backends -> addShared(rules, service, port, backends));
            }
        }
        addMasquerading(rules);
    }

    private void addMasquerading(Ruleset rules) {
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

    /// What leads to the same backends on every node.
    private void addShared(Ruleset rules, Service service, ServicePort port, List<Backend> backends) {
        if (!isLocalInside(service)) {
            add(rules, EVERYWHERE, service, port, service.clusterIps(), port.port(), backends, true);
        }
        if (!isLocalOutside(service)) {
            add(rules, EVERYWHERE, service, port, service.externalIps(), port.port(), backends, true);
            add(rules, EVERYWHERE, service, port, service.loadBalancerIps(), port.port(), backends, true);
            if (port.hasNodePort()) {
                addNodePort(rules, service, port, backends);
            }
        }
    }

    /// What leads to the node's own backends alone.
    ///
    /// @param own the node's addresses
    private void addLocal(Ruleset rules, Service service, ServicePort port, List<Address> own, List<Backend> backends) {
        if (isLocalInside(service)) {
            add(rules, SERVICES, service, port, service.clusterIps(), port.port(), backends, true);
        }
        if (isLocalOutside(service)) {
            add(rules, SERVICES, service, port, service.externalIps(), port.port(), backends, false);
            add(rules, SERVICES, service, port, service.loadBalancerIps(), port.port(), backends, false);
            if (port.hasNodePort()) {
                add(rules, SERVICES, service, port, own, port.nodePort(), backends, false);
            }
        }
    }

    private RuleRef ref(Service service, int number) {
        Optional<Source> place =
                state.kubernetes().place("Service", service.id().toString());
        return new RuleRef("service", service.id() + ":" + number, place);
    }

    private void add(
            Ruleset rules,
            String table,
            Service service,
            ServicePort port,
            List<Address> fronts,
            int number,
            List<Backend> backends,
            boolean marks) {
        RuleRef ref = ref(service, number);
        for (Address front : fronts) {
            String chain = "service " + front + " " + number + " " + port.protocol();
            rules.add(
                    table,
                    new Line(
                            List.of(
                                    new Tests.OfAddress(false, List.of(AddressSpan.of(front)), false),
                                    Tests.protocol(List.of(PortSpan.of(port.protocol())), false),
                                    Tests.destinationPort(List.of(PortSpan.of(number)), false),
                                    new Expression.Goto(chain)),
                            ref));
            addChoice(rules, chain, ref, backends, marks);
        }
    }

    private void addNodePort(Ruleset rules, Service service, ServicePort port, List<Backend> backends) {
        RuleRef ref = ref(service, port.nodePort());
        String chain = "node port " + port.nodePort() + " " + port.protocol();
        rules.add(
                NODE_PORTS,
                new Line(
                        List.of(
                                Tests.protocol(List.of(PortSpan.of(port.protocol())), false),
                                Tests.destinationPort(List.of(PortSpan.of(port.nodePort())), false),
                                new Expression.Goto(chain)),
                        ref));
        addChoice(rules, chain, ref, backends, true);
    }

    /// What a service's chain holds.
    private void addChoice(Ruleset rules, String chain, RuleRef ref, List<Backend> backends, boolean marks) {
        if (marks && !pods.isEmpty()) {
            rules.add(chain, new Line(List.of(new Tests.OfAddress(true, pods, true), MARK), ref));
        }
        List<Expression> choices = new ArrayList<>();
        for (Backend backend : backends) {
            choices.add(new Expression.Goto(endpoint(rules, backend.endpoint(), ref)));
        }
        Expression choice = choices.isEmpty()
                ? new Expression.Drop("the service has no ready endpoint")
                : new Expression.OneOf(choices);
        rules.add(chain, new Line(List.of(choice), ref));
    }

    private static String endpoint(Ruleset rules, Endpoint backend, RuleRef ref) {
        String chain = "endpoint " + backend;
        if (!rules.knows(chain)) {
            List<AddressSpan> self = List.of(AddressSpan.of(backend.address()));
            rules.add(chain, new Line(List.of(new Tests.OfAddress(true, self, false), MARK), ref));
            rules.add(chain, new Line(List.of(new Expression.Dnat(backend.address(), backend.port())), ref));
        }
        return chain;
    }
}

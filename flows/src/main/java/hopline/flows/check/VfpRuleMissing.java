package hopline.flows.check;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Source;
import hopline.flows.state.hns.HnsLoadBalancer;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.hns.HnsNetwork.RemoteSubnet;
import hopline.flows.state.vfp.VfpLayer;
import hopline.flows.state.vfp.VfpRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What HNS holds and VFP does not: load balancers, routes to other nodes' pods, the layer that takes packets
/// out of tunnels.
final class VfpRuleMissing implements StateRule {

    private static final String DSR_LAYER = "LB_DSR";
    /// Services that one finding names; of more the number is told.
    private static final int MAX_NAMED = 8;

    private static final String RESTART = "Restart-Service -f HNS, then restart kube-proxy";

    @Override
    public String id() {
        return "vfp-rule-missing";
    }

    @Override
    public String reference() {
        return "F08, F09, F18, F39";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            if (node.state().vfp().lacksRules()) {
                continue;
            }
            List<VfpRule> rules = node.state().vfp().rules();
            if (rules.stream().anyMatch(VfpRule::isLoadBalancing)) {
                loadBalancers(node, rules, findings);
            }
            node.podNetworks()
                    .filter(HnsNetwork::isOverlay)
                    .forEach(network -> remotes(node, network, rules, findings));
            decapsulation(node, findings);
        }
    }

    /// What load-balancing rules there are, by what they match.
    ///
    /// @param anywhere what the rules at all ports match
    /// @param byPort what those of the DSR layer match at each pod's port, with a rule for a source
    private record Programmed(Set<String> anywhere, Map<String, Set<String>> byPort, Map<String, VfpRule> examples) {

        static Programmed of(List<VfpRule> rules) {
            Programmed programmed = new Programmed(new HashSet<>(), new TreeMap<>(), new HashMap<>());
            rules.stream().filter(VfpRule::isLoadBalancing).forEach(programmed::add);
            return programmed;
        }

        private void add(VfpRule rule) {
            String key = key(rule);
            anywhere.add(key);
            if (rule.layer().equals(DSR_LAYER)) {
                byPort.computeIfAbsent(rule.port(), port -> new HashSet<>()).add(key);
                examples.putIfAbsent(rule.port(), rule);
            }
        }

        /// The ports that lack what another has.
        List<String> portsWithout(String key) {
            boolean somewhere = byPort.values().stream().anyMatch(keys -> keys.contains(key));
            return byPort.entrySet().stream()
                    .filter(entry -> somewhere && !entry.getValue().contains(key))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private void loadBalancers(NodeView node, List<VfpRule> rules, StateFindings findings) {
        Programmed programmed = Programmed.of(rules);
        Map<String, Lacking> lacking = new TreeMap<>();
        for (HnsLoadBalancer balancer : node.hns().loadBalancers()) {
            for (Address vip : balancer.vips()) {
                for (HnsLoadBalancer.Port port : balancer.ports()) {
                    String key = vip + " " + port.protocol() + " " + port.external();
                    if (!programmed.anywhere().contains(key)) {
                        add(node, balancer, vip, port, findings);
                    } else if (balancer.isDsr().orElse(false)) {
                        programmed.portsWithout(key).forEach(at -> lacking.computeIfAbsent(at, name -> new Lacking())
                                .add(front(vip, port), balancer.source()));
                    }
                }
            }
        }
        lacking.forEach((port, missing) -> atSomePorts(
                node, missing, Objects.requireNonNull(programmed.examples().get(port)), findings));
    }

    /// What one port lacks, and where HNS has it.
    private record Lacking(List<String> fronts, List<Source> sources) {

        Lacking() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(String front, Source source) {
            fronts.add(front);
            sources.add(source);
        }

        String text() {
            String named = String.join(", ", fronts.subList(0, Math.min(MAX_NAMED, fronts.size())));
            return fronts.size() > MAX_NAMED ? named + " and " + (fronts.size() - MAX_NAMED) + " more" : named;
        }
    }

    private static String front(Address vip, HnsLoadBalancer.Port port) {
        return new Endpoint(vip, port.external()) + "/" + IpProtocol.name(port.protocol());
    }

    /// DSR rules are at the port of every pod; one that has some of them must have all.
    private void atSomePorts(NodeView node, Lacking missing, VfpRule other, StateFindings findings) {
        findings.add(
                this,
                Severity.ERROR,
                node.name(),
                new Claim(
                        "One pod's port on " + node.name() + " has no rule for " + missing.text()
                                + ", others have: port " + other.port(),
                        "the same rules at every pod's port",
                        missing.fronts().size() + " fewer at port " + other.port(),
                        "Recreate the pod, or restart kube-proxy on " + node.name() + "."),
                Stream.concat(missing.sources().stream().limit(MAX_NAMED), Stream.of(other.source())));
    }

    private static String key(VfpRule rule) {
        return rule.condition("destination ip") + " " + rule.condition("protocols") + " "
                + rule.condition("destination ports");
    }

    private void add(
            NodeView node, HnsLoadBalancer balancer, Address vip, HnsLoadBalancer.Port port, StateFindings findings) {
        String what = front(vip, port);
        String service =
                node.serviceOf(balancer).map(of -> " (" + of.id() + ")").orElse("");
        findings.add(
                this,
                Severity.ERROR,
                node.name(),
                new Claim(
                        "VFP has no rule for " + what + service + " on " + node.name()
                                + ", though HNS has the load balancer",
                        "a rule for " + what,
                        "none",
                        RESTART + "."),
                Stream.concat(
                        Stream.of(balancer.source()),
                        node.state().vfp().rules().stream()
                                .filter(VfpRule::isLoadBalancing)
                                .map(VfpRule::source)
                                .limit(1)));
    }

    /// Only where some port's route layers were printed at all.
    private void remotes(NodeView node, HnsNetwork network, List<VfpRule> rules, StateFindings findings) {
        boolean isPrinted = rules.stream().anyMatch(VfpRule::isEncapsulating)
                || node.state().vfp().layers().stream()
                        .anyMatch(layer -> layer.name().equals("VNET_PA_ROUTE_LAYER"));
        boolean hasRules = rules.stream().anyMatch(rule -> !rule.layer().isEmpty() || rule.isEncapsulating());
        if (!isPrinted || !hasRules) {
            return;
        }
        Set<String> starts = rules.stream()
                .filter(VfpRule::isEncapsulating)
                .map(rule -> rule.condition("destination ip").split("-", 2)[0].strip())
                .collect(Collectors.toSet());
        for (RemoteSubnet remote : network.remoteSubnets()) {
            if (!starts.contains(remote.prefix().prefix().toString())) {
                findings.add(
                        this,
                        Severity.ERROR,
                        node.name(),
                        new Claim(
                                "VFP has no rule that sends packets for " + remote.prefix() + " into the tunnel on "
                                        + node.name() + ", though HNS has the route",
                                "a rule that encapsulates to "
                                        + remote.provider()
                                                .map(Address::toString)
                                                .orElse("its node"),
                                "none for " + remote.prefix(),
                                "Windows programs these rules only while a pod runs on the node: keep one there. Else"
                                        + " restart flanneld or HNS; recreate the network if that does not help."),
                        Stream.of(remote.source()));
            }
        }
    }

    /// A pod's port that translates but cannot take packets out of tunnels: an update of 2020 lost that
    /// layer.
    private void decapsulation(NodeView node, StateFindings findings) {
        List<VfpLayer> layers = node.state().vfp().layers();
        List<VfpLayer> lacking = new ArrayList<>();
        for (VfpLayer layer : layers) {
            boolean hasDecap = layers.stream()
                    .anyMatch(other ->
                            other.port().equals(layer.port()) && other.name().startsWith("SLB_DECAP_LAYER"));
            boolean hasRoutes = layers.stream()
                    .anyMatch(other ->
                            other.port().equals(layer.port()) && other.name().equals("VNET_PA_ROUTE_LAYER"));
            if (layer.name().equals("SLB_NAT_LAYER") && hasRoutes && !hasDecap) {
                lacking.add(layer);
            }
        }
        Optional<VfpLayer> first = lacking.stream().findFirst();
        first.ifPresent(layer -> findings.addLikely(
                this,
                Severity.ERROR,
                node.name(),
                new Claim(
                        (lacking.size() == 1 ? "1 pod port on " : lacking.size() + " pod ports on ") + node.name()
                                + (lacking.size() == 1 ? " lacks" : " lack") + " the layer SLB_DECAP_LAYER",
                        "the layer SLB_DECAP_LAYER or SLB_DECAP_LAYER_STATEFUL",
                        "none at port " + (layer.port().isEmpty() ? "of the listing" : layer.port()),
                        "Updates of August and September 2020 for Windows Server 2019 lost it: install the October"
                                + " update. Until then clear the load balancers before HNS is restarted."),
                lacking.stream().map(VfpLayer::source)));
    }
}

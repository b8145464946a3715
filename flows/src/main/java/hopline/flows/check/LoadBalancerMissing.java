package hopline.flows.check;

import hopline.decode.Address;
import hopline.decode.IpProtocol;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Backends;
import hopline.flows.state.Service;
import hopline.flows.state.ServicePort;
import hopline.flows.state.Source;
import hopline.flows.state.TrafficPolicy;
import hopline.flows.state.hns.HnsLoadBalancer;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.linux.IptablesRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A service with endpoints that the node does not translate: no HNS load balancer, or no rule of
/// kube-proxy's.
final class LoadBalancerMissing implements StateRule {

    /// More than these are one cause, not many.
    private static final int FEW = 3;

    private record Missing(Service service, String ports) {}

    /// What one node translates.
    private record Programmed(Set<String> ports, Map<Address, Integer> withoutPorts, Stream<Source> where) {

        boolean has(Address vip, ServicePort port) {
            return ports.contains(key(vip.toString(), port.protocol(), port.port()));
        }
    }

    @Override
    public String id() {
        return "load-balancer-missing";
    }

    @Override
    public String reference() {
        return "F17, F22, F53";
    }

    private static String key(String vip, int protocol, int port) {
        return vip + " " + protocol + " " + port;
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            if (node.hns().listsLoadBalancers() && isBalancedByHns(node)) {
                check(node, ofHns(node), "HNS load balancer", findings);
            }
            ofKubeProxy(node).ifPresent(programmed -> check(node, programmed, "rule of kube-proxy", findings));
        }
    }

    /// Where there is no load balancer at all, something else may do it, as OVS does on Antrea's
    /// transparent network.
    private static boolean isBalancedByHns(NodeView node) {
        return !node.hns().loadBalancers().isEmpty() || node.podNetworks().noneMatch(HnsNetwork::isTransparent);
    }

    /// By rules of iptables or else of nftables, when all were read; where kube-proxy wrote none for services,
    /// something else does it: IPVS, too, has a chain of that name.
    private static Optional<Programmed> ofKubeProxy(NodeView node) {
        if (node.state().linux().lacksRules()) {
            return Optional.empty();
        }
        boolean isListed = node.state().linux().chains().stream()
                .anyMatch(chain -> chain.name().equals("KUBE-SERVICES"));
        Programmed iptables = ofIptables(node);
        if (!iptables.ports().isEmpty()) {
            return isListed ? Optional.of(iptables) : Optional.empty();
        }
        NftBackends nft = NftBackends.of(node);
        return nft.isKubeProxys() ? Optional.of(ofNft(nft)) : Optional.empty();
    }

    private static Programmed ofHns(NodeView node) {
        Set<String> ports = new HashSet<>();
        Map<Address, Integer> withoutPorts = new HashMap<>();
        for (HnsLoadBalancer balancer : node.hns().loadBalancers()) {
            for (HnsLoadBalancer.Port port : balancer.ports()) {
                balancer.vips().forEach(vip -> ports.add(key(vip.toString(), port.protocol(), port.external())));
                if (balancer.vips().isEmpty()) {
                    ports.add(key("node", port.protocol(), port.external()));
                }
            }
            if (balancer.ports().isEmpty()) {
                balancer.vips().forEach(vip -> withoutPorts.merge(vip, 1, Integer::sum));
            }
        }
        Stream<Source> where = node.hns().loadBalancers().stream().map(HnsLoadBalancer::source);
        return new Programmed(ports, withoutPorts, where.limit(1));
    }

    private static Programmed ofNft(NftBackends nft) {
        Set<String> ports = new HashSet<>();
        for (NftBackends.Front front : nft.fronts()) {
            ports.add(key(
                    front.vip().toString(),
                    front.port().protocol(),
                    front.port().port()));
        }
        Stream<Source> where = nft.all().stream().map(NftBackends.Found::source);
        return new Programmed(ports, Map.of(), where.limit(1));
    }

    private static Programmed ofIptables(NodeView node) {
        Set<String> ports = new HashSet<>();
        List<Source> where = new ArrayList<>();
        for (IptablesRule rule : node.state().linux().rules()) {
            if (rule.table().equals("nat")
                    && rule.chain().equals("KUBE-SERVICES")
                    && !rule.option("--dport").isEmpty()) {
                int protocol = rule.option("-p").equals("udp") ? IpProtocol.UDP : IpProtocol.TCP;
                ports.add(rule.option("-d").replace("/32", "").replace("/128", "") + " " + protocol + " "
                        + rule.option("--dport"));
                where.add(rule.source());
            }
        }
        return new Programmed(ports, Map.of(), where.stream().limit(1));
    }

    private void check(NodeView node, Programmed programmed, String what, StateFindings findings) {
        List<Missing> missing = new ArrayList<>();
        int wanted = 0;
        for (Service service : node.view().cluster().services()) {
            List<ServicePort> due = due(node, service);
            wanted += due.isEmpty() ? 0 : 1;
            String ports = missing(node, service, due, programmed);
            if (!ports.isEmpty()) {
                missing.add(new Missing(service, ports));
            }
        }
        List<Source> where = programmed.where().toList();
        if (missing.size() > FEW) {
            addMany(node, missing, wanted, what, where, findings);
        } else {
            missing.forEach(one -> add(node, one, what, where, findings));
        }
    }

    /// The ports that have endpoints to go to.
    private static List<ServicePort> due(NodeView node, Service service) {
        if (service.headless() || service.clusterIps().isEmpty()) {
            return List.of();
        }
        return service.ports().stream()
                .filter(port -> port.protocol() == IpProtocol.TCP || port.protocol() == IpProtocol.UDP)
                .filter(port -> node.view()
                        .backends(service, port)
                        .map(backends -> local(node, service, backends))
                        .filter(backends -> backends.eligible().stream()
                                .anyMatch(
                                        backend -> backend.endpoint().address().isIpv4()))
                        .isPresent())
                .toList();
    }

    private static Backends local(NodeView node, Service service, Backends backends) {
        return service.internalTrafficPolicy() == TrafficPolicy.LOCAL ? backends.on(node.name()) : backends;
    }

    private static String missing(NodeView node, Service service, List<ServicePort> due, Programmed programmed) {
        Optional<Address> vip =
                service.clusterIps().stream().filter(Address::isIpv4).findFirst();
        if (vip.isEmpty()) {
            return "";
        }
        int listed = programmed.withoutPorts().getOrDefault(vip.get(), 0);
        if (listed > 0) {
            return listed < due.size() ? (due.size() - listed) + " of its " + due.size() + " ports" : "";
        }
        List<String> ports = new ArrayList<>();
        for (ServicePort port : due) {
            if (!programmed.has(vip.get(), port)) {
                ports.add(StateView.text(port));
            } else if (lacksNodePort(node, service, port, programmed)) {
                ports.add("node port " + port.nodePort());
            }
        }
        return String.join(", ", ports);
    }

    private static boolean lacksNodePort(NodeView node, Service service, ServicePort port, Programmed programmed) {
        return port.hasNodePort()
                && node.hns().listsLoadBalancers()
                && service.externalTrafficPolicy() == TrafficPolicy.CLUSTER
                && programmed.withoutPorts().isEmpty()
                && !programmed.ports().contains(key("node", port.protocol(), port.nodePort()));
    }

    private void add(NodeView node, Missing missing, String what, List<Source> where, StateFindings findings) {
        Service service = missing.service();
        findings.add(
                this,
                Severity.ERROR,
                node.name(),
                new Claim(
                        "Service " + service.id() + " has no " + what + " for " + missing.ports() + " on "
                                + node.name(),
                        (what.startsWith("HNS") ? "an " : "a ") + what + " for "
                                + service.clusterIps().getFirst() + ", " + missing.ports(),
                        "none",
                        advice(node)),
                Stream.concat(node.view().at(service), where.stream()));
    }

    private void addMany(
            NodeView node, List<Missing> missing, int wanted, String what, List<Source> where, StateFindings findings) {
        String names = String.join(
                ", ",
                missing.stream()
                        .limit(FEW)
                        .map(one -> one.service().id().toString())
                        .toList());
        findings.add(
                this,
                Severity.ERROR,
                node.name(),
                new Claim(
                        missing.size() + " of " + wanted + " services have no " + what + " on " + node.name(),
                        "one for each service with endpoints",
                        "none for " + names + " and " + (missing.size() - FEW) + " more",
                        advice(node)),
                Stream.concat(where.stream(), missing.stream().flatMap(one -> node.view()
                        .at(one.service()))));
    }

    private static String advice(NodeView node) {
        return node.isWindows()
                ? "Restart kube-proxy on " + node.name() + "; when its log shows HNS errors, restart HNS first"
                        + " (Restart-Service -f HNS)."
                : "Look at kube-proxy's log on " + node.name() + " and restart it.";
    }
}

package hopline.flows.check;

import hopline.decode.Address;
import hopline.decode.IpProtocol;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A service with endpoints that the node does not translate: no HNS load balancer, or no rule of kube-proxy's, or
/// one that refuses it as a service without endpoints.
final class LoadBalancerMissing implements StateRule {

    /// More than these are one cause, not many.
    private static final int FEW = 3;

    /// In place of an address, for node ports.
    private static final String NODE = "node";

    /// @param ports in words
    /// @param front the same, with the service's address where it is about one
    /// @param refusing where it is refused
    private record Missing(Service service, String ports, String front, List<Source> refusing) {

        static Missing at(Address vip, Service service, String ports, List<Source> refusing) {
            return new Missing(service, ports, vip + ", " + ports, refusing);
        }

        static Missing of(NftBackends.Refused refused) {
            NftBackends.Front front = refused.front();
            List<Source> refusing = List.of(refused.source());
            String nodePort = nodePort(front.port());
            return front.isNodePort()
                    ? new Missing(front.service(), nodePort, nodePort, refusing)
                    : at(front.vip(), front.service(), StateView.text(front.port()), refusing);
        }
    }

    /// What one node translates, and what it refuses.
    ///
    /// @param listsNodePorts whether node ports are among the ports
    private record Programmed(
            Set<String> ports,
            boolean listsNodePorts,
            Map<Address, Integer> withoutPorts,
            List<NftBackends.Refused> refused,
            Stream<Source> where) {

        boolean has(Address vip, ServicePort port) {
            return ports.contains(key(vip.toString(), port.protocol(), port.port()));
        }

        boolean lacksNodePort(Service service, ServicePort port) {
            return port.hasNodePort()
                    && listsNodePorts
                    && service.externalTrafficPolicy() == TrafficPolicy.CLUSTER
                    && !ports.contains(key(NODE, port.protocol(), port.nodePort()))
                    && refused.stream().noneMatch(entry -> entry.front().isNodePort() && entry.isOf(service, port));
        }

        List<Source> refusing(Service service, Address vip, ServicePort port) {
            return refused.stream()
                    .filter(entry -> entry.front().vip().equals(vip) && entry.isOf(service, port))
                    .map(NftBackends.Refused::source)
                    .toList();
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

    private static String nodePort(ServicePort port) {
        return "node port " + port.nodePort();
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
        return node.nft().isKubeProxys() ? Optional.of(ofNft(node.nft())) : Optional.empty();
    }

    private static Programmed ofHns(NodeView node) {
        Set<String> ports = new HashSet<>();
        Map<Address, Integer> withoutPorts = new HashMap<>();
        for (HnsLoadBalancer balancer : node.hns().loadBalancers()) {
            for (HnsLoadBalancer.Port port : balancer.ports()) {
                balancer.vips().forEach(vip -> ports.add(key(vip.toString(), port.protocol(), port.external())));
                if (balancer.vips().isEmpty()) {
                    ports.add(key(NODE, port.protocol(), port.external()));
                }
            }
            if (balancer.ports().isEmpty()) {
                balancer.vips().forEach(vip -> withoutPorts.merge(vip, 1, Integer::sum));
            }
        }
        Stream<Source> where = node.hns().loadBalancers().stream().map(HnsLoadBalancer::source);
        return new Programmed(ports, withoutPorts.isEmpty(), withoutPorts, List.of(), where.limit(1));
    }

    private static Programmed ofNft(NftBackends nft) {
        Set<String> ports = new HashSet<>();
        for (NftBackends.Front front : nft.fronts()) {
            ServicePort port = front.port();
            ports.add(
                    front.isNodePort()
                            ? key(NODE, port.protocol(), port.nodePort())
                            : key(front.vip().toString(), port.protocol(), port.port()));
        }
        Stream<Source> where = nft.all().stream().map(ProxiedBackend::source);
        return new Programmed(ports, nft.listsNodePorts(), Map.of(), nft.refused(), where.limit(1));
    }

    private static Programmed ofIptables(NodeView node) {
        Set<String> ports = new HashSet<>();
        List<Source> where = new ArrayList<>();
        for (IptablesRule rule : node.state().linux().rules()) {
            if (rule.table().equals("nat")
                    && rule.chain().equals("KUBE-SERVICES")
                    && !rule.option("--dport").isEmpty()) {
                String vip = rule.option("-d").replace("/32", "").replace("/128", "");
                ports.add(vip + " " + rule.protocol() + " " + rule.option("--dport"));
                where.add(rule.source());
            }
        }
        return new Programmed(ports, false, Map.of(), List.of(), where.stream().limit(1));
    }

    private void check(NodeView node, Programmed programmed, String what, StateFindings findings) {
        List<Missing> missing = new ArrayList<>();
        Set<Service> wanted = new HashSet<>();
        for (Service service : node.view().cluster().services()) {
            Optional<Address> vip =
                    service.clusterIps().stream().filter(Address::isIpv4).findFirst();
            List<ServicePort> due = vip.map(at -> due(node, service, at)).orElse(List.of());
            if (!due.isEmpty()) {
                wanted.add(service);
                missing(service, vip.get(), due, programmed).ifPresent(missing::add);
            }
        }
        for (NftBackends.Refused refused : programmed.refused()) {
            NftBackends.Front front = refused.front();
            boolean isJudged =
                    front.vip().isIpv4() && front.service().clusterIps().contains(front.vip());
            if (!isJudged && isDue(node, front.service(), front.port(), front.vip())) {
                wanted.add(front.service());
                missing.add(Missing.of(refused));
            }
        }
        List<Source> where = programmed.where().toList();
        List<Service> services =
                missing.stream().map(Missing::service).distinct().toList();
        if (services.size() > FEW) {
            addMany(node, services, wanted.size(), what, where, findings);
        } else {
            missing.forEach(one -> add(node, one, what, where, findings));
        }
    }

    /// The ports that have endpoints to go to.
    private static List<ServicePort> due(NodeView node, Service service, Address vip) {
        return service.unproxied()
                ? List.of()
                : service.ports().stream()
                        .filter(port -> port.protocol() == IpProtocol.TCP || port.protocol() == IpProtocol.UDP)
                        .filter(port -> isDue(node, service, port, vip))
                        .toList();
    }

    /// Whether packets to an address of a service have an endpoint that they may go to from this node.
    private static boolean isDue(NodeView node, Service service, ServicePort port, Address vip) {
        TrafficPolicy policy =
                service.clusterIps().contains(vip) ? service.internalTrafficPolicy() : service.externalTrafficPolicy();
        return node
                .view()
                .backends(service, port)
                .map(all -> policy == TrafficPolicy.LOCAL ? all.on(node.name()) : all)
                .stream()
                .flatMap(backends -> backends.eligible().stream())
                .anyMatch(backend -> backend.endpoint().address().isIpv4() == vip.isIpv4());
    }

    private static Optional<Missing> missing(
            Service service, Address vip, List<ServicePort> due, Programmed programmed) {
        int listed = programmed.withoutPorts().getOrDefault(vip, 0);
        if (listed > 0) {
            String some = (due.size() - listed) + " of its " + due.size() + " ports";
            return listed < due.size() ? Optional.of(Missing.at(vip, service, some, List.of())) : Optional.empty();
        }
        List<String> ports = new ArrayList<>();
        List<Source> refusing = new ArrayList<>();
        for (ServicePort port : due) {
            if (!programmed.has(vip, port)) {
                ports.add(StateView.text(port));
                refusing.addAll(programmed.refusing(service, vip, port));
            } else if (programmed.lacksNodePort(service, port)) {
                ports.add(nodePort(port));
            }
        }
        return ports.isEmpty()
                ? Optional.empty()
                : Optional.of(Missing.at(vip, service, String.join(", ", ports), refusing));
    }

    private void add(NodeView node, Missing missing, String what, List<Source> where, StateFindings findings) {
        Service service = missing.service();
        findings.addByLists(
                this,
                Severity.ERROR,
                node,
                new Claim(
                        "Service " + service.id() + " has no " + what + " for " + missing.ports() + " on "
                                + node.name(),
                        (what.startsWith("HNS") ? "an " : "a ") + what + " for " + missing.front(),
                        missing.refusing().isEmpty() ? "none" : "refused as a service without endpoints",
                        advice(node)),
                Stream.of(missing.refusing().stream(), node.view().at(service), where.stream())
                        .flatMap(sources -> sources));
    }

    private void addMany(
            NodeView node, List<Service> missing, int wanted, String what, List<Source> where, StateFindings findings) {
        String names = missing.stream()
                .limit(FEW)
                .map(service -> service.id().toString())
                .collect(Collectors.joining(", "));
        findings.addByLists(
                this,
                Severity.ERROR,
                node,
                new Claim(
                        missing.size() + " of " + wanted + " services have no " + what + " on " + node.name(),
                        "one for each service with endpoints",
                        "none for " + names + " and " + (missing.size() - FEW) + " more",
                        advice(node)),
                Stream.concat(where.stream(), missing.stream().flatMap(node.view()::at)));
    }

    private static String advice(NodeView node) {
        return node.isWindows()
                ? "Restart kube-proxy on " + node.name() + "; when its log shows HNS errors, restart HNS first"
                        + " (Restart-Service -f HNS)."
                : "Look at kube-proxy's log on " + node.name() + " and restart it.";
    }
}

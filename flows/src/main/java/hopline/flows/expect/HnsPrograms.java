package hopline.flows.expect;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.flows.state.AddressText;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsEndpoint.Acl;
import hopline.flows.state.hns.HnsEndpoint.OutboundNat;
import hopline.flows.state.hns.HnsLoadBalancer;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.hns.HnsNetwork.RemoteSubnet;
import hopline.flows.state.hns.HnsState;
import hopline.flows.state.text.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Makes the programs of virtual ports of what HNS holds: the rules that VFP should have, in the layers where
/// Windows puts them. Built from the published descriptions; the layers' names and order are those that VFP shows.
final class HnsPrograms {

    static final String ACL = "ACL_ENDPOINT_LAYER";
    static final String LB_DSR = "LB_DSR";
    static final String NAT = "SLB_NAT_LAYER";
    static final String SNAT = "SNAT";
    static final String LB = "LB";
    static final String L2 = "EXTERNAL_L2_REWRITE_LAYER";
    static final String ROUTE = "VNET_PA_ROUTE_LAYER";

    private static final int[] TRANSLATED = {IpProtocol.TCP, IpProtocol.UDP};
    private static final int DEFAULT_ACL_PRIORITY = 1000;
    private static final int FIRST = 0;
    private static final int USUAL = 100;

    private final HnsState hns;
    private final HnsNetwork network;
    private final PortProgram.Origin origin;
    private final int port;
    private final Optional<Address> usualSourceVip;
    private final Map<String, List<Backing>> backings = new HashMap<>();
    private final Map<List<Written>, List<PortRule>> exceptions = new ConcurrentHashMap<>();
    private final PortProgram shared;

    /// A load balancer's port that an endpoint is a backend of, and the address that asks for it.
    private record Backing(HnsLoadBalancer balancer, HnsLoadBalancer.Port at, Endpoint front) {}

    /// @param origin what to say the programs were made of
    /// @param port the tunnels' UDP port
    HnsPrograms(HnsState hns, HnsNetwork network, PortProgram.Origin origin, int port) {
        this.hns = hns;
        this.network = network;
        this.origin = origin;
        this.port = port;
        this.usualSourceVip = hns.endpoints().stream()
                .filter(hns::isSourceVip)
                .flatMap(endpoint -> endpoint.addresses().stream())
                .findFirst();
        this.shared = ofEveryPod();
    }

    private String kind(String what) {
        return origin == PortProgram.Origin.HNS ? "HNS " + what : what;
    }

    private static PortProgram.Builder layers() {
        return new PortProgram.Builder()
                .layer(ACL, 15)
                .layer(LB_DSR, 40)
                .layer(NAT, 50)
                .layer(SNAT, 200)
                .layer(LB, 300)
                .layer(L2, 500)
                .layer(ROUTE, 2000);
    }

    /// The port of a pod.
    PortProgram ofPod(HnsEndpoint endpoint) {
        PortProgram.Builder builder = layers();
        builder.groupsOf(shared);
        builder.group(NAT, "", false, true);
        endpoint.acls().forEach(acl -> addAcl(builder, acl));
        backings.getOrDefault(endpoint.id(), List.of()).forEach(backing -> addForBackend(builder, endpoint, backing));
        endpoint.outboundNats().forEach(nat -> addOutboundNat(builder, endpoint, nat));
        return builder.build(origin);
    }

    /// What the ports of all pods have: made once, as there may be thousands of services.
    private PortProgram ofEveryPod() {
        PortProgram.Builder builder = layers();
        for (HnsLoadBalancer balancer : hns.loadBalancers()) {
            for (HnsLoadBalancer.Port at : balancer.ports()) {
                addForPods(builder, balancer, at);
            }
        }
        addRemoteSubnets(builder);
        return builder.build(origin);
    }

    private void addAcl(PortProgram.Builder builder, Acl acl) {
        PortRule.Draft draft = new PortRule.Draft();
        boolean inwards = acl.direction().toLowerCase(Locale.ROOT).startsWith("in");
        draft.priority = acl.priority().orElse(DEFAULT_ACL_PRIORITY);
        if (!acl.protocols().isBlank() && !acl.protocols().equals("256")) {
            PortSpan.parse(acl.protocols())
                    .ifPresentOrElse(v -> draft.protocols = v, () -> unread(draft, acl.protocols()));
        }
        List<AddressSpan> remote = spans(draft, acl.remoteAddresses());
        List<AddressSpan> local = spans(draft, acl.localAddresses());
        List<PortSpan> remotePorts = ports(draft, acl.remotePorts());
        List<PortSpan> localPorts = ports(draft, acl.localPorts());
        draft.sources = inwards ? remote : local;
        draft.destinations = inwards ? local : remote;
        draft.sourcePorts = inwards ? remotePorts : localPorts;
        draft.destinationPorts = inwards ? localPorts : remotePorts;
        boolean blocks = acl.action().equalsIgnoreCase("Block");
        RuleRef ref = RuleRef.of(
                kind("ACL"), acl.action() + " " + acl.direction() + " priority " + draft.priority, acl.source());
        builder.add(ACL, "", inwards, draft.build(blocks ? new Effect.Block() : new Effect.Allow(), ref));
    }

    private static void unread(PortRule.Draft draft, String text) {
        draft.unread = text;
    }

    private static List<AddressSpan> spans(PortRule.Draft draft, String text) {
        if (text.isBlank()) {
            return List.of();
        }
        Optional<List<AddressSpan>> spans = AddressSpan.parse(text);
        draft.unread = spans.isEmpty() ? text : draft.unread;
        return spans.orElse(List.of());
    }

    private static List<PortSpan> ports(PortRule.Draft draft, String text) {
        if (text.isBlank() || text.equals("0")) {
            return List.of();
        }
        Optional<List<PortSpan>> spans = PortSpan.parse(text);
        draft.unread = spans.isEmpty() ? text : draft.unread;
        return spans.orElse(List.of());
    }

    private void addForPods(PortProgram.Builder builder, HnsLoadBalancer balancer, HnsLoadBalancer.Port at) {
        boolean isDsr = balancer.isDsr().orElse(false);
        for (Address vip : balancer.vips()) {
            Endpoint front = new Endpoint(vip, at.external());
            if (isDsr) {
                builder.add(LB_DSR, "", false, balance(balancer, at, front, Optional.empty()));
                back(balancer, at, front);
            } else if (network.isOverlay()) {
                PortRule.Draft draft = new PortRule.Draft().to(front, at.protocol());
                builder.add(
                        SNAT,
                        "",
                        false,
                        draft.build(new Effect.TranslateSource(sourceVip(balancer)), ref(balancer, at)));
                builder.add(LB, "", false, balance(balancer, at, front, Optional.empty()));
            }
        }
        if (isDsr && balancer.vips().isEmpty()) {
            network.managementIp().ifPresent(ip -> back(balancer, at, new Endpoint(ip, at.external())));
        }
    }

    private void back(HnsLoadBalancer balancer, HnsLoadBalancer.Port at, Endpoint front) {
        Backing backing = new Backing(balancer, at, front);
        for (String id : new LinkedHashSet<>(balancer.endpoints())) {
            backings.computeIfAbsent(id, key -> new ArrayList<>()).add(backing);
        }
    }

    /// With DSR the packet comes to the backend's own port with the service's address.
    private void addForBackend(PortProgram.Builder builder, HnsEndpoint endpoint, Backing backing) {
        if (!endpoint.addresses().isEmpty()) {
            HnsLoadBalancer.Port at = backing.at();
            Endpoint back = new Endpoint(endpoint.addresses().getFirst(), at.internal());
            PortRule.Draft draft = new PortRule.Draft().to(backing.front(), at.protocol());
            Effect effect = new Effect.Balance(List.of(back), Optional.empty(), false);
            builder.add(NAT, "", true, draft.build(effect, ref(backing.balancer(), at)));
        }
    }

    private Optional<Address> sourceVip(HnsLoadBalancer balancer) {
        return balancer.sourceVip().or(() -> usualSourceVip);
    }

    private RuleRef ref(HnsLoadBalancer balancer, HnsLoadBalancer.Port at) {
        String front = balancer.vips().isEmpty()
                ? "node port " + at.external()
                : new Endpoint(balancer.vips().getFirst(), at.external()).toString();
        return RuleRef.of(kind("load balancer"), front + "/" + IpProtocol.name(at.protocol()), balancer.source());
    }

    private PortRule balance(
            HnsLoadBalancer balancer, HnsLoadBalancer.Port at, Endpoint front, Optional<Address> source) {
        return new PortRule.Draft()
                .to(front, at.protocol())
                .build(new Effect.Balance(backends(balancer, at), source, true), ref(balancer, at));
    }

    private List<Endpoint> backends(HnsLoadBalancer balancer, HnsLoadBalancer.Port at) {
        List<Endpoint> backends = new ArrayList<>();
        for (String id : balancer.endpoints()) {
            HnsEndpoint endpoint = hns.endpointsById().get(id);
            if (endpoint != null && !endpoint.addresses().isEmpty()) {
                backends.add(new Endpoint(endpoint.addresses().getFirst(), at.internal()));
            }
        }
        return backends;
    }

    private void addOutboundNat(PortProgram.Builder builder, HnsEndpoint endpoint, OutboundNat nat) {
        for (PortRule exception : exceptions.computeIfAbsent(nat.exceptions(), this::exceptions)) {
            builder.add(NAT, "", false, exception);
        }
        Optional<Address> to = AddressText.parse(nat.vip()).or(network::managementIp);
        RuleRef ref = RuleRef.of(
                kind("OutBoundNAT"),
                nat.destinations().isEmpty() ? "everything else" : String.join(" ", nat.destinations()),
                endpoint.source());
        List<AddressSpan> destinations = nat.destinations().isEmpty()
                ? List.of()
                : AddressSpan.parse(String.join(",", nat.destinations())).orElse(List.of());
        for (int protocol : TRANSLATED) {
            PortRule.Draft draft = new PortRule.Draft()
                    .to(destinations.toArray(AddressSpan[]::new))
                    .protocol(protocol)
                    .priority(USUAL);
            builder.add(NAT, "", false, draft.build(new Effect.TranslateSource(to), ref));
        }
    }

    private List<PortRule> exceptions(List<Written> exceptions) {
        return exceptions.stream()
                .flatMap(exception ->
                        AddressSpan.parse(exception.text()).stream().map(spans -> exception(exception, spans)))
                .toList();
    }

    private PortRule exception(Written exception, List<AddressSpan> spans) {
        RuleRef ref = RuleRef.of(kind("OutBoundNAT exception"), exception.text(), exception.source());
        return new PortRule.Draft()
                .to(spans.toArray(AddressSpan[]::new))
                .priority(FIRST)
                .build(new Effect.Allow(), ref);
    }

    private void addRemoteSubnets(PortProgram.Builder builder) {
        builder.group(ROUTE, "", false, true);
        for (RemoteSubnet subnet : network.remoteSubnets()) {
            if (network.isOverlay()
                    && subnet.provider().isPresent()
                    && network.managementIp().isPresent()) {
                Tunnel tunnel = new Tunnel(
                        network.managementIp().get(),
                        subnet.provider().get(),
                        subnet.vni().orElse(-1),
                        port);
                Effect effect =
                        new Effect.Encapsulate(tunnel, subnet.routerMac().orElse(Headers.UNKNOWN_MAC), true);
                RuleRef ref =
                        RuleRef.of(kind("RemoteSubnetRoute"), subnet.prefix().toString(), subnet.source());
                builder.add(
                        ROUTE,
                        "",
                        false,
                        new PortRule.Draft().to(AddressSpan.of(subnet.prefix())).build(effect, ref));
            }
        }
    }

    /// The port of the node itself: what its own processes send, and what it forwards.
    PortProgram ofHost() {
        PortProgram.Builder builder = layers();
        builder.group(LB, "", false, true);
        for (HnsLoadBalancer balancer : hns.loadBalancers()) {
            for (HnsLoadBalancer.Port at : balancer.ports()) {
                for (Address vip : fronts(balancer)) {
                    addForHost(builder, balancer, at, new Endpoint(vip, at.external()));
                }
            }
        }
        addRemoteSubnets(builder);
        return builder.build(origin);
    }

    /// On an overlay the source has a layer of its own, which comes first.
    private void addForHost(
            PortProgram.Builder builder, HnsLoadBalancer balancer, HnsLoadBalancer.Port at, Endpoint front) {
        Optional<Address> source = hostSource(balancer);
        if (network.isOverlay() && source.isPresent()) {
            PortRule.Draft draft = new PortRule.Draft().to(front, at.protocol());
            builder.add(SNAT, "", false, draft.build(new Effect.TranslateSource(source), ref(balancer, at)));
            source = Optional.empty();
        }
        builder.add(LB, "", false, balance(balancer, at, front, source));
    }

    /// A node port has the node's own address; with DSR the backends' own ports translate it.
    private List<Address> fronts(HnsLoadBalancer balancer) {
        if (balancer.vips().isEmpty() && balancer.isDsr().orElse(false)) {
            return List.of();
        }
        return balancer.vips().isEmpty() ? network.managementIp().stream().toList() : balancer.vips();
    }

    /// What is forwarded without DSR must come back here.
    private Optional<Address> hostSource(HnsLoadBalancer balancer) {
        if (balancer.isDsr().orElse(false)) {
            return Optional.empty();
        }
        return network.isOverlay() ? sourceVip(balancer) : network.managementIp();
    }

    /// The port that leads to the node's adapter.
    ///
    /// @param hostMac the adapter's
    PortProgram ofExternal(long hostMac) {
        PortProgram.Builder builder = layers();
        if (network.isBridge() || network.isL2Tunnel()) {
            for (HnsEndpoint endpoint : hns.endpoints()) {
                if (!endpoint.isRemote() && endpoint.mac().isPresent()) {
                    PortRule.Draft draft = new PortRule.Draft();
                    draft.sourceMac = endpoint.mac().getAsLong();
                    RuleRef ref = RuleRef.of(kind("endpoint"), endpoint.label(), endpoint.source());
                    builder.add(L2, "", true, draft.build(new Effect.RewriteMac(hostMac, Headers.UNKNOWN_MAC), ref));
                }
            }
        }
        return builder.build(origin);
    }
}

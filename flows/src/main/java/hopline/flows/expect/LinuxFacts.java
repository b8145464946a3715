package hopline.flows.expect;

import hopline.decode.Address;
import hopline.flows.state.Cidr;
import hopline.flows.state.Node;
import hopline.flows.state.Pod;
import hopline.flows.state.Vtep;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.NodeState;
import hopline.flows.state.host.HostInterface;
import hopline.flows.state.host.HostRoute;
import hopline.flows.state.host.Neighbour;
import hopline.flows.state.linux.ForwardingEntry;
import hopline.flows.state.linux.IptablesChain;
import hopline.flows.state.linux.IptablesRule;
import hopline.flows.state.linux.KernelSetting;
import hopline.flows.state.linux.LinkAddress;
import hopline.flows.state.linux.LinuxState;
import hopline.flows.state.linux.NftObject;
import hopline.flows.state.linux.VxlanDevice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What is known of one Linux node, made ready for walks: its chains, routes, interfaces, neighbours and tunnels.
final class LinuxFacts {

    private static final Cidr LOOPBACK = new Cidr(Address.of("127.0.0.0"), 8);
    private static final Address LOOPBACK_6 = Address.of("::1");
    private static final String DEMANDED_TUNNEL = "the tunnel";

    private final String name;
    private final LinuxState linux;
    private final CollectedState all;
    private final RouteTable routes;
    private final Ruleset rules;
    private final boolean hasRules;
    private final Set<Address> own = new HashSet<>();
    private final Map<String, LinkAddress> links = new LinkedHashMap<>();
    private final Map<Address, Neighbour> neighbours = new HashMap<>();
    private final List<VxlanDevice> tunnels;
    private final boolean areDemanded;
    private final String bridge;
    private final boolean isDemanded;
    private final String adapter;
    private final Map<String, HostInterface> sized;

    /// @param isDemanded take what the cluster's lists demand, and of the node only what its interfaces are called
    /// @param demanded the rules that they demand
    LinuxFacts(CollectedState all, NodeState state, boolean isDemanded, DemandedRules demanded) {
        this.name = state.name();
        this.linux = state.linux();
        this.all = all;
        RouteTable read = RouteTable.of(all, state);
        this.routes = isDemanded ? read.demanded() : read;
        this.bridge = read.device(ownPods()).orElse("the bridge");
        this.adapter = read.device(Address.ofIpv4(0)).orElse("the adapter");
        this.isDemanded = isDemanded;
        this.sized = state.host().interfacesWithMtu();
        Ruleset programmed = isDemanded ? new Ruleset() : rulesRead();
        this.hasRules = !programmed.isEmpty();
        this.rules = hasRules ? programmed : demanded.of(name);
        for (LinkAddress link : linux.links()) {
            links.merge(link.name(), link, LinuxFacts::fuller);
            own.addAll(link.addresses());
        }
        own.addAll(routes.own());
        state.host().neighbours().forEach(neighbour -> neighbours.put(neighbour.address(), neighbour));
        // Of a list of a bridge's ports alone, no tunnel is missing.
        boolean listsLinks = links.containsKey(adapter);
        this.areDemanded = isDemanded || (linux.vxlanDevices().isEmpty() && !listsLinks);
        this.tunnels = areDemanded ? demandedTunnels() : linux.vxlanDevices();
    }

    private static LinkAddress fuller(LinkAddress one, LinkAddress other) {
        return new LinkAddress(
                one.name(),
                one.mac().isPresent() ? one.mac() : other.mac(),
                one.addresses().isEmpty() ? other.addresses() : one.addresses(),
                one.bridge().isEmpty() ? other.bridge() : one.bridge(),
                one.source());
    }

    private Ruleset rulesRead() {
        Ruleset read = new Ruleset();
        Set<String> nftFiles = new HashSet<>();
        linux.nftObjects().forEach(object -> nftFiles.add(object.source().file()));
        List<IptablesRule> lines = linux.rules().stream()
                .filter(rule -> !nftFiles.contains(rule.source().file()) && IptablesRules.isTable(rule.table()))
                .toList();
        List<IptablesChain> chains = linux.chains().stream()
                .filter(chain -> !nftFiles.contains(chain.source().file()) && IptablesRules.isTable(chain.table()))
                .toList();
        IptablesRules.add(chains, lines, read);
        List<NftObject> objects = linux.nftObjects().stream()
                .filter(object ->
                        chains.isEmpty() || !IptablesRules.isTable(object.body().text("table")))
                .toList();
        NftRules.add(objects, read);
        return read;
    }

    private Address ownPods() {
        return all.cluster()
                .node(name)
                .flatMap(node -> node.podCidrs().stream().findFirst())
                .map(cidr -> new Address(cidr.prefix().high(), cidr.prefix().low() + 1))
                .orElse(Address.ofIpv4(-1));
    }

    /// An interface as a way out of the node.
    Link link(String device) {
        HostInterface at = sized.get(device);
        OptionalInt mtu = at == null ? OptionalInt.empty() : at.mtu();
        return new Link(
                device(device),
                device,
                mtu,
                at == null
                        ? Optional.empty()
                        : Optional.of(RuleRef.of("interface", device + " mtu " + mtu.getAsInt(), at.source())),
                "ip link of " + name);
    }

    /// The bridge that pods are at.
    String bridge() {
        return bridge;
    }

    /// The interface that leads to other nodes.
    String adapter() {
        return adapter;
    }

    /// The interface that leads to other nodes' pods, where it is not the adapter itself.
    private String wayToOthers() {
        return all.cluster().nodes().stream()
                .filter(other -> !other.name().equals(name))
                .flatMap(other -> other.podCidrs().stream())
                .flatMap(cidr -> routes.device(cidr.prefix()).stream())
                .filter(device -> !device.equals(adapter))
                .findFirst()
                .orElse(DEMANDED_TUNNEL);
    }

    private List<VxlanDevice> demandedTunnels() {
        Optional<Node> node = all.cluster().node(name);
        Optional<Vtep> vtep = node.flatMap(Node::vtep);
        if (vtep.isEmpty() || vtep.get().vni().isEmpty()) {
            return List.of();
        }
        return List.of(new VxlanDevice(
                linux.vxlanDevices().stream().map(VxlanDevice::name).findFirst().orElseGet(this::wayToOthers),
                vtep.get().vni().getAsInt(),
                node.get().internalAddresses().stream().findFirst(),
                -1,
                vtep.get().mac(),
                all.kubernetes().place("Node", name).orElse(new hopline.flows.state.Source("the cluster's lists", 0))));
    }

    Place kernel() {
        return new Place(name(), "kernel", Place.Kind.HOST);
    }

    Place device(String device) {
        return new Place(name(), device, Place.Kind.INTERFACE);
    }

    String name() {
        return name;
    }

    Ruleset rules() {
        return rules;
    }

    boolean isOwn(Address address) {
        return own.contains(address) || isLoopback(address);
    }

    private static boolean isLoopback(Address address) {
        return LOOPBACK.contains(address) || address.equals(LOOPBACK_6);
    }

    /// Its addresses that others may know.
    List<Address> addresses() {
        return own.stream().filter(address -> !isLoopback(address)).toList();
    }

    /// The MAC address that answers for one of its addresses: that of the interface that has it, or of the adapter
    /// for what bridges and tunnels have.
    long macBehind(Address address) {
        return links.values().stream()
                .filter(link -> link.addresses().contains(address))
                .map(LinkAddress::name)
                .filter(link -> !link.equals(bridge) && tunnel(link).isEmpty())
                .findFirst()
                .map(this::macOf)
                .orElseGet(() -> macOf(adapter));
    }

    /// What is open because rules or routes were not read.
    List<Doubt> doubts() {
        List<Doubt> doubts = new ArrayList<>();
        if (!rules.isWhole()) {
            doubts.add(new Doubt(
                    "the chains of " + name + " beyond the first " + Ruleset.MAX_BASES,
                    "the kernel itself (nft monitor trace)"));
        }
        if (hasRules && linux.lacksRules()) {
            doubts.add(new Doubt(
                    "the rules of " + name + " were cut; what stood in the rest is not known",
                    "nft -j list ruleset, or iptables-save, of " + name));
        }
        if (!hasRules) {
            doubts.add(new Doubt(
                    "the rules of " + name + " were not read; what the cluster's lists demand is taken for them",
                    "nft -j list ruleset, or iptables-save, of " + name));
        }
        return doubts;
    }

    Optional<HostRoute> route(Address destination) {
        return routes.route(destination);
    }

    /// Where the cluster's lists lead a packet, when no route was read.
    WindowsState.Hop hop(Address destination) {
        return routes.hop(destination);
    }

    boolean hasRoutes(Address destination) {
        return routes.isRead(destination);
    }

    /// The address that an interface's own packets have, and masqueraded ones: the first.
    Optional<Address> addressOf(String device, boolean isIpv4) {
        LinkAddress link = links.get(device);
        List<Address> addresses = link != null && !link.addresses().isEmpty() ? link.addresses() : routes.own();
        return addresses.stream().filter(address -> address.isIpv4() == isIpv4).findFirst();
    }

    long macOf(String device) {
        LinkAddress link = links.get(device);
        return link == null ? Headers.UNKNOWN_MAC : link.mac().orElse(Headers.UNKNOWN_MAC);
    }

    /// The MAC address behind an address, as far as the node knows it.
    long neighbour(Address address) {
        Neighbour neighbour = neighbours.get(address);
        return neighbour == null ? Headers.UNKNOWN_MAC : neighbour.mac();
    }

    /// Where a neighbour stands.
    Optional<RuleRef> neighbourRule(Address address) {
        return Optional.ofNullable(neighbours.get(address))
                .map(neighbour -> RuleRef.of("neighbour", address.toString(), neighbour.source()));
    }

    /// The port of a bridge that an address of a pod is behind.
    Optional<String> bridgePort(Address pod) {
        long mac = neighbour(pod);
        return linux.forwardingEntries().stream()
                .filter(entry -> !entry.isOwn() && mac != Headers.UNKNOWN_MAC && entry.mac() == mac)
                .filter(entry -> entry.destination().isEmpty())
                .map(ForwardingEntry::device)
                .findFirst()
                .or(() -> portNamedAfter(pod));
    }

    /// Some plugins name a pod's interface after it.
    private Optional<String> portNamedAfter(Address pod) {
        return all.cluster().pod(pod, Long.MAX_VALUE).map(Pod::name).flatMap(known -> links.keySet().stream()
                .filter(link -> link.endsWith("-" + known))
                .findFirst());
    }

    Optional<VxlanDevice> tunnel(String device) {
        return tunnels.stream().filter(tunnel -> tunnel.name().equals(device)).findFirst();
    }

    List<VxlanDevice> tunnels() {
        return tunnels;
    }

    /// Whether the lists alone tell of tunnels.
    boolean areTunnelsDemanded() {
        return areDemanded;
    }

    /// The tunnel's end that a MAC address is behind.
    Optional<ForwardingEntry> tunnelEnd(String device, long mac) {
        return linux.forwardingEntries().stream()
                .filter(entry -> entry.device().equals(device) && entry.mac() == mac)
                .filter(entry -> entry.destination().isPresent())
                .findFirst();
    }

    /// The other node's tunnel end, by the cluster's lists.
    Optional<Node> ownerOf(Address destination) {
        return all.cluster().nodeOwning(destination, Long.MAX_VALUE).flatMap(all.cluster()::node);
    }

    Optional<KernelSetting> setting(String key) {
        return linux.setting(key);
    }

    boolean isSet(String key, String value) {
        return setting(key).filter(setting -> setting.value().equals(value)).isPresent();
    }

    /// Whether bridged packets of that version of IP pass the rules, too. Kubelet demands it; the kernel alone
    /// would not.
    boolean bridgeCallsRules(boolean isIpv4) {
        return isDemanded || !isSet("net.bridge.bridge-nf-call-" + (isIpv4 ? "iptables" : "ip6tables"), "0");
    }

    /// The setting that keeps the node from forwarding packets of that version of IP. For IPv6 that of all
    /// interfaces decides alone: those of single ones only make the node a router to its neighbours.
    Optional<KernelSetting> forwardingOff(boolean isIpv4) {
        return setting(isIpv4 ? "net.ipv4.ip_forward" : "net.ipv6.conf.all.forwarding")
                .filter(setting -> setting.value().equals("0"));
    }

    /// How strictly an interface checks that answers to a source of IPv4 would leave by it: 0 not at all, 1 by
    /// that interface, 2 by any. For IPv6 the kernel has no such setting.
    int reversePathFilter(String device) {
        int every = number("net.ipv4.conf.all.rp_filter");
        return Math.max(every, number("net.ipv4.conf." + device + ".rp_filter"));
    }

    private int number(String key) {
        return setting(key)
                .map(KernelSetting::value)
                .filter(value -> value.matches("\\d"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    /// The UDP port of a tunnel, -1 where only the lists tell of it.
    int port(VxlanDevice tunnel) {
        return tunnel.port();
    }
}

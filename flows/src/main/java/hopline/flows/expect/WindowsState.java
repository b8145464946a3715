package hopline.flows.expect;

import hopline.decode.Address;
import hopline.flows.expect.PortProgram.Origin;
import hopline.flows.state.Node;
import hopline.flows.state.Source;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.NodeState;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.hns.HnsNetwork.Subnet;
import hopline.flows.state.hns.HnsState;
import hopline.flows.state.host.HostInterface;
import hopline.flows.state.host.HostProcess;
import hopline.flows.state.vfp.SwitchPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// What is known of one Windows node, made ready for walks: its endpoints by address, a program for each port, its
/// routes. Of what several sources tell the most exact counts.
final class WindowsState {

    private static final int VXLAN_PORT = 4789;

    private final String name;
    private final NodeState state;
    private final HnsNetwork network;
    private final HnsState hns;
    private final Origin hnsOrigin;
    private final HnsPrograms hnsPrograms;
    private final Map<String, PortProgram> vfpPrograms;
    private final Map<Address, HnsEndpoint> local = new HashMap<>();
    private final Set<String> localIds = new HashSet<>();
    private final Map<String, PortProgram> programs = new ConcurrentHashMap<>();
    private final PortProgram hostProgram;
    private final PortProgram externalProgram;
    private final RouteTable routes;

    private WindowsState(
            String name, NodeState state, HnsState hns, HnsNetwork network, Origin origin, RouteTable routes) {
        this.name = name;
        this.state = state;
        this.network = network;
        this.hns = hns;
        this.hnsOrigin = origin;
        this.routes = routes;
        this.hnsPrograms = new HnsPrograms(hns, network, origin, vxlanPort());
        this.vfpPrograms = state.vfp().lacksRules()
                ? Map.of()
                : new VfpPrograms(new VfpPrograms.Overlay(network.managementIp(), vni(), vxlanPort())).of(state.vfp());
        for (HnsEndpoint endpoint : hns.endpoints()) {
            if (!endpoint.isRemote() && isOfNetwork(endpoint)) {
                endpoint.addresses().forEach(address -> local.putIfAbsent(address, endpoint));
            }
        }
        local.values().forEach(endpoint -> localIds.add(endpoint.id()));
        this.hostProgram = vfpProgram(SwitchPort::isHost).orElseGet(hnsPrograms::ofHost);
        this.externalProgram = vfpProgram(SwitchPort::isExternal).orElseGet(() -> hnsPrograms.ofExternal(hostMac()));
    }

    /// What is known of `node`; empty where neither HNS nor the cluster's lists say anything of its pods' network.
    ///
    /// @param isDemanded take what the cluster's lists demand, whatever the node has
    static Optional<WindowsState> of(CollectedState all, NodeState node, boolean isDemanded) {
        Optional<Node> listed = all.cluster().node(node.name());
        Optional<HnsNetwork> held =
                node.hns().networks().stream().filter(HnsNetwork::carriesPods).findFirst();
        boolean isHeld = !isDemanded && held.isPresent() && node.hns().listsEndpoints();
        Optional<HnsState> hns =
                isHeld ? Optional.of(node.hns()) : listed.map(at -> DemandedHns.of(all, at, node.cni(), isDsr(node)));
        return hns.map(known -> new WindowsState(
                node.name(),
                isDemanded ? NodeState.unread(node.name()) : node,
                known,
                isHeld ? held.get() : known.networks().getFirst(),
                isHeld ? Origin.HNS : Origin.LISTS,
                isDemanded ? RouteTable.of(all, node).demanded() : RouteTable.of(all, node)));
    }

    private static boolean isDsr(NodeState node) {
        return node.host().processes().stream()
                .map(HostProcess::commandLine)
                .anyMatch(line -> line.contains("--enable-dsr=true") || line.contains("--enable-dsr "));
    }

    private boolean isOfNetwork(HnsEndpoint endpoint) {
        return endpoint.network().isEmpty()
                || endpoint.network().equalsIgnoreCase(network.id())
                || endpoint.network().equalsIgnoreCase(network.name());
    }

    private PortProgram chosen(HnsEndpoint endpoint) {
        PortProgram exact = portOf(endpoint).map(vfpPrograms::get).orElse(null);
        return exact != null ? exact : hnsPrograms.ofPod(endpoint);
    }

    /// The GUID of an endpoint's port, by what HNS says, or by the port's name or MAC address.
    private Optional<String> portOf(HnsEndpoint endpoint) {
        if (!endpoint.port().isEmpty()) {
            return Optional.of(endpoint.port());
        }
        return state.vfp().ports().stream()
                .filter(port -> port.friendlyName().equalsIgnoreCase(endpoint.id())
                        || (port.mac().isPresent() && port.mac().equals(endpoint.mac())))
                .map(SwitchPort::id)
                .findFirst();
    }

    private Optional<PortProgram> vfpProgram(java.util.function.Predicate<SwitchPort> wanted) {
        return state.vfp().ports().stream()
                .filter(wanted)
                .flatMap(port -> Optional.ofNullable(vfpPrograms.get(port.id())).stream())
                .findFirst();
    }

    String name() {
        return name;
    }

    HnsNetwork network() {
        return network;
    }

    /// What to call the network where a rule is cited.
    String networkKind() {
        return hnsOrigin == Origin.HNS ? "HNS network" : "network";
    }

    boolean isOverlay() {
        return network.isOverlay();
    }

    boolean isL2Tunnel() {
        return network.isL2Tunnel();
    }

    boolean isTransparent() {
        return network.isTransparent();
    }

    /// The router of a pod that is a host of the node's network; empty for its neighbours.
    Optional<Address> router(HnsEndpoint endpoint, Address destination) {
        return network.contains(destination) ? Optional.empty() : endpoint.gateway();
    }

    /// How long a packet may be on the adapter.
    OptionalInt mtu() {
        return Stream.concat(
                        state.vfp().ports().stream()
                                .filter(SwitchPort::isExternal)
                                .map(SwitchPort::mtu),
                        state.host().interfaces().stream()
                                .filter(at -> address()
                                        .filter(at.addresses()::contains)
                                        .isPresent())
                                .map(HostInterface::mtu))
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    /// What HNS has a pod leave of it for the tunnel.
    static int overhead(HnsEndpoint endpoint) {
        return endpoint.encapOverhead().orElse(0);
    }

    /// Whether a list of endpoints was read, so that what is not in it does not exist.
    boolean knowsEndpoints() {
        return hnsOrigin == Origin.HNS;
    }

    Optional<Address> address() {
        return network.managementIp();
    }

    /// The pod's, or other local endpoint's, at that address.
    Optional<HnsEndpoint> local(Address address) {
        return Optional.ofNullable(local.get(address))
                .filter(endpoint -> !endpoint.isHostGateway() && !isSourceVip(address));
    }

    /// The address that non-DSR traffic of an overlay gets as its source.
    boolean isSourceVip(Address address) {
        HnsEndpoint endpoint = local.get(address);
        return endpoint != null && hns.isSourceVip(endpoint);
    }

    /// Whether the node itself has the address.
    boolean isOwn(Address address) {
        HnsEndpoint endpoint = local.get(address);
        return address().equals(Optional.of(address))
                || (endpoint != null && endpoint.isHostGateway())
                || routes.isOwn(address);
    }

    /// All its addresses that others may know.
    List<Address> addresses() {
        List<Address> addresses = new ArrayList<>(address().stream().toList());
        addresses.addAll(routes.own());
        return addresses;
    }

    /// The addresses of its pods.
    Iterable<Address> pods() {
        return local.keySet();
    }

    /// The program of an endpoint's port, made when a packet comes to it first.
    PortProgram program(HnsEndpoint endpoint) {
        return localIds.contains(endpoint.id())
                ? programs.computeIfAbsent(endpoint.id(), id -> chosen(endpoint))
                : hostProgram;
    }

    PortProgram hostProgram() {
        return hostProgram;
    }

    PortProgram externalProgram() {
        return externalProgram;
    }

    /// The backends here whose own ports translate such a packet.
    List<HnsEndpoint> translating(Headers headers) {
        return local.values().stream()
                .distinct()
                .filter(hns::isPod)
                .filter(endpoint -> translates(program(endpoint), headers))
                .toList();
    }

    private static boolean translates(PortProgram program, Headers headers) {
        return program.layers().stream()
                .flatMap(layer -> layer.groups().stream())
                .filter(PortProgram.Group::inwards)
                .flatMap(group -> group.rules().stream())
                .anyMatch(rule -> rule.effect() instanceof Effect.Balance && rule.matches(headers));
    }

    /// What is open because a port's program was not made of VFP's rules.
    Optional<Doubt> doubt(PortProgram program, String what) {
        return switch (program.origin()) {
            case VFP -> Optional.empty();
            case HNS ->
                Optional.of(new Doubt(
                        "VFP's rules at the " + what + " on " + name
                                + " were not read; what HNS holds is taken for programmed",
                        "vfpOutput.txt of " + name + " (vfpctrl /port … /list-rule)"));
            case LISTS ->
                Optional.of(new Doubt(
                        "neither VFP's rules nor what HNS holds for the " + what + " on " + name
                                + " were read; what the cluster's lists demand is taken for programmed",
                        "vfpOutput.txt, else network.txt, endpoint.txt and policy.txt, of " + name));
        };
    }

    /// Where VFP says that an endpoint's port lets nothing through.
    Optional<Source> blocked(HnsEndpoint endpoint) {
        Optional<String> port = portOf(endpoint);
        return state.vfp().readings().stream()
                .filter(reading ->
                        reading.key().equals("blocked") && reading.value().equalsIgnoreCase("TRUE"))
                .filter(reading -> Optional.of(reading.port()).equals(port))
                .map(reading -> reading.source())
                .findFirst();
    }

    /// The MAC address of the adapter.
    long hostMac() {
        return state.vfp().ports().stream()
                .filter(port -> port.isExternal() && port.mac().isPresent())
                .mapToLong(port -> port.mac().getAsLong())
                .findFirst()
                .orElseGet(() -> state.host().interfaces().stream()
                        .filter(at -> address().filter(at.addresses()::contains).isPresent()
                                && at.mac().isPresent())
                        .mapToLong(at -> at.mac().getAsLong())
                        .findFirst()
                        .orElse(Headers.UNKNOWN_MAC));
    }

    /// The MAC address of an endpoint's gateway: on an overlay the distributed router, on a bridge the node's leg.
    long gatewayMac(HnsEndpoint endpoint) {
        if (isOverlay()) {
            return network.distributedRouterMac().orElse(Headers.UNKNOWN_MAC);
        }
        return endpoint.gateway()
                .map(local::get)
                .map(HnsEndpoint::mac)
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .orElse(Headers.UNKNOWN_MAC);
    }

    private int vxlanPort() {
        return network.vxlanPort().orElse(VXLAN_PORT);
    }

    private int vni() {
        return network.subnets().stream()
                .map(Subnet::vni)
                .filter(OptionalInt::isPresent)
                .mapToInt(OptionalInt::getAsInt)
                .findFirst()
                .orElse(-1);
    }

    /// Why the node does not take a packet out of that tunnel; empty when it does.
    Optional<String> refusal(Tunnel tunnel, Headers inner) {
        if (!isOverlay()) {
            return Optional.of("the node has no overlay whose tunnels end here");
        }
        if (tunnel.port() > 0 && tunnel.port() != vxlanPort()) {
            return Optional.of("it comes to UDP port " + tunnel.port() + ", tunnels end at " + vxlanPort());
        }
        if (vni() >= 0 && tunnel.vni() >= 0 && tunnel.vni() != vni()) {
            return Optional.of("its VNI is " + tunnel.vni() + ", the network's " + vni());
        }
        return refusedMac(inner);
    }

    private Optional<String> refusedMac(Headers inner) {
        long own = network.distributedRouterMac().orElse(Headers.UNKNOWN_MAC);
        long to = inner.destinationMac();
        boolean isPods = local.values().stream()
                .anyMatch(
                        endpoint -> endpoint.mac().isPresent() && endpoint.mac().getAsLong() == to);
        boolean isFine = to == Headers.UNKNOWN_MAC || own == Headers.UNKNOWN_MAC || to == own || isPods;
        return isFine
                ? Optional.empty()
                : Optional.of("its inner destination MAC " + Action.mac(to) + " is not the node's " + Action.mac(own));
    }

    /// Where the node's routes lead.
    ///
    /// @param isKnown whether anything tells
    record Hop(Optional<Address> nextHop, Optional<RuleRef> rule, Optional<Doubt> doubt, boolean isKnown) {}

    Hop hop(Address destination) {
        return routes.hop(destination);
    }
}

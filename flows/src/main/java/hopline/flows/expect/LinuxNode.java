package hopline.flows.expect;

import hopline.decode.Address;
import hopline.flows.expect.Ruleset.Hook;
import hopline.flows.state.Node;
import hopline.flows.state.host.HostRoute;
import hopline.flows.state.linux.VxlanDevice;
import java.util.List;
import java.util.Optional;

/// A Linux node: pods at a bridge, rules at the kernel's hooks, routes, VXLAN interfaces, and the adapter.
///
/// Stages are the interfaces as a tap sees packets there: a bridge's port before and after the rules that bridged
/// packets pass, the bridge itself only for what the node routes, an interface's egress rules before its tap.
final class LinuxNode implements NodeWalk {

    /// What Linux sends packets with.
    private static final int TIME_TO_LIVE = 64;

    private static final Action PASS = new Action.Pass();

    private final LinuxFacts facts;
    private final Underlay underlay;
    private final LinuxHooks hooks;
    private final LinuxTunnels tunnels;

    LinuxNode(LinuxFacts facts, Underlay underlay) {
        this.facts = facts;
        this.underlay = underlay;
        this.hooks = new LinuxHooks(facts, underlay);
        this.tunnels = new LinuxTunnels(facts, hooks);
    }

    @Override
    public String name() {
        return facts.name();
    }

    @Override
    public int timeToLive() {
        return TIME_TO_LIVE;
    }

    private Place pod(Address pod) {
        return new Place(name(), underlay.who(pod).replaceFirst("^pod ", ""), Place.Kind.POD);
    }

    private void doubt(Trail trail) {
        facts.doubts().forEach(doubt -> trail.doubt(doubt.what(), doubt.settledBy()));
    }

    @Override
    public void fromPod(Trail trail, Address pod) {
        doubt(trail);
        Headers headers = trail.headers();
        Address destination = headers.destination().address();
        String bridge = facts.route(pod).map(HostRoute::device).orElse(facts.bridge());
        boolean isNeighbour = isOnBridge(pod, destination, bridge);
        long to = isNeighbour ? facts.neighbour(destination) : facts.macOf(bridge);
        trail.step(
                pod(pod),
                "pod",
                new Action.Forward(isNeighbour ? "its neighbour" : "the node"),
                headers.withMacs(facts.neighbour(pod), to));
        String port = facts.bridgePort(pod).orElse(portOf(pod));
        if (facts.link(port).refuses(trail)) {
            return;
        }
        trail.step(facts.device(port), "interface", PASS, trail.headers());
        if (facts.bridgeCallsRules(pod.isIpv4())) {
            hooks.pass(LinuxLoad.of(trail, bridge), List.of(Hook.PREROUTING), "", way -> bridged(way, bridge));
        } else if (isNeighbour) {
            toPort(LinuxLoad.of(trail, bridge), bridge, destination);
        } else {
            trail.step(facts.device(bridge), "interface", PASS, trail.headers());
            hooks.pass(LinuxLoad.of(trail, bridge), List.of(Hook.PREROUTING), "", this::route);
        }
    }

    private String portOf(Address pod) {
        return "the interface of " + underlay.who(pod).replaceFirst("^pod ", "");
    }

    /// Whether two addresses are of one bridge's network.
    private boolean isOnBridge(Address pod, Address destination, String bridge) {
        if (facts.isOwn(destination)) {
            return false;
        }
        Optional<HostRoute> route = facts.route(destination);
        if (route.isPresent() || facts.hasRoutes(destination)) {
            return route.filter(
                            found -> found.nextHop().isEmpty() && found.device().equals(bridge))
                    .isPresent();
        }
        Optional<String> here = facts.ownerOf(destination).map(Node::name);
        return here.equals(Optional.of(name()))
                && facts.ownerOf(pod).map(Node::name).equals(here);
    }

    /// After the rules that packets pass on the bridge: what is for a neighbour now stays on it.
    private void bridged(LinuxLoad load, String bridge) {
        Address destination = load.trail().headers().destination().address();
        if (isOnBridge(load.trail().headers().source().address(), destination, bridge)) {
            hooks.pass(load, List.of(Hook.FORWARD, Hook.POSTROUTING), bridge, way -> toPort(way, bridge, destination));
        } else {
            load.trail()
                    .step(facts.device(bridge), "interface", PASS, load.trail().headers());
            route(load);
        }
    }

    private void toPort(LinuxLoad load, String bridge, Address destination) {
        Trail trail = load.trail();
        if (!underlay.isHeld(destination)) {
            trail.drop(
                    facts.kernel(),
                    "neighbour",
                    Optional.empty(),
                    "no pod has the address " + destination + ", so nobody answers for it");
            return;
        }
        String port = facts.bridgePort(destination).orElse(portOf(destination));
        if (facts.link(port).refuses(trail)) {
            return;
        }
        Headers headers = trail.headers();
        long to = facts.neighbour(destination);
        boolean isRouted = headers.sourceMac() == facts.macOf(bridge);
        trail.step(
                facts.device(port),
                "interface",
                facts.neighbourRule(destination).orElse(RuleRef.unwritten("bridge", bridge)),
                PASS,
                headers.withMacs(isRouted ? facts.macOf(bridge) : headers.sourceMac(), to));
        trail.step(pod(destination), "pod", PASS, trail.headers());
        trail.end(underlay.delivered(pod(destination), trail.headers().destination()));
    }

    private void route(LinuxLoad load) {
        Trail trail = load.trail();
        if (trail.hasEnded()) {
            return;
        }
        Address destination = trail.headers().destination().address();
        if (facts.isOwn(destination)) {
            toProcess(load);
            return;
        }
        if (!mayForward(trail, load.in())) {
            return;
        }
        routed(load, true);
    }

    private boolean mayForward(Trail trail, String in) {
        Address source = trail.headers().source().address();
        Optional<RuleRef> off = facts.forwardingOff(source.isIpv4())
                .map(setting -> RuleRef.of("setting", setting.key() + " = 0", setting.source()));
        if (off.isPresent()) {
            trail.drop(facts.kernel(), "forwarding", off, "the node does not forward");
            return false;
        }
        Optional<HostRoute> back = facts.route(source);
        boolean isStrict = source.isIpv4() && facts.reversePathFilter(in) == 1;
        boolean comesElsewhere = back.isPresent() && !back.get().device().equals(in);
        if (isStrict && comesElsewhere && !facts.isOwn(source)) {
            trail.drop(
                    facts.kernel(),
                    "reverse path filter",
                    back.map(RouteTable::ref),
                    "answers to " + source + " would not leave by " + in + " (rp_filter)");
            return false;
        }
        return true;
    }

    /// @param counts it is a hop of a packet from elsewhere
    private void routed(LinuxLoad load, boolean counts) {
        Trail trail = load.trail();
        Headers headers = trail.headers();
        Address destination = headers.destination().address();
        Optional<HostRoute> route = facts.route(destination);
        if (route.isEmpty()) {
            withoutRoute(load, counts);
            return;
        }
        HostRoute found = route.get();
        Headers after = counts ? headers.routed() : headers;
        trail.step(
                facts.kernel(),
                "routing",
                RouteTable.ref(found),
                new Action.Route(found.nextHop(), found.device()),
                after);
        leave(load, counts, found.device(), found.nextHop());
    }

    private void leave(LinuxLoad load, boolean counts, String device, Optional<Address> nextHop) {
        if (facts.link(device).refuses(load.trail())) {
            return;
        }
        List<Hook> passed = counts ? List.of(Hook.FORWARD, Hook.POSTROUTING) : List.of(Hook.POSTROUTING);
        hooks.pass(load, passed, device, way -> out(way, device, nextHop));
    }

    /// No routes were read, or none of them leads there.
    private void withoutRoute(LinuxLoad load, boolean counts) {
        Trail trail = load.trail();
        Headers headers = trail.headers();
        Address destination = headers.destination().address();
        if (facts.hasRoutes(destination)) {
            trail.drop(facts.kernel(), "routing", Optional.empty(), "no route leads to " + destination);
            return;
        }
        WindowsState.Hop hop = facts.hop(destination);
        hop.doubt().ifPresent(doubt -> trail.doubt(doubt.what(), doubt.settledBy()));
        Headers after = counts ? headers.routed() : headers;
        trail.step(
                facts.kernel(),
                "routing",
                0,
                hop.rule().stream().toList(),
                hop.rule(),
                new Action.Route(hop.nextHop(), ""),
                after,
                "");
        Optional<Node> owner = facts.ownerOf(destination);
        boolean isHere = owner.map(Node::name).equals(Optional.of(name()));
        boolean isPods = owner.filter(node -> !node.internalAddresses().contains(destination))
                .isPresent();
        String device = isHere && isPods
                ? facts.bridge()
                : isPods && !facts.tunnels().isEmpty()
                        ? facts.tunnels().getFirst().name()
                        : facts.adapter();
        leave(load, counts, device, device.equals(facts.adapter()) ? hop.nextHop() : Optional.empty());
    }

    /// A packet is at an interface that it leaves by.
    private void out(LinuxLoad load, String device, Optional<Address> nextHop) {
        Trail trail = load.trail();
        Optional<VxlanDevice> tunnel = facts.tunnel(device);
        Headers headers = trail.headers();
        Address next = nextHop.orElse(headers.destination().address());
        long to = facts.neighbour(next) != Headers.UNKNOWN_MAC ? facts.neighbour(next) : underlay.mac(next);
        Headers framed = headers.withMacs(facts.macOf(device), to);
        if (tunnel.isPresent()) {
            trail.step(facts.device(device), "interface", PASS, framed);
            tunnels.encapsulate(trail, tunnel.get(), next);
        } else if (underlay.isPod(next) && nextHop.isEmpty()) {
            trail.step(facts.device(device), "interface", PASS, framed);
            toPort(load, device, headers.destination().address());
        } else {
            toAdapter(load.at(device), device, framed, nextHop);
        }
    }

    private void toAdapter(LinuxLoad load, String device, Headers framed, Optional<Address> nextHop) {
        Trail trail = load.trail();
        trail.step(facts.kernel(), "output", new Action.Forward(device), framed);
        hooks.send(load, device, nextHop);
    }

    @Override
    public void fromWire(Trail trail) {
        doubt(trail);
        Headers headers = trail.headers();
        Address here = headers.tunnel()
                .map(Tunnel::destination)
                .orElse(headers.source().address());
        String device = adapter(here);
        trail.step(facts.device(device), "interface", PASS, headers);
        hooks.pass(LinuxLoad.of(trail, device), List.of(Hook.INGRESS), "", way -> taken(way, device));
    }

    /// The interface that leads to an address of the link.
    private String adapter(Address towards) {
        return facts.route(towards)
                .or(() -> facts.route(Address.ofIpv4(0)))
                .map(HostRoute::device)
                .filter(device -> !device.equals("lo"))
                .orElse(facts.adapter());
    }

    private void taken(LinuxLoad load, String device) {
        Optional<Tunnel> tunnel = load.trail().headers().tunnel();
        if (tunnel.isPresent()) {
            tunnels.decapsulate(load.trail(), tunnel.get())
                    .ifPresent(inner -> hooks.pass(inner, List.of(Hook.PREROUTING), "", this::route));
        } else {
            hooks.pass(load.at(device), List.of(Hook.PREROUTING), "", this::route);
        }
    }

    @Override
    public void fromHost(Trail trail) {
        doubt(trail);
        trail.step(facts.kernel(), "process", PASS, trail.headers());
        hooks.pass(LinuxLoad.of(trail, ""), List.of(Hook.OUTPUT), "", way -> {
            if (facts.isOwn(way.trail().headers().destination().address())) {
                hooks.pass(way, List.of(Hook.POSTROUTING), "lo", this::toProcess);
            } else {
                routed(way, false);
            }
        });
    }

    private void toProcess(LinuxLoad load) {
        hooks.pass(load, List.of(Hook.INPUT), "", way -> {
            hooks.settle(way);
            Trail trail = way.trail();
            Place host = new Place(name(), "host", Place.Kind.HOST);
            trail.step(host, "process", PASS, trail.headers());
            trail.end(underlay.delivered(host, trail.headers().destination()));
        });
    }
}

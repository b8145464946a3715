package hopline.flows.expect;

import hopline.decode.Address;
import hopline.flows.expect.Ruleset.Base;
import hopline.flows.expect.Ruleset.Hook;
import hopline.flows.state.Node;
import hopline.flows.state.Vtep;
import hopline.flows.state.host.HostRoute;
import hopline.flows.state.linux.ForwardingEntry;
import hopline.flows.state.linux.VxlanDevice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

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

    LinuxNode(LinuxFacts facts, Underlay underlay) {
        this.facts = facts;
        this.underlay = underlay;
    }

    /// A packet on this node, with what the kernel keeps beside it.
    private record Load(Trail trail, String in, int mark, Headers begun, Optional<RuleRef> nat) {

        Load at(String interfaceName) {
            return new Load(trail, interfaceName, mark, begun, nat);
        }
    }

    @Override
    public String name() {
        return facts.name();
    }

    @Override
    public OptionalInt mtu() {
        return facts.mtu();
    }

    @Override
    public int timeToLive() {
        return TIME_TO_LIVE;
    }

    private Place kernel() {
        return new Place(name(), "kernel", Place.Kind.HOST);
    }

    private Place device(String device) {
        return new Place(name(), device, Place.Kind.INTERFACE);
    }

    private Place pod(Address pod) {
        return new Place(name(), underlay.who(pod).replaceFirst("^pod ", ""), Place.Kind.POD);
    }

    private void doubt(Trail trail) {
        facts.doubts().forEach(doubt -> trail.doubt(doubt.what(), doubt.settledBy()));
    }

    private Load load(Trail trail, String in) {
        return new Load(trail, in, 0, trail.headers(), Optional.empty());
    }

    // --- from a pod

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
        trail.step(device(port), "interface", PASS, trail.headers());
        if (facts.bridgeCallsRules()) {
            hooks(load(trail, bridge), List.of(Hook.PREROUTING), "", way -> bridged(way, bridge));
        } else if (isNeighbour) {
            toPort(load(trail, bridge), bridge, destination);
        } else {
            trail.step(device(bridge), "interface", PASS, trail.headers());
            hooks(load(trail, bridge), List.of(Hook.PREROUTING), "", this::route);
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
    private void bridged(Load load, String bridge) {
        Address destination = load.trail().headers().destination().address();
        if (isOnBridge(load.trail().headers().source().address(), destination, bridge)) {
            hooks(load, List.of(Hook.FORWARD, Hook.POSTROUTING), bridge, way -> toPort(way, bridge, destination));
        } else {
            load.trail().step(device(bridge), "interface", PASS, load.trail().headers());
            route(load);
        }
    }

    private void toPort(Load load, String bridge, Address destination) {
        Trail trail = load.trail();
        if (!underlay.isHeld(destination)) {
            trail.drop(
                    kernel(),
                    "neighbour",
                    Optional.empty(),
                    "no pod has the address " + destination + ", so nobody answers for it");
            return;
        }
        String port = facts.bridgePort(destination).orElse(portOf(destination));
        Headers headers = trail.headers();
        long to = facts.neighbour(destination);
        boolean isRouted = headers.sourceMac() == facts.macOf(bridge);
        trail.step(
                device(port),
                "interface",
                facts.neighbourRule(destination).orElse(RuleRef.unwritten("bridge", bridge)),
                PASS,
                headers.withMacs(isRouted ? facts.macOf(bridge) : headers.sourceMac(), to));
        trail.step(pod(destination), "pod", PASS, trail.headers());
        trail.end(underlay.delivered(pod(destination), trail.headers().destination()));
    }

    // --- rules

    /// Through the chains of some hooks, once for each way.
    private void hooks(Load load, List<Hook> hooks, String out, Consumer<Load> next) {
        if (hooks.getFirst() == Hook.PREROUTING || hooks.getFirst() == Hook.OUTPUT) {
            restoreDestination(load.trail());
        }
        hook(load, hooks, 0, 0, out, next);
    }

    private void hook(Load load, List<Hook> hooks, int hook, int index, String out, Consumer<Load> next) {
        if (load.trail().hasEnded()) {
            return;
        }
        if (hook >= hooks.size()) {
            next.accept(load);
            return;
        }
        Hook at = hooks.get(hook);
        List<Base> bases = facts.rules()
                .bases(
                        at,
                        at == Hook.INGRESS ? load.in() : out,
                        load.trail().headers().source().address().isIpv4());
        if (index >= bases.size()) {
            Load done = at == Hook.POSTROUTING ? posted(load) : load;
            hook(done, hooks, hook + 1, 0, out, next);
            return;
        }
        Base base = bases.get(index);
        if (base.isNat() && (load.trail().isAnswer() || isTranslated(load, at))) {
            hook(load, hooks, hook, index + 1, out, next);
            return;
        }
        ChainWalk.Ways ways = ChainWalk.through(facts.rules(), base, frame(load, out), facts::addressOf);
        load.trail().omit(ways.omitted());
        List<ChainWalk.Result> results = ways.results();
        for (ChainWalk.Result result : results) {
            if (!load.trail().hasRoom()) {
                load.trail().omit(1);
                continue;
            }
            Trail trail = results.size() == 1 ? load.trail() : load.trail().fork(String.join(", ", result.choices()));
            apply(new Load(trail, load.in(), load.mark(), load.begun(), load.nat()), base, result)
                    .ifPresent(way -> hook(way, hooks, hook, index + 1, out, next));
        }
    }

    /// A connection's source, or destination, is translated once.
    private static boolean isTranslated(Load load, Hook at) {
        Headers now = load.trail().headers();
        return at == Hook.POSTROUTING
                ? !now.source().equals(load.begun().source())
                : !now.destination().equals(load.begun().destination());
    }

    private Frame frame(Load load, String out) {
        Headers headers = load.trail().headers();
        return new Frame(
                headers,
                load.in(),
                out,
                load.mark(),
                load.trail().isAnswer(),
                facts.isOwn(headers.destination().address()),
                facts.isOwn(headers.source().address()));
    }

    private Optional<Load> apply(Load load, Base base, ChainWalk.Result result) {
        Trail trail = load.trail();
        result.doubts().forEach(doubt -> trail.doubt(doubt.what(), doubt.settledBy()));
        Headers before = trail.headers();
        Headers after = result.frame().headers();
        Optional<RuleRef> rule = result.matched().isEmpty()
                ? Optional.empty()
                : Optional.of(result.matched().getLast());
        String layer = base.name();
        if (result.isDropped()) {
            trail.step(
                    kernel(),
                    layer,
                    result.considered(),
                    result.matched(),
                    rule,
                    new Action.Drop(result.reason()),
                    before,
                    "");
            trail.end(new Outcome.Dropped(
                    kernel(), result.reason() + rule.map(by -> ": " + by).orElse("")));
            return Optional.empty();
        }
        boolean isQuiet = rule.isEmpty() && result.considered() == 0;
        if (!isQuiet) {
            trail.step(kernel(), layer, result.considered(), result.matched(), rule, action(before, after), after, "");
        }
        boolean isNat = result.source() != null;
        return Optional.of(new Load(trail, load.in(), result.frame().mark(), load.begun(), isNat ? rule : load.nat()));
    }

    private static Action action(Headers before, Headers after) {
        if (!before.destination().equals(after.destination())) {
            return new Action.DestinationNat(before.destination(), after.destination(), false);
        }
        if (!before.source().equals(after.source())) {
            return new Action.SourceNat(before.source(), after.source(), false);
        }
        if (before.sourceMac() != after.sourceMac() || before.destinationMac() != after.destinationMac()) {
            return new Action.RewriteMac(after.sourceMac(), after.destinationMac());
        }
        return PASS;
    }

    /// The kernel remembers what it translated, or translates an answer's source back.
    private Load posted(Load load) {
        Trail trail = load.trail();
        if (trail.isAnswer()) {
            trail.restoreSource(kernel(), "connection");
        } else if (!trail.headers().destination().equals(load.begun().destination())
                || !trail.headers().source().equals(load.begun().source())) {
            trail.remember(
                    kernel(),
                    load.begun(),
                    trail.headers(),
                    load.nat().orElse(RuleRef.unwritten("connection", "tracked")));
        }
        return load;
    }

    private void restoreDestination(Trail trail) {
        if (trail.isAnswer()) {
            trail.restoreDestination(kernel(), "connection");
        }
    }

    // --- routing

    private void route(Load load) {
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
        Optional<RuleRef> off = facts.setting("net.ipv4.ip_forward")
                .filter(setting -> setting.value().equals("0"))
                .map(setting -> RuleRef.of("setting", "net.ipv4.ip_forward = 0", setting.source()));
        if (off.isPresent()) {
            trail.drop(kernel(), "forwarding", off, "the node does not forward");
            return false;
        }
        Address source = trail.headers().source().address();
        Optional<HostRoute> back = facts.route(source);
        boolean isStrict = facts.reversePathFilter(in) == 1;
        boolean comesElsewhere = back.isPresent() && !back.get().device().equals(in);
        if (isStrict && comesElsewhere && !facts.isOwn(source)) {
            trail.drop(
                    kernel(),
                    "reverse path filter",
                    back.map(RouteTable::ref),
                    "answers to " + source + " would not leave by " + in + " (rp_filter)");
            return false;
        }
        return true;
    }

    /// @param counts it is a hop of a packet from elsewhere
    private void routed(Load load, boolean counts) {
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
                kernel(), "routing", RouteTable.ref(found), new Action.Route(found.nextHop(), found.device()), after);
        leave(load, counts, found.device(), found.nextHop());
    }

    private void leave(Load load, boolean counts, String device, Optional<Address> nextHop) {
        List<Hook> hooks = counts ? List.of(Hook.FORWARD, Hook.POSTROUTING) : List.of(Hook.POSTROUTING);
        hooks(load, hooks, device, way -> out(way, device, nextHop));
    }

    /// No routes were read, or none of them leads there.
    private void withoutRoute(Load load, boolean counts) {
        Trail trail = load.trail();
        Headers headers = trail.headers();
        Address destination = headers.destination().address();
        if (facts.hasRoutes(destination)) {
            trail.drop(kernel(), "routing", Optional.empty(), "no route leads to " + destination);
            return;
        }
        WindowsState.Hop hop = facts.hop(destination);
        hop.doubt().ifPresent(doubt -> trail.doubt(doubt.what(), doubt.settledBy()));
        Headers after = counts ? headers.routed() : headers;
        trail.step(
                kernel(),
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
    private void out(Load load, String device, Optional<Address> nextHop) {
        Trail trail = load.trail();
        Optional<VxlanDevice> tunnel = facts.tunnel(device);
        Headers headers = trail.headers();
        Address next = nextHop.orElse(headers.destination().address());
        long to = facts.neighbour(next) != Headers.UNKNOWN_MAC ? facts.neighbour(next) : underlay.mac(next);
        Headers framed = headers.withMacs(facts.macOf(device), to);
        if (tunnel.isPresent()) {
            trail.step(device(device), "interface", PASS, framed);
            encapsulate(load, tunnel.get(), next);
        } else if (underlay.isPod(next) && nextHop.isEmpty()) {
            trail.step(device(device), "interface", PASS, framed);
            toPort(load, device, headers.destination().address());
        } else {
            toAdapter(load.at(device), device, framed, nextHop);
        }
    }

    private void toAdapter(Load load, String device, Headers framed, Optional<Address> nextHop) {
        Trail trail = load.trail();
        trail.step(kernel(), "output", new Action.Forward(device), framed);
        hook(load, List.of(Hook.EGRESS), 0, 0, device, way -> {
            way.trail().step(device(device), "interface", PASS, way.trail().headers());
            underlay.send(way.trail(), name(), nextHop);
        });
    }

    // --- tunnels

    private void encapsulate(Load load, VxlanDevice tunnel, Address next) {
        Trail trail = load.trail();
        Optional<ForwardingEntry> entry =
                facts.tunnelEnd(tunnel.name(), trail.headers().destinationMac());
        if (facts.areTunnelsDemanded()) {
            demandedTunnel(load, tunnel);
            return;
        }
        if (facts.neighbour(next) == Headers.UNKNOWN_MAC) {
            trail.end(new Outcome.Unknown(
                    kernel(),
                    "no neighbour " + next + " of " + tunnel.name() + " was read (ip neigh of " + name() + ")"));
            return;
        }
        if (entry.isEmpty()) {
            trail.end(new Outcome.Unknown(
                    kernel(),
                    "no tunnel's end for " + Action.mac(trail.headers().destinationMac()) + " was read (bridge fdb of "
                            + name() + ")"));
            return;
        }
        Address end = entry.get().destination().orElseThrow();
        RuleRef rule = RuleRef.of(
                "forwarding entry",
                Action.mac(entry.get().mac()) + " dst " + end,
                entry.get().source());
        inTunnel(load, tunnel, end, Optional.of(rule));
    }

    private void demandedTunnel(Load load, VxlanDevice tunnel) {
        Trail trail = load.trail();
        Optional<Node> owner = facts.ownerOf(trail.headers().destination().address());
        Optional<Address> end =
                owner.flatMap(node -> node.vtep().flatMap(Vtep::underlay).or(() -> node.internalAddresses().stream()
                        .findFirst()));
        long mac = owner.flatMap(Node::vtep)
                .map(Vtep::mac)
                .filter(known -> known.isPresent())
                .map(known -> known.getAsLong())
                .orElse(Headers.UNKNOWN_MAC);
        if (end.isEmpty()) {
            trail.end(new Outcome.Unknown(kernel(), "the cluster's lists name no tunnel's end for it"));
            return;
        }
        Headers headers = trail.headers();
        trail.step(
                kernel(),
                "neighbour",
                new Action.RewriteMac(headers.sourceMac(), mac),
                headers.withMacs(headers.sourceMac(), mac));
        inTunnel(load, tunnel, end.get(), Optional.empty());
    }

    private void inTunnel(Load load, VxlanDevice tunnel, Address end, Optional<RuleRef> rule) {
        Trail trail = load.trail();
        Address from = tunnel.local()
                .or(() -> facts.addressOf(facts.adapter(), end.isIpv4()))
                .orElse(end);
        Tunnel outer = new Tunnel(from, end, tunnel.vni(), facts.port(tunnel));
        trail.step(
                kernel(),
                "VXLAN",
                1,
                rule.stream().toList(),
                rule,
                new Action.Encapsulate(outer),
                trail.headers().in(outer),
                "");
        Optional<HostRoute> route = facts.route(end);
        String device = route.map(HostRoute::device).orElse(facts.adapter());
        Load outside = new Load(trail, "", 0, trail.headers(), Optional.empty());
        hook(outside, List.of(Hook.EGRESS), 0, 0, device, way -> {
            way.trail().step(device(device), "interface", PASS, way.trail().headers());
            underlay.send(way.trail(), name(), route.flatMap(HostRoute::nextHop));
        });
    }

    // --- from the wire

    @Override
    public void fromWire(Trail trail) {
        doubt(trail);
        Headers headers = trail.headers();
        Address here = headers.tunnel()
                .map(Tunnel::destination)
                .orElse(headers.source().address());
        String device = adapter(here);
        trail.step(device(device), "interface", PASS, headers);
        hook(load(trail, device), List.of(Hook.INGRESS), 0, 0, "", way -> taken(way, device));
    }

    /// The interface that leads to an address of the link.
    private String adapter(Address towards) {
        return facts.route(towards)
                .or(() -> facts.route(Address.ofIpv4(0)))
                .map(HostRoute::device)
                .filter(device -> !device.equals("lo"))
                .orElse(facts.adapter());
    }

    private void taken(Load load, String device) {
        Optional<Tunnel> tunnel = load.trail().headers().tunnel();
        if (tunnel.isPresent()) {
            decapsulate(load, tunnel.get());
        } else {
            hooks(load.at(device), List.of(Hook.PREROUTING), "", this::route);
        }
    }

    private void decapsulate(Load load, Tunnel tunnel) {
        Trail trail = load.trail();
        Optional<VxlanDevice> device = facts.tunnels().stream()
                .filter(at -> at.port() < 0 || tunnel.port() < 0 || tunnel.port() == facts.port(at))
                .findFirst();
        if (device.isEmpty()) {
            trail.drop(kernel(), "VXLAN", Optional.empty(), "no tunnel ends at UDP port " + tunnel.port());
            return;
        }
        VxlanDevice at = device.get();
        RuleRef rule = RuleRef.of(
                "VXLAN interface", at.name() + " id " + at.vni() + " dstport " + facts.port(at), at.source());
        if (tunnel.vni() >= 0 && at.vni() != tunnel.vni()) {
            trail.drop(
                    kernel(),
                    "VXLAN",
                    Optional.of(rule),
                    "its VNI is " + tunnel.vni() + ", the interface's " + at.vni());
            return;
        }
        long to = trail.headers().destinationMac();
        trail.step(
                kernel(),
                "VXLAN",
                rule,
                new Action.Decapsulate(tunnel),
                trail.headers().bare());
        if (to != Headers.UNKNOWN_MAC && at.mac().isPresent() && at.mac().getAsLong() != to) {
            trail.drop(
                    kernel(),
                    "VXLAN",
                    Optional.of(rule),
                    "its inner destination MAC " + Action.mac(to) + " is not the interface's "
                            + Action.mac(at.mac().getAsLong()));
            return;
        }
        trail.step(device(at.name()), "interface", PASS, trail.headers());
        hooks(load(trail, at.name()), List.of(Hook.PREROUTING), "", this::route);
    }

    // --- the node itself

    @Override
    public void fromHost(Trail trail) {
        doubt(trail);
        trail.step(kernel(), "process", PASS, trail.headers());
        hooks(load(trail, ""), List.of(Hook.OUTPUT), "", way -> {
            if (facts.isOwn(way.trail().headers().destination().address())) {
                hooks(way, List.of(Hook.POSTROUTING), "lo", this::toProcess);
            } else {
                routed(way, false);
            }
        });
    }

    private void toProcess(Load load) {
        hooks(load, List.of(Hook.INPUT), "", way -> {
            Trail trail = posted(way).trail();
            Place host = new Place(name(), "host", Place.Kind.HOST);
            trail.step(host, "process", PASS, trail.headers());
            trail.end(underlay.delivered(host, trail.headers().destination()));
        });
    }
}

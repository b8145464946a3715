package hopline.flows.expect;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.flows.state.Source;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsNetwork;
import java.util.Optional;
import java.util.OptionalInt;

/// A Windows node: pods at ports of a virtual switch whose layers translate, encapsulate and rewrite, the node's own
/// stack at another port, and the port that leads to the adapter.
///
/// The order of stages is that of the published descriptions; where those leave it open (whether a bridged pod's
/// packet to another node passes the node's own stack) the way through the stack is taken.
final class WindowsNode implements NodeWalk {

    /// What Windows sends packets with.
    private static final int TIME_TO_LIVE = 128;

    private final WindowsState state;
    private final Underlay underlay;

    WindowsNode(WindowsState state, Underlay underlay) {
        this.state = state;
        this.underlay = underlay;
    }

    @Override
    public String name() {
        return state.name();
    }

    @Override
    public int timeToLive() {
        return TIME_TO_LIVE;
    }

    private Link adapter() {
        return new Link(
                new Place(name(), "adapter", Place.Kind.EXTERNAL_PORT),
                "the adapter",
                state.mtu(),
                Optional.empty(),
                "ports.txt (vfpctrl) of " + name());
    }

    private Place place(String point, Place.Kind kind) {
        return new Place(name(), point, kind);
    }

    private Place podPort(Address pod) {
        return place("port of " + podName(pod), Place.Kind.POD_PORT);
    }

    private String podName(Address pod) {
        return underlay.who(pod).replaceFirst("^pod ", "");
    }

    // --- from a pod

    @Override
    public void fromPod(Trail trail, Address pod) {
        Place place = place(podName(pod), Place.Kind.POD);
        Optional<HnsEndpoint> local = state.local(pod);
        if (local.isEmpty()) {
            trail.step(place, "pod", new Action.Pass(), trail.headers());
            trail.end(
                    state.knowsEndpoints()
                            ? new Outcome.Dropped(place, "HNS has no endpoint with the address " + pod)
                            : new Outcome.Unknown(place, "no endpoint with the address " + pod + " was read"));
            return;
        }
        HnsEndpoint endpoint = local.get();
        leavePod(trail, place, endpoint);
        if (isTooLong(trail, place, endpoint) || isBlocked(trail, podPort(pod), endpoint)) {
            return;
        }
        if (trail.isAnswer()) {
            trail.restore(podPort(pod), "flow", false);
        }
        PortProgram program = state.program(endpoint);
        doubt(trail, program, "port of " + podName(pod));
        new PortWalk(program, podPort(pod), false, state.address()).run(trail, way -> leftPort(way, pod));
    }

    private void leavePod(Trail trail, Place place, HnsEndpoint endpoint) {
        Headers headers = trail.headers();
        Optional<HnsEndpoint> neighbour = state.local(headers.destination().address());
        long to =
                neighbour.isPresent() ? neighbour.get().mac().orElse(Headers.UNKNOWN_MAC) : state.gatewayMac(endpoint);
        String next = neighbour.isPresent()
                ? "its neighbour"
                : "the gateway" + endpoint.gateway().map(ip -> " " + ip).orElse("");
        trail.step(
                place,
                "pod",
                RuleRef.of("HNS endpoint", endpoint.label(), endpoint.source()),
                new Action.Forward(next),
                headers.withMacs(endpoint.mac().orElse(Headers.UNKNOWN_MAC), to));
    }

    /// A pod knows how much of the adapter's MTU is left to it, and sends nothing longer in one piece.
    private boolean isTooLong(Trail trail, Place place, HnsEndpoint endpoint) {
        int overhead = WindowsState.overhead(endpoint);
        OptionalInt mtu = state.mtu();
        if (trail.octets() > 0 && mtu.isPresent() && trail.octets() > mtu.getAsInt() - overhead) {
            String left = overhead > 0 ? ", the adapter's " + mtu.getAsInt() + " less EncapOverhead " + overhead : "";
            trail.drop(
                    place,
                    "pod",
                    Optional.empty(),
                    trail.octets() + " octets are not sent in one piece: the pod's MTU is "
                            + (mtu.getAsInt() - overhead) + left);
        }
        return trail.hasEnded();
    }

    private boolean isBlocked(Trail trail, Place place, HnsEndpoint endpoint) {
        Optional<Source> blocked = state.blocked(endpoint);
        blocked.ifPresent(source -> trail.drop(
                place,
                "port state",
                Optional.of(RuleRef.of("port state", "Blocked : TRUE", source)),
                "the port is blocked"));
        return blocked.isPresent();
    }

    private void doubt(Trail trail, PortProgram program, String what) {
        state.doubt(program, what).ifPresent(doubt -> trail.doubt(doubt.what(), doubt.settledBy()));
    }

    private void leftPort(Trail trail, Address pod) {
        Headers headers = trail.headers();
        if (headers.source().address().equals(headers.destination().address())) {
            trail.drop(
                    podPort(pod),
                    "forwarding",
                    Optional.empty(),
                    "it would reach its own sender under the sender's own address, which Windows discards (no"
                            + " OutBoundNAT for that destination: loopback DSR is off)");
            return;
        }
        Optional<HnsEndpoint> sender = state.local(pod);
        boolean isNear = state.local(headers.destination().address()).isPresent();
        if (state.isL2Tunnel() && isNear) {
            aroundTheHost(trail);
        } else if (state.isTransparent() && !isNear && sender.isPresent()) {
            toAdapter(trail, state.router(sender.get(), headers.destination().address()));
        } else {
            forward(trail);
        }
    }

    /// To a neighbour, by way of the virtual machine's host: the packet is on the wire twice.
    private void aroundTheHost(Trail trail) {
        Place external = place("external port", Place.Kind.EXTERNAL_PORT);
        trail.step(external, "adapter", new Action.Forward("the machine's host"), trail.headers());
        PortProgram program = state.externalProgram();
        doubt(trail, program, "external port");
        new PortWalk(program, external, true, state.address())
                .run(trail, way -> underlay.around(way, adapter(), state.hostMac()));
    }

    // --- on the switch

    /// Sends on what a pod's port let out, or what the node's port translated.
    private void forward(Trail trail) {
        if (trail.hasEnded()) {
            return;
        }
        if (trail.isAnswer() && state.isSourceVip(trail.headers().destination().address())) {
            trail.restore(hostPort(), "flow", true);
        }
        Headers headers = trail.headers();
        Address destination = headers.destination().address();
        Optional<HnsEndpoint> local = state.local(destination);
        if (headers.tunnel().isPresent()) {
            toAdapter(trail, Optional.empty());
        } else if (local.isPresent()) {
            deliver(trail, local.get());
        } else if (state.isOwn(destination)) {
            toHost(trail);
        } else if (state.isOverlay()) {
            route(trail);
        } else {
            Place host = place("host", Place.Kind.HOST);
            trail.step(host, "forwarding", new Action.Forward("the node's port"), headers.routed());
            fromHostPort(trail);
        }
    }

    private void deliver(Trail trail, HnsEndpoint endpoint) {
        Address pod = endpoint.addresses().getFirst();
        Headers headers = trail.headers();
        Headers framed = headers.withMacs(headers.sourceMac(), endpoint.mac().orElse(Headers.UNKNOWN_MAC));
        trail.step(place("switch", Place.Kind.SWITCH), "forwarding", new Action.Forward(podName(pod)), framed);
        deliverAtPort(trail, endpoint);
    }

    private void deliverAtPort(Trail trail, HnsEndpoint endpoint) {
        Address pod = endpoint.addresses().getFirst();
        if (trail.hasEnded() || isBlocked(trail, podPort(pod), endpoint)) {
            return;
        }
        if (trail.isAnswer()) {
            trail.restore(podPort(pod), "flow", false);
        }
        PortProgram program = state.program(endpoint);
        doubt(trail, program, "port of " + podName(pod));
        new PortWalk(program, podPort(pod), true, state.address()).run(trail, way -> arrive(way, endpoint));
    }

    private void arrive(Trail trail, HnsEndpoint endpoint) {
        Place place = place(podName(endpoint.addresses().getFirst()), Place.Kind.POD);
        trail.step(place, "pod", new Action.Pass(), trail.headers());
        trail.end(underlay.delivered(place, trail.headers().destination()));
    }

    // --- the node itself

    @Override
    public void fromHost(Trail trail) {
        Headers headers = trail.headers();
        trail.step(
                place("host", Place.Kind.HOST),
                "host",
                new Action.Forward("the node's port"),
                headers.withMacs(state.hostMac(), Headers.UNKNOWN_MAC));
        fromHostPort(trail);
    }

    /// Through the layers of the node's own port, outwards.
    private void fromHostPort(Trail trail) {
        Endpoint before = trail.headers().destination();
        if (trail.isAnswer()) {
            trail.restore(hostPort(), "flow", true);
        }
        PortProgram program = state.hostProgram();
        doubt(trail, program, "node's own port");
        new PortWalk(program, hostPort(), false, state.address()).run(trail, way -> {
            boolean isTranslated = !way.headers().destination().equals(before);
            boolean isLocal = state.local(way.headers().destination().address()).isPresent();
            if (way.headers().tunnel().isPresent() || isLocal) {
                forward(way);
            } else if (isTranslated || !state.isOwn(way.headers().destination().address())) {
                route(way);
            } else {
                toProcess(way);
            }
        });
    }

    private Place hostPort() {
        return place("node's port", Place.Kind.HOST_PORT);
    }

    /// What is for the node's own address, or for a service that enters here.
    private void toHost(Trail trail) {
        if (trail.isAnswer() && trail.restore(hostPort(), "flow", true)) {
            forward(trail);
            return;
        }
        Endpoint before = trail.headers().destination();
        PortProgram program = state.hostProgram();
        doubt(trail, program, "node's own port");
        new PortWalk(program, hostPort(), true, state.address()).run(trail, inwards -> {
            if (!inwards.headers().destination().equals(before)) {
                forward(inwards);
                return;
            }
            new PortWalk(program, hostPort(), false, state.address()).run(inwards, outwards -> {
                if (!outwards.headers().destination().equals(before)) {
                    forwardTranslated(outwards);
                } else {
                    toBackendOrProcess(outwards);
                }
            });
        });
    }

    private void forwardTranslated(Trail trail) {
        boolean goesOn = trail.headers().tunnel().isPresent()
                || state.local(trail.headers().destination().address()).isPresent();
        if (goesOn) {
            forward(trail);
        } else {
            route(trail);
        }
    }

    /// With DSR the backend's own port translates.
    private void toBackendOrProcess(Trail trail) {
        for (HnsEndpoint endpoint : state.translating(trail.headers())) {
            deliver(trail.fork("backend " + endpoint.label()), endpoint);
        }
        if (state.translating(trail.headers()).isEmpty()) {
            toProcess(trail);
        }
    }

    private void toProcess(Trail trail) {
        Place host = place("host", Place.Kind.HOST);
        Headers headers = trail.headers();
        if (state.isOwn(headers.destination().address())) {
            trail.step(host, "host", new Action.Pass(), headers);
            trail.end(underlay.delivered(host, headers.destination()));
        } else {
            trail.drop(
                    host,
                    "host",
                    Optional.empty(),
                    "nothing here has the address " + headers.destination().address());
        }
    }

    /// Where the node's routes lead it.
    private void route(Trail trail) {
        Headers headers = trail.headers();
        WindowsState.Hop hop = state.hop(headers.destination().address());
        hop.doubt().ifPresent(doubt -> trail.doubt(doubt.what(), doubt.settledBy()));
        Action action = new Action.Route(hop.nextHop(), "");
        Place host = place("host", Place.Kind.HOST);
        trail.step(host, "routing", 0, hop.rule().stream().toList(), hop.rule(), action, headers, "");
        if (hop.isKnown()) {
            toAdapter(trail, hop.nextHop());
        } else {
            trail.end(new Outcome.Unknown(host, "no route of " + name() + " was read for this destination"));
        }
    }

    // --- the adapter

    private void toAdapter(Trail trail, Optional<Address> nextHop) {
        Headers headers = trail.headers();
        Place external = place("external port", Place.Kind.EXTERNAL_PORT);
        if (headers.tunnel().isPresent()) {
            trail.step(external, "adapter", new Action.Forward("the wire"), headers);
            underlay.send(trail, adapter(), Optional.empty());
            return;
        }
        long nextMac = underlay.mac(nextHop.orElse(headers.destination().address()));
        trail.step(external, "adapter", new Action.Forward("the wire"), headers.withMacs(headers.sourceMac(), nextMac));
        PortProgram program = state.externalProgram();
        doubt(trail, program, "external port");
        new PortWalk(program, external, true, state.address())
                .run(trail, way -> underlay.send(way, adapter(), nextHop));
    }

    @Override
    public void fromWire(Trail trail) {
        Headers headers = trail.headers();
        Place external = place("external port", Place.Kind.EXTERNAL_PORT);
        if (headers.tunnel().isPresent()) {
            decapsulate(trail, external, headers.tunnel().get());
            return;
        }
        Optional<HnsEndpoint> local = state.local(headers.destination().address());
        if (local.isPresent() && !state.isOverlay()) {
            Headers framed =
                    headers.withMacs(headers.sourceMac(), local.get().mac().orElse(Headers.UNKNOWN_MAC));
            Action action = state.isTransparent()
                    ? new Action.Forward(podName(local.get().addresses().getFirst()))
                    : new Action.RewriteMac(framed.sourceMac(), framed.destinationMac());
            trail.step(external, "delivery by address", action, framed);
            deliverAtPort(trail, local.get());
        } else if (local.isPresent()) {
            trail.step(external, "decapsulation", new Action.Pass(), headers);
            trail.end(new Outcome.Dropped(external, "a pod's packet arrives outside the tunnel of the overlay"));
        } else {
            trail.step(external, "adapter", new Action.Forward("the node's port"), headers);
            toHost(trail);
        }
    }

    private void decapsulate(Trail trail, Place external, Tunnel tunnel) {
        Optional<String> refusal = state.refusal(tunnel, trail.headers());
        HnsNetwork network = state.network();
        RuleRef rule = RuleRef.of(state.networkKind(), network.name(), network.source());
        if (refusal.isPresent()) {
            trail.drop(external, "decapsulation", Optional.of(rule), refusal.get());
            return;
        }
        trail.step(
                external,
                "decapsulation",
                rule,
                new Action.Decapsulate(tunnel),
                trail.headers().bare());
        Address destination = trail.headers().destination().address();
        if (trail.isAnswer() && state.isSourceVip(destination) && trail.restore(hostPort(), "flow", true)) {
            forward(trail);
            return;
        }
        Optional<HnsEndpoint> local = state.local(destination);
        if (local.isPresent()) {
            deliver(trail, local.get());
        } else if (state.isOwn(destination)) {
            toHost(trail);
        } else {
            trail.drop(
                    external,
                    "delivery by address",
                    Optional.empty(),
                    "no endpoint here has the address " + destination);
        }
    }
}

package hopline.flows.expect;

import hopline.decode.Address;
import hopline.flows.state.Node;
import hopline.flows.state.Vtep;
import hopline.flows.state.host.HostRoute;
import hopline.flows.state.linux.ForwardingEntry;
import hopline.flows.state.linux.VxlanDevice;
import java.util.Optional;

/// The VXLAN interfaces of a Linux node.
final class LinuxTunnels {

    private static final Action PASS = new Action.Pass();

    private final LinuxFacts facts;
    private final LinuxHooks hooks;

    LinuxTunnels(LinuxFacts facts, LinuxHooks hooks) {
        this.facts = facts;
        this.hooks = hooks;
    }

    /// Into the tunnel of an interface, to the end that is set for a neighbour.
    void encapsulate(Trail trail, VxlanDevice tunnel, Address next) {
        Optional<ForwardingEntry> entry =
                facts.tunnelEnd(tunnel.name(), trail.headers().destinationMac());
        if (facts.areTunnelsDemanded()) {
            demandedTunnel(trail, tunnel);
            return;
        }
        if (facts.neighbour(next) == Headers.UNKNOWN_MAC) {
            trail.end(new Outcome.Unknown(
                    facts.kernel(),
                    "no neighbour " + next + " of " + tunnel.name() + " was read (ip neigh of " + facts.name() + ")"));
            return;
        }
        if (entry.isEmpty()) {
            trail.end(new Outcome.Unknown(
                    facts.kernel(),
                    "no tunnel's end for " + Action.mac(trail.headers().destinationMac()) + " was read (bridge fdb of "
                            + facts.name() + ")"));
            return;
        }
        Address end = entry.get().destination().orElseThrow();
        RuleRef rule = RuleRef.of(
                "forwarding entry",
                Action.mac(entry.get().mac()) + " dst " + end,
                entry.get().source());
        inTunnel(trail, tunnel, end, Optional.of(rule));
    }

    private void demandedTunnel(Trail trail, VxlanDevice tunnel) {
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
            trail.end(new Outcome.Unknown(facts.kernel(), "the cluster's lists name no tunnel's end for it"));
            return;
        }
        Headers headers = trail.headers();
        trail.step(
                facts.kernel(),
                "neighbour",
                new Action.RewriteMac(headers.sourceMac(), mac),
                headers.withMacs(headers.sourceMac(), mac));
        inTunnel(trail, tunnel, end.get(), Optional.empty());
    }

    private void inTunnel(Trail trail, VxlanDevice tunnel, Address end, Optional<RuleRef> rule) {
        Address from = tunnel.local()
                .or(() -> facts.addressOf(facts.adapter(), end.isIpv4()))
                .orElse(end);
        Tunnel outer = new Tunnel(from, end, tunnel.vni(), facts.port(tunnel));
        trail.step(
                facts.kernel(),
                "VXLAN",
                1,
                rule.stream().toList(),
                rule,
                new Action.Encapsulate(outer),
                trail.headers().in(outer),
                "");
        Optional<HostRoute> route = facts.route(end);
        String device = route.map(HostRoute::device).orElse(facts.adapter());
        hooks.send(LinuxLoad.of(trail, ""), device, route.flatMap(HostRoute::nextHop));
    }

    /// Out of a tunnel, at the interface where it ends; empty when it is dropped.
    Optional<LinuxLoad> decapsulate(Trail trail, Tunnel tunnel) {
        Optional<VxlanDevice> device = facts.tunnels().stream()
                .filter(at -> at.port() < 0 || tunnel.port() < 0 || tunnel.port() == facts.port(at))
                .findFirst();
        if (device.isEmpty()) {
            trail.drop(facts.kernel(), "VXLAN", Optional.empty(), "no tunnel ends at UDP port " + tunnel.port());
            return Optional.empty();
        }
        VxlanDevice at = device.get();
        RuleRef rule = RuleRef.of(
                "VXLAN interface", at.name() + " id " + at.vni() + " dstport " + facts.port(at), at.source());
        if (tunnel.vni() >= 0 && at.vni() != tunnel.vni()) {
            trail.drop(
                    facts.kernel(),
                    "VXLAN",
                    Optional.of(rule),
                    "its VNI is " + tunnel.vni() + ", the interface's " + at.vni());
            return Optional.empty();
        }
        long to = trail.headers().destinationMac();
        trail.step(
                facts.kernel(),
                "VXLAN",
                rule,
                new Action.Decapsulate(tunnel),
                trail.headers().bare());
        if (to != Headers.UNKNOWN_MAC && at.mac().isPresent() && at.mac().getAsLong() != to) {
            trail.drop(
                    facts.kernel(),
                    "VXLAN",
                    Optional.of(rule),
                    "its inner destination MAC " + Action.mac(to) + " is not the interface's "
                            + Action.mac(at.mac().getAsLong()));
            return Optional.empty();
        }
        trail.step(facts.device(at.name()), "interface", PASS, trail.headers());
        return Optional.of(LinuxLoad.of(trail, at.name()));
    }
}

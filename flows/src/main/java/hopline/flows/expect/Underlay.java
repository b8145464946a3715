package hopline.flows.expect;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.flows.state.Cluster;
import hopline.flows.state.Pod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What lies between the nodes, and who is where.
final class Underlay {

    private static final Place WIRE = new Place("", "wire", Place.Kind.WIRE);

    /// The lists as they were collected last.
    private static final long NOW = Long.MAX_VALUE;

    private final Cluster cluster;
    private final Map<String, NodeWalk> nodes = new LinkedHashMap<>();
    private final Map<Address, String> nodeOf = new HashMap<>();
    private final Map<Address, Long> macs = new HashMap<>();
    private final Set<Address> held = new HashSet<>();
    private final Map<Address, String> onLink = new HashMap<>();

    Underlay(Cluster cluster) {
        this.cluster = cluster;
        cluster.pods().forEach(pod -> held.addAll(pod.addresses()));
    }

    void add(NodeWalk node) {
        nodes.put(node.name(), node);
    }

    /// Notes that the node has that address, at an adapter with that MAC address.
    void home(Address address, String node, long mac) {
        nodeOf.putIfAbsent(address, node);
        if (mac != Headers.UNKNOWN_MAC) {
            macs.putIfAbsent(address, mac);
        }
    }

    /// Notes that a pod of that node is a host of the link.
    void onLink(Address pod, String node) {
        onLink.putIfAbsent(pod, node);
    }

    Map<String, NodeWalk> nodes() {
        return nodes;
    }

    Optional<String> nodeOf(Address address) {
        return Optional.ofNullable(nodeOf.get(address)).or(() -> cluster.nodeName(address));
    }

    /// The MAC address behind an address of the link; unknown where no state tells.
    long mac(Address address) {
        return macs.getOrDefault(address, Headers.UNKNOWN_MAC);
    }

    /// Who has that address, in words.
    String who(Address address) {
        return cluster.pod(address, NOW)
                .map(Pod::id)
                .map(id -> "pod " + id)
                .or(() -> nodeOf(address).map(node -> "node " + node))
                .orElse(address.toString());
    }

    /// Whether the address is a pod's, or may be.
    boolean isPod(Address address) {
        return cluster.isPodAddress(address);
    }

    /// Whether a pod has the address; where no pods were listed, any may.
    boolean isHeld(Address address) {
        return held.isEmpty() || held.contains(address);
    }

    /// Who is meant, when a packet is delivered.
    Outcome delivered(Place place, Endpoint to) {
        return new Outcome.Delivered(place, to, who(to.address()));
    }

    /// Puts a packet onto the link.
    ///
    /// @param by its way out of the node
    /// @param nextHop empty when its destination is on the link
    void send(Trail trail, Link by, Optional<Address> nextHop) {
        if (trail.hasEnded()) {
            return;
        }
        Headers headers = trail.headers();
        Address target = headers.tunnel()
                .map(Tunnel::destination)
                .or(() -> nextHop)
                .orElse(headers.destination().address());
        if (by.refuses(trail)) {
            return;
        }
        String from = by.node();
        NodeWalk node = at(target);
        String to = node == null ? target.toString() : node.name();
        trail.step(WIRE, "wire", new Action.Forward(to), headers);
        if (node != null && !node.name().equals(from)) {
            node.fromWire(trail);
        } else {
            leave(trail, from, target);
        }
    }

    /// Puts a packet onto the link that the virtual machine's host sends back to the same node.
    void around(Trail trail, Link by, long mac) {
        String node = by.node();
        NodeWalk same = nodes.get(node);
        if (trail.hasEnded() || same == null || by.refuses(trail)) {
            return;
        }
        Headers headers = trail.headers().withMacs(Headers.UNKNOWN_MAC, mac);
        trail.step(WIRE, "the machine's host", new Action.Forward("back to " + node), headers);
        same.fromWire(trail);
    }

    private @Nullable NodeWalk at(Address address) {
        return nodeOf(address)
                .or(() -> Optional.ofNullable(onLink.get(address)))
                .map(nodes::get)
                .orElse(null);
    }

    /// A router may know the way to a node.
    private void leave(Trail trail, String from, Address target) {
        Headers headers = trail.headers();
        NodeWalk node =
                headers.tunnel().isPresent() ? null : at(headers.destination().address());
        if (node != null && !node.name().equals(from)) {
            trail.step(WIRE, "router " + target, new Action.Forward(node.name()), headers.routed());
            node.fromWire(trail);
            return;
        }
        Optional<NodeWalk> owner = isDirect(headers, target) ? Optional.empty() : owner(headers, from);
        Trail other = owner.isPresent() ? trail.fork("the router " + target + " knows the way to pods") : trail;
        Trail stays = owner.isPresent() ? trail.fork("the router " + target + " does not know the way to pods") : trail;
        stays.end(new Outcome.Left(
                from, isDirect(headers, target) ? Optional.empty() : Optional.of(target), note(headers, target)));
        owner.ifPresent(next -> {
            other.doubt("whether the router " + target + " has routes to pods", "the route tables of the underlay");
            other.step(WIRE, "router " + target, new Action.Forward(next.name()), headers.routed());
            next.fromWire(other);
        });
    }

    private static boolean isDirect(Headers headers, Address target) {
        return target.equals(headers.destination().address());
    }

    /// The other node whose pod a bare packet is for.
    private Optional<NodeWalk> owner(Headers headers, String from) {
        Address destination = headers.destination().address();
        return headers.tunnel().isPresent() || !cluster.isPodAddress(destination)
                ? Optional.empty()
                : cluster.nodeOwning(destination, NOW)
                        .filter(name -> !name.equals(from))
                        .flatMap(name -> Optional.ofNullable(nodes.get(name)));
    }

    private String note(Headers headers, Address target) {
        if (headers.tunnel().isPresent()) {
            return "no known node has the tunnel's end " + target;
        }
        Address destination = headers.destination().address();
        Address source = headers.source().address();
        if (cluster.isPodAddress(destination)) {
            return "a pod's address, which only an underlay with routes to pods delivers";
        }
        if (cluster.isServiceAddress(destination)) {
            return "a service's address, which nobody outside the nodes has";
        }
        return cluster.isPodAddress(source) && !onLink.containsKey(source)
                ? "with a pod's address as its source, which outside nobody answers to"
                : "";
    }
}

package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.TunnelKind;
import hopline.flows.path.Tunnels;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Which UDP port each VTEP uses for VXLAN, and which of several is right.
///
/// What is decapsulated counts most, then what most VTEPs send to. Of two used alike 4789 is right: it is the
/// registered one, and Windows takes no other unless told.
final class TunnelPorts {

    static final int REGISTERED = 4789;

    /// A packet decapsulated proves more than any number of nodes that send.
    private static final long DECAPSULATED_WEIGHT = 1_000;

    private final Map<Address, Set<Integer>> taken = new HashMap<>();
    private final Map<Address, Map<Integer, Tunnels.Use>> sent = new HashMap<>();
    private final Map<Encapsulation, Tunnels.Use> uses = new HashMap<>();
    private final Set<Address> remotes = new HashSet<>();
    private final int right;

    /// By what the tunnels show.
    TunnelPorts(Tunnels tunnels) {
        Map<Integer, Long> weights = new TreeMap<>();
        for (Tunnels.Use use : tunnels.all()) {
            Encapsulation tunnel = use.encapsulation();
            uses.put(tunnel, use);
            remotes.add(tunnel.destination());
            if (tunnel.kind() == TunnelKind.VXLAN) {
                learn(use, weights);
            }
        }
        this.right = weights.entrySet().stream()
                .max(Comparator.<Map.Entry<Integer, Long>>comparingLong(Map.Entry::getValue)
                        .thenComparing(entry -> entry.getKey() == REGISTERED))
                .map(Map.Entry::getKey)
                .orElse(REGISTERED);
    }

    private void learn(Tunnels.Use use, Map<Integer, Long> weights) {
        Encapsulation tunnel = use.encapsulation();
        boolean isNew =
                sent.computeIfAbsent(tunnel.source(), vtep -> new TreeMap<>()).putIfAbsent(tunnel.port(), use) == null;
        if (use.decapsulated() > 0) {
            taken.computeIfAbsent(tunnel.destination(), vtep -> new HashSet<>()).add(tunnel.port());
        }
        weights.merge(tunnel.port(), use.decapsulated() * DECAPSULATED_WEIGHT + (isNew ? 1 : 0), Long::sum);
    }

    /// The port of the overlay as a whole.
    int right() {
        return right;
    }

    /// Whether packets to `port` were decapsulated at that VTEP.
    boolean takes(Address vtep, int port) {
        return taken.getOrDefault(vtep, Set.of()).contains(port);
    }

    /// The ports that a VTEP uses: those it is seen to decapsulate, else those it sends to.
    Set<Integer> usedBy(Address vtep) {
        return taken.getOrDefault(vtep, sentBy(vtep));
    }

    /// The ports that a VTEP sends to.
    Set<Integer> sentBy(Address vtep) {
        return sent.getOrDefault(vtep, Map.of()).keySet();
    }

    /// What that VTEP sent first to `port`.
    Optional<Tunnels.Use> sent(Address vtep, int port) {
        return Optional.ofNullable(sent.getOrDefault(vtep, Map.of()).get(port));
    }

    /// Whether packets in exactly that tunnel were seen outside it afterwards.
    boolean isDecapsulated(Encapsulation tunnel) {
        return Optional.ofNullable(uses.get(tunnel))
                .filter(use -> use.decapsulated() > 0)
                .isPresent();
    }

    /// Whether somebody encapsulates to that address.
    boolean isRemote(Address vtep) {
        return remotes.contains(vtep);
    }
}

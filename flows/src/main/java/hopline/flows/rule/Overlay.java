package hopline.flows.rule;

import hopline.decode.Address;
import hopline.flows.path.Tunnels;
import hopline.flows.state.Cluster;
import hopline.flows.state.Node;
import hopline.flows.state.Vtep;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// Which network identifier each VTEP uses, and which one is right.
///
/// What a node is told (its annotations) counts most, then what is decapsulated, then what most nodes send under. Of
/// two used alike, one of 4096 and more is right: Windows takes no other.
final class Overlay {

    /// The least identifier that Windows accepts.
    private static final int WINDOWS_LEAST = 4096;

    /// A packet decapsulated proves more than any number of nodes that send.
    private static final long DECAPSULATED_WEIGHT = 1_000;

    private final Map<Address, Integer> stated = new HashMap<>();
    private final Map<Address, Set<Integer>> taken = new HashMap<>();
    private final Map<Address, Map<Integer, Tunnels.Use>> sent = new HashMap<>();
    private final OptionalInt right;

    /// By what the tunnels show and the cluster's nodes state.
    Overlay(Tunnels tunnels, Cluster cluster) {
        for (Node node : cluster.nodes()) {
            node.vtep().map(Vtep::vni).filter(OptionalInt::isPresent).ifPresent(vni -> {
                node.internalAddresses().forEach(address -> stated.put(address, vni.getAsInt()));
                node.vtep().flatMap(Vtep::underlay).ifPresent(address -> stated.put(address, vni.getAsInt()));
            });
        }
        for (Tunnels.Use use : tunnels.all()) {
            int vni = use.encapsulation().vni();
            sent.computeIfAbsent(use.encapsulation().source(), vtep -> new TreeMap<>())
                    .putIfAbsent(vni, use);
            if (use.decapsulated() > 0) {
                taken.computeIfAbsent(use.encapsulation().destination(), vtep -> new HashSet<>())
                        .add(vni);
            }
        }
        this.right = mostWeight(stated.isEmpty() ? weights(tunnels) : statements());
    }

    private Map<Integer, Long> statements() {
        Map<Integer, Long> weights = new TreeMap<>();
        stated.values().forEach(vni -> weights.merge(vni, 1L, Long::sum));
        return weights;
    }

    private Map<Integer, Long> weights(Tunnels tunnels) {
        Map<Integer, Long> weights = new TreeMap<>();
        for (Tunnels.Use use : tunnels.all()) {
            weights.merge(use.encapsulation().vni(), use.decapsulated() * DECAPSULATED_WEIGHT, Long::sum);
        }
        sent.values().forEach(vnis -> vnis.keySet().forEach(vni -> weights.merge(vni, 1L, Long::sum)));
        return weights;
    }

    private static OptionalInt mostWeight(Map<Integer, Long> weights) {
        return weights.entrySet().stream()
                .max(Comparator.<Map.Entry<Integer, Long>>comparingLong(Map.Entry::getValue)
                        .thenComparing(entry -> entry.getKey() >= WINDOWS_LEAST)
                        .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                .map(entry -> OptionalInt.of(entry.getKey()))
                .orElse(OptionalInt.empty());
    }

    /// The identifier of the overlay as a whole.
    OptionalInt right() {
        return right;
    }

    /// Whether packets under `vni` were decapsulated at that VTEP.
    boolean takes(Address vtep, int vni) {
        return taken.getOrDefault(vtep, Set.of()).contains(vni);
    }

    /// The identifiers that a VTEP uses: those it is seen to decapsulate, else to send under, else was told.
    Set<Integer> usedBy(Address vtep) {
        Set<Integer> shown =
                taken.getOrDefault(vtep, sent.getOrDefault(vtep, Map.of()).keySet());
        Integer told = stated.get(vtep);
        return shown.isEmpty() && told != null ? Set.of(told) : shown;
    }

    /// What that VTEP sent first under `vni`.
    Optional<Tunnels.Use> sent(Address vtep, int vni) {
        return Optional.ofNullable(sent.getOrDefault(vtep, Map.of()).get(vni));
    }
}

package hopline.flows.scene;

import hopline.decode.Address;
import hopline.decode.stage.Encapsulation;
import hopline.flows.path.Tunnels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;

/// What the ends of an overlay's tunnels must have in common, such as its network identifier: which value each of them
/// uses, and which one is right.
///
/// What a node is told counts most, then what is decapsulated, then what most nodes send. Of two used alike, the
/// preferred one is right.
public final class SharedSetting {

    /// A packet decapsulated proves more than any number of nodes that send.
    private static final long DECAPSULATED_WEIGHT = 1_000;

    private final ToIntFunction<Encapsulation> value;
    private final Map<Address, Integer> stated;
    private final Map<Address, Set<Integer>> taken = new HashMap<>();
    private final Map<Address, Map<Integer, Tunnels.Use>> sent = new HashMap<>();
    private final OptionalInt right;

    /// @param uses the tunnels that the setting is about
    /// @param value the setting as a tunnel's packets show it
    /// @param stated what nodes are told, by their addresses
    /// @param preferred the values that are right rather than others
    SharedSetting(
            Iterable<Tunnels.Use> uses,
            ToIntFunction<Encapsulation> value,
            Map<Address, Integer> stated,
            IntPredicate preferred) {
        this.value = value;
        this.stated = Map.copyOf(stated);
        Map<Integer, Long> weights = new TreeMap<>();
        uses.forEach(use -> learn(use, weights));
        this.right = mostWeight(stated.isEmpty() ? weights : statements(), preferred);
    }

    private void learn(Tunnels.Use use, Map<Integer, Long> weights) {
        Encapsulation tunnel = use.encapsulation();
        int shown = of(tunnel);
        boolean isNew =
                sent.computeIfAbsent(tunnel.source(), vtep -> new TreeMap<>()).putIfAbsent(shown, use) == null;
        if (use.decapsulated() > 0) {
            taken.computeIfAbsent(tunnel.destination(), vtep -> new HashSet<>()).add(shown);
        }
        weights.merge(shown, use.decapsulated() * DECAPSULATED_WEIGHT + (isNew ? 1 : 0), Long::sum);
    }

    private Map<Integer, Long> statements() {
        Map<Integer, Long> weights = new TreeMap<>();
        stated.values().forEach(told -> weights.merge(told, 1L, Long::sum));
        return weights;
    }

    private static OptionalInt mostWeight(Map<Integer, Long> weights, IntPredicate preferred) {
        OptionalInt most = OptionalInt.empty();
        for (int candidate : weights.keySet()) {
            if (most.isEmpty() || isBetter(candidate, most.getAsInt(), weights, preferred)) {
                most = OptionalInt.of(candidate);
            }
        }
        return most;
    }

    private static boolean isBetter(int candidate, int best, Map<Integer, Long> weights, IntPredicate preferred) {
        int order = Long.compare(weights.getOrDefault(candidate, 0L), weights.getOrDefault(best, 0L));
        order = order != 0 ? order : Boolean.compare(preferred.test(candidate), preferred.test(best));
        return order > 0 || (order == 0 && candidate < best);
    }

    /// The value that packets in that tunnel show.
    public int of(Encapsulation tunnel) {
        return value.applyAsInt(tunnel);
    }

    /// The value of the overlay as a whole.
    public OptionalInt right() {
        return right;
    }

    /// Whether the far end of `tunnel` was seen to decapsulate such packets.
    public boolean isTaken(Encapsulation tunnel) {
        return taken.getOrDefault(tunnel.destination(), Set.of()).contains(of(tunnel));
    }

    /// The values that a tunnel's end uses: those it is seen to decapsulate, else to send, else was told.
    public Set<Integer> usedBy(Address vtep) {
        Set<Integer> shown = taken.getOrDefault(vtep, sentBy(vtep));
        Integer told = stated.get(vtep);
        return shown.isEmpty() && told != null ? Set.of(told) : shown;
    }

    /// The values that a tunnel's end sends.
    public Set<Integer> sentBy(Address vtep) {
        return sent.getOrDefault(vtep, Map.of()).keySet();
    }

    /// What that tunnel's end sent first with `value`.
    public Optional<Tunnels.Use> sent(Address vtep, int value) {
        return Optional.ofNullable(sent.getOrDefault(vtep, Map.of()).get(value));
    }
}

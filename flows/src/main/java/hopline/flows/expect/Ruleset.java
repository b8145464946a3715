package hopline.flows.expect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The chains of iptables or nftables of one node.
final class Ruleset {

    /// Where chains are hooked in.
    enum Hook {
        INGRESS,
        PREROUTING,
        INPUT,
        FORWARD,
        OUTPUT,
        POSTROUTING,
        EGRESS
    }

    /// A rule.
    record Line(List<Expression> expressions, RuleRef ref) {

        Line {
            expressions = List.copyOf(expressions);
        }
    }

    /// A chain that packets enter by themselves.
    ///
    /// @param name with its table: `ip kube-proxy prerouting`
    /// @param isNat only the first packet of a connection passes it
    /// @param device the only interface it is for; empty for all
    record Base(String name, Hook hook, int priority, boolean isNat, boolean drops, String device, RuleRef ref) {}

    private final Map<String, List<Line>> chains = new HashMap<>();
    private final List<Base> bases = new ArrayList<>();

    /// Takes in a chain, be it empty.
    void chain(String name) {
        chains.computeIfAbsent(name, key -> new ArrayList<>());
    }

    void add(String chain, Line line) {
        chains.computeIfAbsent(chain, key -> new ArrayList<>()).add(line);
    }

    void add(Base base) {
        chain(base.name());
        bases.add(base);
        bases.sort(Comparator.comparingInt(Base::priority));
    }

    List<Line> lines(String chain) {
        return chains.getOrDefault(chain, List.of());
    }

    /// The chains of a hook for an interface, in the order in which packets pass them.
    List<Base> bases(Hook hook, String device) {
        List<Base> found = new ArrayList<>(4);
        for (Base base : bases) {
            if (base.hook() == hook && (base.device().isEmpty() || base.device().equals(device))) {
                found.add(base);
            }
        }
        return found;
    }

    boolean isEmpty() {
        return bases.isEmpty();
    }
}

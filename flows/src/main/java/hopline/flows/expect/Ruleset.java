package hopline.flows.expect;

import java.util.ArrayList;
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

    /// Which packets a chain is for.
    enum Family {
        IPV4,
        IPV6,
        BOTH;

        boolean holds(boolean isIpv4) {
            return this == BOTH || isIpv4 == (this == IPV4);
        }
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
    /// @param family packets of another IP version do not enter it
    /// @param isNat only the first packet of a connection passes it
    /// @param device the only interface it is for; empty for all
    record Base(
            String name,
            Family family,
            Hook hook,
            int priority,
            boolean isNat,
            boolean drops,
            String device,
            RuleRef ref) {}

    /// More chains at hooks than any node has.
    static final int MAX_BASES = 512;

    private final Map<String, List<Line>> chains = new HashMap<>();
    private final Map<String, List<Line>> shared;
    private final List<Base> bases = new ArrayList<>();
    private boolean isWhole = true;

    /// Without any chain.
    Ruleset() {
        this.shared = Map.of();
    }

    /// With all chains of `common`, which is shared and has no such chains itself; those that are added to have lines
    /// of their own.
    Ruleset(Ruleset common) {
        this.shared = common.chains;
        this.bases.addAll(common.bases);
        this.isWhole = common.isWhole;
    }

    /// Takes in a chain, be it empty.
    void chain(String name) {
        chains.computeIfAbsent(name, key -> new ArrayList<>());
    }

    void add(String chain, Line line) {
        chains.computeIfAbsent(chain, key -> new ArrayList<>()).add(line);
    }

    /// Takes in a chain that packets enter by themselves; beyond [#MAX_BASES] they are left out, as [#isWhole] tells.
    void add(Base base) {
        chain(base.name());
        if (bases.size() >= MAX_BASES) {
            isWhole = false;
            return;
        }
        bases.add(base);
        bases.sort((a, b) -> Integer.compare(a.priority(), b.priority()));
    }

    /// Whether the node has such a chain; nothing is known of one that it has not.
    boolean knows(String chain) {
        return chains.containsKey(chain) || shared.containsKey(chain);
    }

    /// Whether every chain was taken in.
    boolean isWhole() {
        return isWhole;
    }

    List<Line> lines(String chain) {
        List<Line> own = chains.get(chain);
        return own != null ? own : shared.getOrDefault(chain, List.of());
    }

    /// The chains of a hook for an interface and a version of IP, in the order in which packets pass them.
    List<Base> bases(Hook hook, String device, boolean isIpv4) {
        List<Base> found = new ArrayList<>(4);
        for (Base base : bases) {
            if (base.hook() == hook
                    && base.family().holds(isIpv4)
                    && (base.device().isEmpty() || base.device().equals(device))) {
                found.add(base);
            }
        }
        return found;
    }

    boolean isEmpty() {
        return bases.isEmpty();
    }
}

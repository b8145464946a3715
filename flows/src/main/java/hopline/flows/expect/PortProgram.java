package hopline.flows.expect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The layers of one virtual port, as packets pass them.
///
/// @param origin what it was made of
/// @param layers by ascending priority, which is the order for packets from the port's client; those towards it
///     pass them in reverse
record PortProgram(Origin origin, List<Layer> layers) {

    /// What a program was made of, the most exact first.
    enum Origin {
        /// The rules that VFP has.
        VFP,
        /// The objects that HNS holds, from which VFP's rules are made.
        HNS,
        /// What the cluster's lists and the network plugin's configuration demand of HNS.
        LISTS
    }

    PortProgram {
        layers = List.copyOf(layers);
    }

    /// A layer.
    record Layer(String name, int priority, List<Group> groups) {

        Layer {
            groups = List.copyOf(groups);
        }
    }

    /// Rules of one direction, of which one counts.
    ///
    /// @param inwards for packets towards the port's client
    /// @param longestPrefix the longest prefix of the destination counts, not the priority
    record Group(String name, boolean inwards, boolean longestPrefix, List<PortRule> rules) {

        Group {
            rules = List.copyOf(rules);
        }
    }

    /// Puts a program together.
    static final class Builder {

        private record Key(String layer, String group, boolean inwards) {}

        private final Map<String, Integer> priorities = new LinkedHashMap<>();
        private final Map<Key, List<PortRule>> rules = new LinkedHashMap<>();
        private final Map<String, List<Group>> ready = new HashMap<>();
        private final Map<Key, Boolean> byPrefix = new LinkedHashMap<>();

        /// Notes a layer, be it empty.
        Builder layer(String name, int priority) {
            priorities.putIfAbsent(name, priority);
            return this;
        }

        /// Takes over the layers and groups of another program.
        void groupsOf(PortProgram other) {
            for (Layer layer : other.layers()) {
                priorities.putIfAbsent(layer.name(), layer.priority());
                ready.computeIfAbsent(layer.name(), key -> new ArrayList<>()).addAll(layer.groups());
            }
        }

        /// Whether a group's rules go by the longest prefix.
        void group(String layer, String group, boolean inwards, boolean longestPrefix) {
            byPrefix.put(new Key(layer, group, inwards), longestPrefix);
        }

        void add(String layer, String group, boolean inwards, PortRule rule) {
            rules.computeIfAbsent(new Key(layer, group, inwards), key -> new ArrayList<>())
                    .add(rule);
            priorities.putIfAbsent(layer, Integer.MAX_VALUE);
        }

        PortProgram build(Origin origin) {
            List<Layer> layers = new ArrayList<>();
            priorities.forEach((name, priority) -> layers.add(new Layer(name, priority, groups(name))));
            layers.sort(Comparator.comparingInt(Layer::priority));
            return new PortProgram(origin, layers);
        }

        private List<Group> groups(String layer) {
            List<Group> groups = new ArrayList<>(ready.getOrDefault(layer, List.of()));
            rules.forEach((key, list) -> {
                if (key.layer().equals(layer)) {
                    groups.add(new Group(key.group(), key.inwards(), byPrefix.getOrDefault(key, false), list));
                }
            });
            return groups;
        }
    }
}

package hopline.flows.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which endpoints a service had when.
final class EndpointIndex {

    /// Endpoints belong to a service's port by its name; a protocol that differs parts them, as in kube-proxy.
    private record Port(String name, int protocol) implements Comparable<Port> {
        @Override
        public int compareTo(Port other) {
            int order = name.compareTo(other.name);
            return order != 0 ? order : Integer.compare(protocol, other.protocol);
        }

        /// What records have by themselves is linked at run time, which a short capture waits for.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Port that && name.equals(that.name) && protocol == that.protocol;
        }

        @Override
        public int hashCode() {
            return name.hashCode() * 31 + protocol;
        }
    }

    private final Map<NamespacedName, Timeline<Map<Port, Backends>>> slices;
    private final Map<NamespacedName, Timeline<Map<Port, Backends>>> endpoints;

    /// @param snapshots in the order in which they were collected
    EndpointIndex(List<Snapshot> snapshots) {
        this.slices = timelines(snapshots, true);
        this.endpoints = timelines(snapshots, false);
    }

    /// Empty when no list says anything about the service's endpoints; slices go before Endpoints, which leave out
    /// those beyond the thousandth and those that terminate.
    Optional<Backends> backends(NamespacedName service, ServicePort port, long epochNanos) {
        @Nullable Timeline<Map<Port, Backends>> timeline = slices.getOrDefault(service, endpoints.get(service));
        return timeline == null ? Optional.empty() : timeline.at(epochNanos).map(ports -> ofPort(ports, port));
    }

    /// By name, as kube-proxy looks them up; lists written by other hands leave the name of a single port out.
    private static Backends ofPort(Map<Port, Backends> ports, ServicePort port) {
        Backends named = ports.get(new Port(port.name(), port.protocol()));
        if (named != null) {
            return named;
        }
        Backends unnamed = ports.size() == 1 ? ports.get(new Port("", port.protocol())) : null;
        return unnamed == null ? Backends.NONE : unnamed;
    }

    /// Distinct endpoints per service port, as they were seen last.
    int count() {
        Map<NamespacedName, Timeline<Map<Port, Backends>>> known = new HashMap<>(endpoints);
        known.putAll(slices);
        return known.values().stream()
                .flatMap(timeline -> timeline.at(Long.MAX_VALUE).stream())
                .flatMap(ports -> ports.values().stream())
                .mapToInt(backends -> backends.all().size())
                .sum();
    }

    private static Map<NamespacedName, Timeline<Map<Port, Backends>>> timelines(
            List<Snapshot> snapshots, boolean ofSlices) {
        Map<NamespacedName, List<Spell<Map<Port, Backends>>>> spells = new HashMap<>();
        versions(snapshots, ofSlices).forEach((service, versions) -> {
            SortedMap<Long, Map<Port, Backends>> byPort = new TreeMap<>();
            versions.forEach((since, sets) -> byPort.put(since, byPort(sets.values())));
            spells.put(service, Spell.successive(byPort));
        });
        return Timeline.each(spells, Spell.IN_FORCE);
    }

    /// By service, time and object: all slices of one time count together, and of one slice what was read last.
    private static Map<NamespacedName, SortedMap<Long, Map<String, EndpointSet>>> versions(
            List<Snapshot> snapshots, boolean ofSlices) {
        Map<NamespacedName, SortedMap<Long, Map<String, EndpointSet>>> versions = new HashMap<>();
        for (Snapshot snapshot : snapshots) {
            for (EndpointSet set : snapshot.endpoints()) {
                if (set.isSlice() == ofSlices) {
                    versions.computeIfAbsent(set.service(), service -> new TreeMap<>())
                            .computeIfAbsent(snapshot.since(), since -> new LinkedHashMap<>(2))
                            .put(set.name(), set);
                }
            }
        }
        return versions;
    }

    private static Map<Port, Backends> byPort(Collection<EndpointSet> sets) {
        Map<Port, List<Backend>> byPort = new LinkedHashMap<>();
        for (EndpointSet set : sets) {
            for (Backend backend : set.backends()) {
                byPort.computeIfAbsent(new Port(backend.portName(), backend.protocol()), port -> new ArrayList<>())
                        .add(backend);
            }
        }
        Map<Port, Backends> backends = HashMap.newHashMap(byPort.size());
        byPort.forEach((port, list) -> backends.put(port, Backends.of(list)));
        return backends;
    }
}

package hopline.flows.state;

import hopline.decode.Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Which pod held an address when.
final class PodIndex {

    /// Two pods cannot hold one address at once. One that is known to have run until later than now has it, for the
    /// other's start is only when its setup began; of the rest, the one that started last.
    private static final Comparator<Spell<Pod>> HOLDER = PodIndex::byClaim;

    private final List<Pod> pods;
    private final Map<Address, Timeline<Pod>> byAddress;
    private final Map<Address, String> nodeNames = new HashMap<>();

    /// @param snapshots in the order in which they were collected
    PodIndex(List<Snapshot> snapshots) {
        this.pods = merged(snapshots).values().stream()
                .flatMap(PodIndex::oneAfterAnother)
                .toList();
        this.byAddress = Timeline.each(spells(pods), HOLDER);
        pods.forEach(this::addNodeName);
    }

    private static int byClaim(Spell<Pod> a, Spell<Pod> b) {
        int order = Long.compare(ranUntil(a), ranUntil(b));
        return order != 0
                ? order
                : Long.compare(b.interval().from(), a.interval().from());
    }

    private static long ranUntil(Spell<Pod> spell) {
        return spell.value().isFinished() ? spell.interval().until() : Long.MAX_VALUE;
    }

    /// Every pod, those of one name in the order of their starts.
    List<Pod> pods() {
        return pods;
    }

    Optional<Pod> pod(Address address, long epochNanos) {
        Timeline<Pod> timeline = byAddress.get(address);
        return timeline == null ? Optional.empty() : timeline.at(epochNanos);
    }

    /// Whether a pod ever held it.
    boolean isPodAddress(Address address) {
        return byAddress.containsKey(address);
    }

    /// Whether pods held it, the first of them only later.
    boolean isYounger(Address address, long epochNanos) {
        Timeline<Pod> timeline = byAddress.get(address);
        return timeline != null && timeline.begin() > epochNanos;
    }

    /// The node with that address, as its pods name it.
    Optional<String> nodeName(Address address) {
        return Optional.ofNullable(nodeNames.get(address));
    }

    private static Map<NamespacedName, Map<String, Pod>> merged(List<Snapshot> snapshots) {
        Map<NamespacedName, Map<String, Pod>> merged = new LinkedHashMap<>();
        for (Snapshot snapshot : snapshots) {
            for (Pod pod : snapshot.pods()) {
                merged.computeIfAbsent(pod.id(), id -> new LinkedHashMap<>(2))
                        .merge(identity(pod), pod, PodIndex::merge);
            }
        }
        return merged;
    }

    /// Lists that were edited by hand may lack the UID; a start then tells a pod from its successor.
    private static String identity(Pod pod) {
        return pod.uid().isEmpty() ? Long.toString(pod.holds().from()) : pod.uid();
    }

    /// The later snapshot knows best, but what the earlier one saw was so too.
    private static Pod merge(Pod earlier, Pod later) {
        Set<Address> addresses = new LinkedHashSet<>(later.addresses());
        addresses.addAll(earlier.addresses());
        return later.withAddresses(List.copyOf(addresses))
                .holding(new Interval(
                        Math.min(earlier.holds().from(), later.holds().from()),
                        Math.min(earlier.holds().until(), later.holds().until())));
    }

    /// Pods of one name: each was gone when the next one started, also where no list shows its end.
    private static Stream<Pod> oneAfterAnother(Map<String, Pod> namesakes) {
        List<Pod> ordered = new ArrayList<>(namesakes.values());
        ordered.sort((a, b) -> Long.compare(a.holds().from(), b.holds().from()));
        for (int i = 0; i < ordered.size() - 1; i++) {
            ordered.set(i, before(ordered.get(i), ordered.get(i + 1).holds().from()));
        }
        return ordered.stream();
    }

    /// Starts that are the same, or not known, say nothing about who was first.
    private static Pod before(Pod pod, long next) {
        Interval holds = pod.holds();
        return next > holds.from() && next < holds.until() ? pod.holding(new Interval(holds.from(), next)) : pod;
    }

    private static Map<Address, List<Spell<Pod>>> spells(Collection<Pod> pods) {
        Map<Address, List<Spell<Pod>>> spells = new HashMap<>();
        for (Pod pod : pods) {
            for (Address address : pod.ownAddresses()) {
                spells.computeIfAbsent(address, key -> new ArrayList<>(1)).add(Spell.known(pod.holds(), pod));
            }
        }
        return spells;
    }

    private void addNodeName(Pod pod) {
        pod.nodeName().ifPresent(name -> pod.nodesAddresses().forEach(address -> nodeNames.put(address, name)));
    }
}

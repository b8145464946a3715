package hopline.flows.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which of several spells counts at a moment, worked out beforehand so that asking takes one binary search.
final class Timeline<T> {

    private final long[] starts;
    /// The n-th counts from the n-th start until the next.
    private final List<Optional<T>> values;

    private Timeline(long[] starts, List<Optional<T>> values) {
        this.starts = starts;
        this.values = values;
    }

    /// @param preference puts first what counts where spells overlap
    static <T> Timeline<T> of(List<Spell<T>> spells, Comparator<? super Spell<T>> preference) {
        List<Spell<T>> lasting =
                spells.stream().filter(spell -> !spell.interval().isEmpty()).toList();
        return lasting.size() == 1 ? ofOne(lasting.getFirst()) : ofSeveral(lasting, preference);
    }

    private static <T> Timeline<T> ofOne(Spell<T> spell) {
        Optional<T> value = Optional.of(spell.value());
        Interval interval = spell.interval();
        return interval.hasEnd()
                ? new Timeline<>(new long[] {interval.from(), interval.until()}, List.of(value, Optional.empty()))
                : new Timeline<>(new long[] {interval.from()}, List.of(value));
    }

    private static <T> Timeline<T> ofSeveral(List<Spell<T>> spells, Comparator<? super Spell<T>> preference) {
        List<Spell<T>> ranked = spells.stream().sorted(preference).toList();
        SortedMap<Long, List<Integer>> changes = changes(ranked);
        SortedSet<Integer> holding = new TreeSet<>();
        List<Optional<T>> values = new ArrayList<>(changes.size());
        for (List<Integer> ranks : changes.values()) {
            ranks.forEach(rank -> toggle(holding, rank));
            values.add(
                    holding.isEmpty()
                            ? Optional.empty()
                            : Optional.of(ranked.get(holding.first()).value()));
        }
        return new Timeline<>(
                changes.keySet().stream().mapToLong(Long::longValue).toArray(), List.copyOf(values));
    }

    /// A timeline for each key.
    static <K, T> Map<K, Timeline<T>> each(Map<K, List<Spell<T>>> spells, Comparator<? super Spell<T>> preference) {
        Map<K, Timeline<T>> timelines = HashMap.newHashMap(spells.size());
        spells.forEach((key, list) -> timelines.put(key, of(list, preference)));
        return timelines;
    }

    /// The ranks of the spells that begin or end at each moment.
    private static <T> SortedMap<Long, List<Integer>> changes(List<Spell<T>> ranked) {
        SortedMap<Long, List<Integer>> changes = new TreeMap<>();
        for (int rank = 0; rank < ranked.size(); rank++) {
            Interval interval = ranked.get(rank).interval();
            changes.computeIfAbsent(interval.from(), time -> new ArrayList<>(2)).add(rank);
            if (interval.hasEnd()) {
                changes.computeIfAbsent(interval.until(), time -> new ArrayList<>(2))
                        .add(rank);
            }
        }
        return changes;
    }

    private static void toggle(SortedSet<Integer> holding, int rank) {
        if (!holding.remove(rank)) {
            holding.add(rank);
        }
    }

    /// The first moment at which anything holds; the end of time when nothing ever does.
    long begin() {
        return starts.length == 0 ? Long.MAX_VALUE : starts[0];
    }

    /// What holds at that moment.
    Optional<T> at(long epochNanos) {
        int found = Arrays.binarySearch(starts, epochNanos);
        int place = found >= 0 ? found : -found - 2;
        return place < 0 ? Optional.empty() : values.get(place);
    }
}

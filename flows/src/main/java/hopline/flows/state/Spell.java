package hopline.flows.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Something that held for a while.
///
/// @param assumed it was only seen later, but nothing older is known
record Spell<T>(Interval interval, boolean assumed, T value) {

    /// Where several things claim one place: what was seen by then before what was not; of the former what was seen
    /// last, of the latter what was seen first.
    static final Comparator<Spell<?>> IN_FORCE = Spell::byForce;

    private static int byForce(Spell<?> a, Spell<?> b) {
        int order = Boolean.compare(a.assumed, b.assumed);
        order = order != 0 ? order : Long.compare(b.interval.from(), a.interval.from());
        return order != 0 ? order : Long.compare(a.interval.until(), b.interval.until());
    }

    /// Something that is known to have held.
    static <T> Spell<T> known(Interval interval, T value) {
        return new Spell<>(interval, false, value);
    }

    /// Versions by the time each was seen: one holds until the next, the last for good, and the first, it is assumed,
    /// also before.
    static <T> List<Spell<T>> successive(SortedMap<Long, T> versions) {
        List<Spell<T>> spells = new ArrayList<>(versions.size() + 1);
        long until = Long.MAX_VALUE;
        for (Map.Entry<Long, T> version : versions.reversed().entrySet()) {
            spells.add(known(new Interval(version.getKey(), until), version.getValue()));
            until = version.getKey();
        }
        if (until > Long.MIN_VALUE && !spells.isEmpty()) {
            T first = spells.getLast().value();
            spells.add(new Spell<>(new Interval(Long.MIN_VALUE, until), true, first));
        }
        return spells;
    }

    /// The same time for something else.
    <U> Spell<U> with(U other) {
        return new Spell<>(interval, assumed, other);
    }
}

package hopline.flows.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Something that held for a while.
record Spell<T>(Interval interval, T value) {

    /// Versions by the time each was seen: one holds until the next, the last for good.
    static <T> List<Spell<T>> successive(SortedMap<Long, T> versions) {
        List<Spell<T>> spells = new ArrayList<>(versions.size());
        long until = Long.MAX_VALUE;
        for (Map.Entry<Long, T> version : versions.reversed().entrySet()) {
            spells.add(new Spell<>(new Interval(version.getKey(), until), version.getValue()));
            until = version.getKey();
        }
        return spells.reversed();
    }
}

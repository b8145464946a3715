package hopline.decode.census;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How often each number occurred: identifiers of networks, codes of responses.
final class Tally {

    private static final class Count {
        private long times;
    }

    private final int limit;
    private final Map<Integer, Count> counts = new HashMap<>();
    private int latest;
    private Count ofLatest = new Count();
    private boolean full;

    /// Tells at most `limit` numbers apart.
    Tally(int limit) {
        this.limit = limit;
    }

    /// Counts `number`, often that of the call before; left out when it is one too many.
    void add(int number) {
        if (number != latest || ofLatest.times == 0) {
            find(number);
        }
        ofLatest.times++;
    }

    private void find(int number) {
        latest = number;
        Count known = counts.get(number);
        if (known == null) {
            known = new Count();
            if (counts.size() < limit) {
                counts.put(number, known);
            } else {
                full = true;
            }
        }
        ofLatest = known;
    }

    /// What was counted, by number.
    SortedMap<Integer, Long> counts() {
        SortedMap<Integer, Long> times = new TreeMap<>();
        counts.forEach((number, count) -> times.put(number, count.times));
        return times;
    }

    /// True when a number had to be left out.
    boolean isFull() {
        return full;
    }
}

package hopline.capture.convert;

import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/// Counts what a format cannot hold.
final class Losses {

    private final Map<String, Long> counts = new TreeMap<>();

    void add(String what, long count) {
        if (count > 0) {
            counts.merge(what, count, Long::sum);
        }
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /// As `comments (12), interface names (4)`.
    @Override
    public String toString() {
        StringJoiner all = new StringJoiner(", ");
        counts.forEach((what, count) -> all.add(what + " (" + count + ")"));
        return all.toString();
    }
}

package hopline.flows.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts what a file holds that could not be used.
final class Tally {

    /// Kinds are text from the file: beyond this many, further ones are counted together.
    private static final int MAX_KINDS = 64;

    /// The API allows no longer names.
    private static final int MAX_KIND_LENGTH = 63;

    private static final String OTHER_KINDS = "other";

    private final Map<String, Skipped> skipped = new LinkedHashMap<>();
    private final Map<String, Integer> unusedKinds = new LinkedHashMap<>();

    void skip(String reason, String item) {
        skipped.merge(reason, new Skipped(reason, item, 1), (a, b) -> new Skipped(reason, a.first(), a.count() + 1));
    }

    void unusedKind(String kind) {
        unusedKinds.merge(isCountable(kind) ? kind : OTHER_KINDS, 1, Integer::sum);
    }

    private boolean isCountable(String kind) {
        return unusedKinds.containsKey(kind) || (unusedKinds.size() < MAX_KINDS && kind.length() <= MAX_KIND_LENGTH);
    }

    List<Skipped> skipped() {
        return List.copyOf(skipped.values());
    }

    Map<String, Integer> unusedKinds() {
        return unusedKinds;
    }
}

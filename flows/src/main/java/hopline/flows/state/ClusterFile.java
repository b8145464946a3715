package hopline.flows.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was read from one file of Kubernetes lists, and what was not.
///
/// @param name the file's name
/// @param snapshots one for each JSON document that held something of use
/// @param unusedKinds how many items of each kind that is not used here, `ConfigMap` for example
/// @param skipped what should have been of use and was not
/// @param problem where and why reading stopped early, in one line; what precedes it was kept
public record ClusterFile(
        String name,
        List<Snapshot> snapshots,
        Map<String, Integer> unusedKinds,
        List<Skipped> skipped,
        Optional<String> problem) {

    public ClusterFile {
        snapshots = List.copyOf(snapshots);
        unusedKinds = Collections.unmodifiableMap(new LinkedHashMap<>(unusedKinds));
        skipped = List.copyOf(skipped);
    }

    /// How many objects of each kind were kept; the same object counts again in every snapshot.
    public ClusterCounts counts() {
        return new ClusterCounts(
                snapshots.stream().mapToInt(s -> s.pods().size()).sum(),
                snapshots.stream().mapToInt(s -> s.services().size()).sum(),
                snapshots.stream()
                        .flatMap(s -> s.endpoints().stream())
                        .mapToInt(set -> set.backends().size())
                        .sum(),
                snapshots.stream().mapToInt(s -> s.nodes().size()).sum());
    }
}

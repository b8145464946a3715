package hopline.flows.state.collection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Which of the folders in a folder or archive are nodes: the topmost ones with a file of their own that tells of a
/// node. Captures, lists of the whole cluster and notes beside them make no node of a folder.
final class NodeFolders {

    private final Map<String, List<String>> files = new HashMap<>();
    private final Map<String, Boolean> known = new HashMap<>();
    private final Predicate<String> telling;

    /// Of the files with those names, which have slashes between folders.
    ///
    /// @param telling whether a file tells of a node; asked of few
    NodeFolders(Collection<String> names, Predicate<String> telling) {
        this.telling = telling;
        names.forEach(name -> files.computeIfAbsent(folder(name, name.lastIndexOf('/')), folder -> new ArrayList<>())
                .add(name));
    }

    private static String folder(String name, int slash) {
        return slash < 0 ? "" : name.substring(0, slash);
    }

    /// The folder that is the node of that file, blank for the outermost; empty when the file is of no node.
    Optional<String> of(String name) {
        for (int slash = -1; ; ) {
            String folder = folder(name, slash);
            if (isNode(folder)) {
                return Optional.of(folder);
            }
            slash = name.indexOf('/', slash + 1);
            if (slash < 0) {
                return Optional.empty();
            }
        }
    }

    private boolean isNode(String folder) {
        return known.computeIfAbsent(
                folder, of -> files.getOrDefault(of, List.of()).stream().anyMatch(telling));
    }
}

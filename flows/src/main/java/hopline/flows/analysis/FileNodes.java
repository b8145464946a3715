package hopline.flows.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Which nodes captures were made on, as far as the names of their files tell.
///
/// Who captures one interface at a time calls the files `node-a_eth0.pcap`, or puts them into a folder for each node. A
/// file that has neither the name of one of the cluster's nodes, nor a namesake in another folder, is called like its
/// node.
public final class FileNodes {

    /// Folders around a file that may be called like its node.
    private static final int MAX_FOLDERS = 3;

    private static final String SEPARATORS = "-_. @+";

    private final List<String> known;
    private final Set<String> foldersOfNodes;

    private FileNodes(List<String> known, Set<String> foldersOfNodes) {
        this.known = known;
        this.foldersOfNodes = foldersOfNodes;
    }

    /// Knows the names that there are.
    ///
    /// @param nodes those of the cluster's nodes
    /// @param paths those of all captures' files, their parts divided by slashes
    public static FileNodes of(Collection<String> nodes, Collection<String> paths) {
        List<String> known = nodes.stream()
                .flatMap(node -> Stream.of(node, shortName(node)))
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        return new FileNodes(known, foldersOfNodes(paths));
    }

    private static String shortName(String node) {
        int dot = node.indexOf('.');
        return dot > 0 ? node.substring(0, dot) : node;
    }

    /// Folders of different names with files of one name.
    private static Set<String> foldersOfNodes(Collection<String> paths) {
        Map<String, Set<String>> foldersOf = new HashMap<>();
        for (String path : paths) {
            foldersOf
                    .computeIfAbsent(CaptureInput.baseName(path), base -> new HashSet<>())
                    .add(folder(path));
        }
        Set<String> found = new HashSet<>();
        for (Set<String> folders : foldersOf.values()) {
            long names = folders.stream().map(FileNodes::lastPart).distinct().count();
            if (folders.size() > 1 && names == folders.size()) {
                found.addAll(folders);
            }
        }
        found.remove("");
        return found;
    }

    private static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash > 0 ? path.substring(0, slash) : "";
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// The node of the capture at `path`.
    public String of(String path) {
        String base = CaptureInput.baseName(path);
        return Stream.concat(Stream.of(base), folders(path).stream())
                .flatMap(name -> beginning(name).stream())
                .findFirst()
                .orElseGet(() -> foldersOfNodes.contains(folder(path)) ? lastPart(folder(path)) : base);
    }

    /// The names of the folders around it, the innermost first.
    private static List<String> folders(String path) {
        List<String> folders = new ArrayList<>();
        for (String at = folder(path); !at.isEmpty() && folders.size() < MAX_FOLDERS; at = folder(at)) {
            folders.add(lastPart(at));
        }
        return folders;
    }

    /// The node that `name` begins with.
    private Optional<String> beginning(String name) {
        return known.stream()
                .filter(node -> name.regionMatches(true, 0, node, 0, node.length()))
                .filter(node -> name.length() == node.length() || SEPARATORS.indexOf(name.charAt(node.length())) >= 0)
                .findFirst();
    }
}

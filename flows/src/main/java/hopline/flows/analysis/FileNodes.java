package hopline.flows.analysis;

import hopline.capture.CapturePoint;
import hopline.flows.path.PointRole;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Which nodes captures were made on, as far as the names of their files tell.
///
/// Who captures one interface at a time calls the files `node-a_eth0.pcap` and `node-a_cni0.pcap`, or puts them into
/// a folder for each node. Any other file is called like its node: what folders are called counts only where the
/// file's name is an interface's, nobody's, or one that a file in another folder has as well.
public final class FileNodes {

    /// Folders around a file that may be called like its node.
    private static final int MAX_FOLDERS = 3;

    /// What programs call a capture unless told otherwise, and people who think of nothing.
    private static final Set<String> NOBODYS =
            Set.of("any", "capture", "dump", "nettrace", "packets", "pktmon", "tcpdump", "trace");

    private final List<String> known;
    private final Set<String> namesakes;
    private final Set<String> ofInterfaces;
    private final Set<String> beginnings;

    private FileNodes(List<String> known, Collection<String> paths) {
        List<String> captures =
                paths.stream().map(FileNodes::withoutPiece).distinct().toList();
        this.known = known;
        this.namesakes = namesakes(captures);
        this.ofInterfaces = repeated(captures.stream()
                .filter(path -> PointRole.isInterface(FileName.base(path)))
                .map(FileNodes::folder));
        this.beginnings = repeated(captures.stream().flatMap(path -> beforeInterface(path).stream()));
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
        return new FileNodes(known, paths);
    }

    private static String shortName(String node) {
        int dot = node.indexOf('.');
        return dot > 0 ? node.substring(0, dot) : node;
    }

    /// The same for all pieces of one capture.
    private static String withoutPiece(String path) {
        return folder(path) + "/" + FileName.base(path);
    }

    /// Folders of different names with files of one name.
    private static Set<String> namesakes(Collection<String> paths) {
        Map<String, Set<String>> foldersOf = new HashMap<>();
        for (String path : paths) {
            foldersOf
                    .computeIfAbsent(FileName.base(path), base -> new HashSet<>())
                    .add(folder(path));
        }
        Set<String> found = new HashSet<>();
        for (Set<String> folders : foldersOf.values()) {
            long names = folders.stream().map(FileNodes::lastPart).distinct().count();
            if (folders.size() > 1 && names == folders.size()) {
                found.addAll(folders);
            }
        }
        return found;
    }

    /// Those of `names` that are there more than once: a node has several interfaces.
    private static Set<String> repeated(Stream<String> names) {
        Set<String> once = new HashSet<>();
        return names.filter(name -> !once.add(name)).collect(Collectors.toSet());
    }

    /// The path up to where the name of an interface follows.
    private static Optional<String> beforeInterface(String path) {
        String base = FileName.base(path);
        return IntStream.range(1, base.length())
                .filter(i -> CapturePoint.SEPARATORS.indexOf(base.charAt(i)) >= 0
                        && PointRole.isInterface(base.substring(i + 1)))
                .mapToObj(i -> folder(path) + "/" + base.substring(0, i))
                .findFirst();
    }

    private static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash > 0 ? path.substring(0, slash) : "";
    }

    /// An archive is a folder that is called like its file.
    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("(?i)\\.zip$", "");
    }

    /// The node of the capture at `path`.
    public String of(String path) {
        String base = FileName.base(path);
        return beginning(base)
                .or(() -> beforeInterface(path).filter(beginnings::contains).map(FileNodes::lastPart))
                .or(() -> saysNothing(base, path) ? folderOfNode(path) : Optional.empty())
                .orElse(base);
    }

    private boolean saysNothing(String base, String path) {
        return PointRole.isInterface(base)
                || NOBODYS.contains(base.toLowerCase(Locale.ROOT))
                || namesakes.contains(folder(path));
    }

    /// The innermost folder that is called like one of the cluster's nodes, else its own where that must be one's.
    private Optional<String> folderOfNode(String path) {
        return folders(path).stream()
                .flatMap(name -> beginning(name).stream())
                .findFirst()
                .or(() -> Optional.of(folder(path)).filter(this::isOfNode).map(FileNodes::lastPart));
    }

    private boolean isOfNode(String folder) {
        return !folder.isEmpty() && (namesakes.contains(folder) || ofInterfaces.contains(folder));
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
                .filter(node -> name.length() == node.length()
                        || CapturePoint.SEPARATORS.indexOf(name.charAt(node.length())) >= 0)
                .findFirst();
    }
}

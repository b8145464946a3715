package hopline.flows.state.collection;

import hopline.capture.Compression;
import hopline.capture.ContentKind;
import hopline.capture.Octets;
import hopline.capture.bundle.ManifestFacts;
import hopline.flows.state.Timestamps;
import hopline.flows.state.kubernetes.KubernetesState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Finds the files in what the user names, and which of them belong to one node.
///
/// A folder or archive with files of its own that tell of a node is one node with all that is below it; of one
/// that has none, each folder is looked at in turn. Links are not followed. Nothing is ever unpacked to disk,
/// and names in archives that lead out of them are refused.
public final class StateFinder {

    /// Longest content of one file, in octets, decompressed.
    private static final long MAX_FILE = 1L << 30;

    /// Octets that show whether a file tells of a node.
    private static final int PROBED = 256 << 10;

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    /// For files that were named one by one.
    private static final String LOOSE = "node";

    private final long longest;
    private final Map<String, List<StateFile>> groups = new LinkedHashMap<>();
    private final Set<Path> taken = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    /// Nothing yet.
    public StateFinder() {
        this(MAX_FILE);
    }

    /// @param longest how many octets of one file are read
    StateFinder(long longest) {
        this.longest = longest;
    }

    /// Takes in an operand, as a node's or, if it holds several, as several nodes'.
    public void add(String operand) {
        Path path = path(operand);
        if (path == null) {
            return;
        }
        if (Files.isDirectory(path)) {
            addFolder(path, operand, false);
        } else {
            addFile(path, operand, LOOSE);
        }
    }

    /// Takes in what an input holds beside captures: all that is of nodes, with the cluster's lists; nothing where
    /// nothing is of a node. What is of no use is not told of, because an input is there for its captures.
    public void addInput(String operand) {
        int told = problems.size();
        Path path = path(operand);
        if (path != null && Files.isDirectory(path)) {
            addFolder(path, operand, true);
        } else if (path != null && isArchive(path)) {
            archive(path, name(path), withoutExtension(name(path)), true);
        }
        problems.subList(told, problems.size()).clear();
    }

    /// Takes in an operand as that node's.
    public void add(String operand, String node) {
        Path path = path(operand);
        if (path == null) {
            return;
        }
        if (Files.isDirectory(path)) {
            filesIn(path).forEach(file -> file(file, shown(path, file), node, false));
        } else {
            addFile(path, operand, node);
        }
    }

    private @org.jspecify.annotations.Nullable Path path(String operand) {
        try {
            return Path.of(operand);
        } catch (InvalidPathException e) {
            problems.add(operand + ": not a file name: " + e.getReason());
            return null;
        }
    }

    /// The files of each node, by the name of its folder.
    Map<String, List<StateFile>> groups() {
        return Collections.unmodifiableMap(groups);
    }

    /// What could not be opened, a line each.
    List<String> problems() {
        return Collections.unmodifiableList(problems);
    }

    private static String name(Path path) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? LOOSE : name.toString();
    }

    private static String shown(Path folder, Path file) {
        return name(folder) + "/" + below(folder, file);
    }

    private static String below(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /// @param isInput what is neither of a node nor JSON is left out, and everything where nothing is of a node
    private void addFolder(Path folder, String operand, boolean isInput) {
        Set<Path> files = filesIn(folder);
        if (files.isEmpty()) {
            problems.add(operand + ": no file in this folder");
        }
        Optional<ManifestFacts> bundled = BundleState.manifest(folder);
        if (bundled.isPresent()) {
            BundleState.files(folder, files)
                    .forEach(file -> file(
                            file,
                            shown(folder, file),
                            bundled.get().node(),
                            false,
                            BundleState.collectedAt(bundled.get(), below(folder, file))));
            return;
        }
        Map<String, Path> names = new LinkedHashMap<>();
        files.forEach(file -> names.put(below(folder, file), file));
        NodeFolders nodes =
                new NodeFolders(names.keySet(), name -> tellsOfNode(Objects.requireNonNull(names.get(name))));
        if (isInput && names.keySet().stream().noneMatch(name -> nodes.of(name).isPresent())) {
            return;
        }
        names.forEach((name, file) -> {
            if (!isInput || nodes.of(name).isPresent() || isJson(() -> Files.newInputStream(file))) {
                file(file, shown(folder, file), nodeOf(name, nodes, name(folder)), false);
            }
        });
    }

    /// What is of no node may be an archive, which is one by its own name.
    private static String nodeOf(String name, NodeFolders nodes, String outermost) {
        return nodes.of(name)
                .map(folder -> folder.isEmpty() ? outermost : lastName(folder))
                .orElseGet(() -> withoutExtension(lastName(name)));
    }

    private static String lastName(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static boolean isJson(StateFile.Opener opener) {
        try (InputStream in = Compression.unwrap(opener.open())) {
            return ContentKind.of(Octets.wrap(in.readNBytes(ContentKind.EXAMINED))) == ContentKind.JSON;
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether a file's beginning is something of a node's.
    public static boolean tellsOfNode(Path file) {
        return !isArchive(file) && tellsOfNode(file.toString(), () -> Files.newInputStream(file));
    }

    private static boolean tellsOfNode(String name, StateFile.Opener opener) {
        StateFile beginning =
                new StateFile(name, () -> new ByteArrayInputStream(beginning(opener)), false, OptionalLong.empty());
        return new FileScanner(beginning, new NodeState(LOOSE), new KubernetesState(), Optional.empty())
                .scan()
                .node()
                .isPresent();
    }

    private static byte[] beginning(StateFile.Opener opener) throws IOException {
        try (InputStream in = Compression.unwrap(opener.open())) {
            return in.readNBytes(PROBED);
        }
    }

    private void addFile(Path path, String operand, String node) {
        if (!Files.exists(path)) {
            problems.add(operand + ": no such file");
        } else {
            String shown = operand.equals(path.toString()) ? name(path) : operand;
            file(path, shown, node, true);
        }
    }

    private void file(Path path, String shown, String node, boolean named) {
        file(path, shown, node, named, Timestamps.inFileName(shown));
    }

    private void file(Path path, String shown, String node, boolean named, OptionalLong collectedAt) {
        if (!taken.add(path.toAbsolutePath().normalize())) {
            return;
        }
        if (isArchive(path)) {
            archive(path, shown, node.equals(LOOSE) ? withoutExtension(name(path)) : node, false);
        } else {
            put(node, new StateFile(shown, () -> bounded(Files.newInputStream(path)), named, collectedAt));
        }
    }

    private static String withoutExtension(String name) {
        return name.replaceFirst("(?i)\\.zip$", "");
    }

    private void put(String node, StateFile file) {
        groups.computeIfAbsent(node, folder -> new ArrayList<>()).add(file);
    }

    private InputStream bounded(InputStream in) throws IOException {
        try {
            return new BoundedStream(Compression.unwrap(in), longest, "text, which no state file has");
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static boolean isArchive(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return java.util.Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        } catch (IOException e) {
            return false;
        }
    }

    private Set<Path> filesIn(Path folder) {
        try {
            FolderFiles found = FolderFiles.in(folder);
            found.links().forEach(link -> problems.add(shown(folder, link) + ": a link, which is not followed"));
            found.unread().forEach((file, e) -> problems.add(shown(folder, file) + ": " + FolderFiles.reason(e)));
            return found.files();
        } catch (IOException e) {
            problems.add(folder + ": " + FolderFiles.reason(e));
            return Set.of();
        }
    }

    /// @param isInput as for folders
    private void archive(Path path, String shown, String node, boolean isInput) {
        try {
            Archive archive = Archive.of(path);
            archive.refused().forEach(reason -> problems.add(shown + ": " + reason));
            Optional<ManifestFacts> bundled = archive.manifest();
            List<String> names = bundled.isPresent() ? BundleState.names(archive.names()) : archive.names();
            String top = commonFolder(names);
            NodeFolders nodes = new NodeFolders(
                    names.stream().map(name -> name.substring(top.length())).toList(),
                    name -> tellsOfNode(name, () -> archive.open(top + name)));
            if (isInput
                    && names.stream().noneMatch(name -> nodes.of(name.substring(top.length()))
                            .isPresent())) {
                return;
            }
            for (String name : names) {
                Optional<String> found = nodes.of(name.substring(top.length()));
                if (isInput && found.isEmpty() && !isJson(() -> archive.open(name))) {
                    continue;
                }
                String folder = found.orElse("");
                String entry = shown + "/" + name;
                put(
                        bundled.map(ManifestFacts::node).orElse(folder.isEmpty() ? node : lastName(folder)),
                        new StateFile(
                                entry,
                                () -> bounded(archive.open(name)),
                                false,
                                bundled.map(manifest -> BundleState.collectedAt(manifest, name))
                                        .orElseGet(() -> Timestamps.inFileName(entry))));
            }
        } catch (IOException e) {
            problems.add(shown + ": " + FolderFiles.reason(e));
        }
    }

    /// The one folder that holds everything, with its slash; blank when there is none.
    private static String commonFolder(List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        String first = names.getFirst().substring(0, names.getFirst().indexOf('/') + 1);
        return names.stream().allMatch(name -> name.startsWith(first)) ? first : "";
    }
}

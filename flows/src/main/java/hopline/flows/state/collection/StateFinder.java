package hopline.flows.state.collection;

import hopline.capture.Compression;
import hopline.capture.bundle.ManifestFacts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the files in what the user names, and which of them belong to one node.
///
/// A folder or archive with files of its own is one node with all that is below it; of one that holds folders
/// only, each is a node. Links are not followed. Nothing is ever unpacked to disk, and names in archives that
/// lead out of them are refused.
public final class StateFinder {

    /// Longest content of one file, in octets, decompressed.
    private static final long MAX_FILE = 1L << 30;

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    /// For files that were named one by one.
    private static final String LOOSE = "node";

    private final long longest;
    private final Map<String, List<StateFile>> groups = new LinkedHashMap<>();
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
            addFolder(path, operand);
        } else {
            addFile(path, operand, LOOSE);
        }
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
        return (name(folder) + "/" + folder.relativize(file)).replace('\\', '/');
    }

    private void addFolder(Path folder, String operand) {
        Set<Path> files = filesIn(folder);
        if (files.isEmpty()) {
            problems.add(operand + ": no file in this folder");
        }
        boolean isOneNode = files.stream()
                .anyMatch(file -> folder.equals(file.getParent()) && !isArchive(file) && !isClusterList(file));
        Optional<String> bundled = BundleState.node(folder);
        for (Path file : bundled.isPresent() ? BundleState.files(folder, files) : files) {
            Path relative = folder.relativize(file);
            if (bundled.isPresent()) {
                file(file, shown(folder, file), bundled.get(), false);
                continue;
            }
            String node = isOneNode || relative.getNameCount() < 2
                    ? name(folder)
                    : relative.getName(0).toString();
            file(file, shown(folder, file), node, false);
        }
    }

    /// Lists of the whole cluster often lie beside the folders of its nodes.
    private static boolean isClusterList(Path file) {
        try (InputStream in = Compression.unwrap(Files.newInputStream(file))) {
            return FileScanner.looksLikeKubernetes(in.readNBytes(FileScanner.EXAMINED));
        } catch (IOException e) {
            return false;
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
        if (isArchive(path)) {
            archive(path, shown, node.equals(LOOSE) ? withoutExtension(name(path)) : node);
        } else {
            put(node, new StateFile(shown, () -> bounded(Files.newInputStream(path)), named));
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

    private boolean isArchive(Path path) {
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

    private void archive(Path path, String shown, String node) {
        try {
            Archive archive = Archive.of(path);
            archive.refused().forEach(reason -> problems.add(shown + ": " + reason));
            Optional<String> bundled = archive.manifest().map(ManifestFacts::node);
            List<String> names = bundled.isPresent() ? BundleState.names(archive.names()) : archive.names();
            boolean isOneNode = names.stream().anyMatch(name -> name.indexOf('/') < 0);
            String top = isOneNode ? "" : commonFolder(names);
            boolean isBelow = names.stream().anyMatch(name -> name.indexOf('/', top.length()) < 0);
            for (String name : names) {
                String below = name.substring(top.length());
                String folder = isOneNode || isBelow ? node : below.substring(0, below.indexOf('/'));
                put(
                        bundled.orElse(folder),
                        new StateFile(shown + "/" + name, () -> bounded(archive.open(name)), false));
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

package hopline.cli;

import hopline.capture.CaptureReader;
import hopline.capture.Captures;
import hopline.capture.Compression;
import hopline.capture.ContentKind;
import hopline.capture.Octets;
import hopline.capture.UnrecognizedContentException;
import hopline.capture.bundle.Manifest;
import hopline.capture.bundle.ManifestFacts;
import hopline.flows.analysis.CaptureInput;
import hopline.flows.analysis.FileNodes;
import hopline.flows.state.ClusterFile;
import hopline.flows.state.ClusterReader;
import hopline.flows.state.Node;
import hopline.flows.state.collection.Archive;
import hopline.flows.state.collection.FolderFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds captures and state in what the user names: files, folders, archives, standard input. Told by content,
/// never by name.
///
/// Of a folder, everything that can be used is taken, and what is plainly something else is passed over; a file that
/// the user names, or whose name claims to be of use, must be of use.
final class InputFinder {

    /// Opens the capture in a file: [Captures#open(Path)] or [Captures#openAhead].
    @FunctionalInterface
    interface FileOpener {
        CaptureReader open(Path file) throws IOException;
    }

    /// Something that could not be used, and why.
    record Problem(String file, String reason) {

        @Override
        public String toString() {
            return file + ": " + reason;
        }
    }

    private static final String STANDARD_INPUT = "-";

    /// Names that claim to be of use; those of pieces end in a number.
    private static final Pattern OF_USE = Pattern.compile(
            ".*\\.(?:pcap|pcapng|cap|etl)[-.]?\\d*(?:\\.gz|\\.zst|\\.lz4)?|.*\\.json(?:\\.gz|\\.zst|\\.lz4)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Map<Path, String> nodeOf;
    private final FileOpener opener;
    private final Map<Path, String> operands = new HashMap<>();
    private final Map<Path, String> captures = new LinkedHashMap<>();
    private final List<ClusterFile> state = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, CaptureInput> archived = new LinkedHashMap<>();
    private final Set<String> mixed = new LinkedHashSet<>();
    private String operand = "";
    private boolean standardInput;
    private boolean isLenient;

    /// Gives the captures in `nodeOf` the nodes it says.
    InputFinder(Map<Path, String> nodeOf) {
        this(nodeOf, Captures::open);
    }

    /// The same, with captures that `opener` opens.
    InputFinder(Map<Path, String> nodeOf, FileOpener opener) {
        this.opener = opener;
        this.nodeOf = new HashMap<>();
        nodeOf.forEach((path, node) -> this.nodeOf.put(key(path), node));
    }

    /// What messages call a file: as it was named, a pipe's copy by the pipe's name.
    private String told(Path file) {
        return operands.getOrDefault(file, file.toString());
    }

    private static Path key(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /// What the user says of a file, or of a folder around it.
    private Optional<String> nodeOf(Path file) {
        for (Path at = key(file); at != null; at = at.getParent()) {
            String node = nodeOf.get(at);
            if (node != null) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }

    /// Takes in an operand: a file, a folder, or `-` for standard input.
    void add(String operand) {
        this.operand = operand;
        if (operand.equals(STANDARD_INPUT)) {
            standardInput = true;
            return;
        }
        Path path;
        try {
            path = PipedInput.file(Path.of(operand));
            operands.put(path, operand);
        } catch (InvalidPathException e) {
            problems.add(new Problem(operand, "not a file name: " + e.getReason()));
            return;
        } catch (IOException e) {
            problems.add(new Problem(operand, reason(e)));
            return;
        }
        if (Files.isDirectory(path)) {
            addFolder(path);
        } else {
            addFile(
                    path,
                    path.getFileName() == null ? operand : path.getFileName().toString(),
                    true);
        }
    }

    /// Takes in what is said to be state. Only the cluster's lists are wanted here; what else is there belongs to the
    /// state of nodes, whose reader tells what is of no use.
    void addState(String operand) {
        isLenient = true;
        add(operand);
        isLenient = false;
    }

    /// Takes in those `files` that are not among the captures yet.
    void addMissing(Set<Path> files) {
        Set<Path> known = new HashSet<>();
        captures.keySet().forEach(file -> known.add(key(file)));
        operands.keySet().forEach(file -> known.add(key(file)));
        files.stream()
                .filter(file -> known.stream().noneMatch(found -> found.startsWith(key(file))))
                .forEach(file -> add(file.toString()));
    }

    /// Those folders and archives among the inputs that hold more than captures and the cluster's lists.
    Set<String> mixed() {
        return Collections.unmodifiableSet(mixed);
    }

    private void noteOther() {
        if (!isLenient) {
            mixed.add(operand);
        }
    }

    private void addFolder(Path folder) {
        int before = found();
        try {
            Path manifest = folder.resolve(Manifest.NAME);
            Optional<String> node = Files.isRegularFile(manifest)
                    ? ManifestFacts.read(Files.newInputStream(manifest)).map(ManifestFacts::node)
                    : Optional.empty();
            for (Path file : filesIn(folder)) {
                addFile(file, folder.relativize(file).toString().replace('\\', '/'), false);
            }
            node.ifPresent(name -> nodeOf.putIfAbsent(key(folder), name));
        } catch (IOException e) {
            problems.add(new Problem(folder.toString(), reason(e)));
        }
        if (found() == before && !isLenient) {
            problems.add(new Problem(folder.toString(), "no capture in this folder"));
        }
    }

    private int found() {
        return captures.size() + archived.size() + state.size() + problems.size();
    }

    /// A bundle, or any other zip archive: read in place, its captures of the node that its manifest names.
    private void addArchive(Path file, String name, boolean named) throws IOException {
        int before = found();
        Archive archive = Archive.of(file);
        archive.refused().forEach(reason -> problems.add(new Problem(told(file), reason)));
        Optional<String> node = nodeOf(file).or(() -> manifest(archive).map(ManifestFacts::node));
        for (String entry : archive.names()) {
            addEntry(archive, entry, slashed(key(file)) + "/" + entry, name + "/" + entry, node);
        }
        if (named && found() == before) {
            problems.add(new Problem(told(file), "no capture in this archive"));
        }
    }

    private static Optional<ManifestFacts> manifest(Archive archive) {
        try {
            return archive.manifest();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void addEntry(Archive archive, String entry, String path, String shown, Optional<String> node) {
        try {
            ContentKind kind = kind(archive.open(entry));
            if (kind == ContentKind.CAPTURE) {
                archived.put(path, new CaptureInput(shown, node, () -> Captures.open(archive.open(entry))));
            } else if (kind == ContentKind.JSON) {
                ClusterFile read = new ClusterReader().read(shown, archive.open(entry));
                state.add(read);
                read.problem().ifPresent(problem -> problems.add(new Problem(shown, problem)));
            } else {
                noteOther();
            }
        } catch (UnrecognizedContentException e) {
            noteOther(); // other JSON, such as the manifest
        } catch (IOException e) {
            problems.add(new Problem(shown, reason(e)));
        }
    }

    private Set<Path> filesIn(Path folder) throws IOException {
        FolderFiles found = FolderFiles.in(folder);
        found.unread().forEach((file, e) -> problems.add(new Problem(file.toString(), reason(e))));
        return found.files();
    }

    private void addFile(Path file, String name, boolean named) {
        try {
            ContentKind kind = kind(file);
            switch (kind) {
                case CAPTURE -> captures.putIfAbsent(file, name);
                case JSON -> addState(file, named && !isLenient);
                case ZIP -> addArchive(file, name, named && !isLenient);
                default -> {
                    noteOther();
                    if ((named || claimsToBeOfUse(file)) && !isLenient) {
                        problems.add(new Problem(told(file), kind.description()));
                    }
                }
            }
        } catch (IOException e) {
            problems.add(new Problem(told(file), reason(e)));
        }
    }

    /// What a file holds, be it compressed or not.
    static ContentKind kind(Path file) throws IOException {
        return kind(Files.newInputStream(file));
    }

    private static ContentKind kind(InputStream content) throws IOException {
        try (content;
                InputStream in = Compression.unwrap(content)) {
            return ContentKind.of(Octets.wrap(in.readNBytes(ContentKind.EXAMINED)));
        }
    }

    private static boolean claimsToBeOfUse(Path file) {
        return OF_USE.matcher(String.valueOf(file.getFileName())).matches();
    }

    private void addState(Path file, boolean named) throws IOException {
        try {
            ClusterFile read = new ClusterReader().read(file);
            state.add(read);
            read.problem().ifPresent(problem -> problems.add(new Problem(told(file), problem)));
        } catch (UnrecognizedContentException e) {
            noteOther();
            if (named) {
                throw e;
            }
        }
    }

    static String reason(IOException e) {
        return FolderFiles.reason(e);
    }

    /// What could not be used, a line each.
    List<Problem> problems() {
        return Collections.unmodifiableList(problems);
    }

    /// The cluster's lists.
    List<ClusterFile> state() {
        return Collections.unmodifiableList(state);
    }

    /// The captures in the order they were named, each under its own name.
    List<CaptureInput> captures() throws IOException {
        return captures(false);
    }

    /// The same; `again` when they will be read more than once, so that a pipe must be kept.
    List<CaptureInput> captures(boolean again) throws IOException {
        List<CaptureInput> inputs = new ArrayList<>();
        FileNodes nodes = fileNodes();
        captures.forEach((file, name) -> inputs.add(new CaptureInput(
                uniqueName(file, name), nodeOf(file), nodes.of(slashed(key(file))), () -> opener.open(file))));
        archived.forEach((path, input) -> inputs.add(input.ofFile(nodes.of(path))));
        if (standardInput) {
            inputs.add(standardInput(again || !inputs.isEmpty()));
        }
        return inputs;
    }

    private FileNodes fileNodes() {
        List<String> paths = new ArrayList<>(archived.keySet());
        captures.keySet().forEach(file -> paths.add(slashed(key(file))));
        return FileNodes.of(
                state.stream()
                        .flatMap(file -> file.snapshots().stream())
                        .flatMap(snapshot -> snapshot.nodes().stream())
                        .map(Node::name)
                        .toList(),
                paths);
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    /// Two captures of one name are told apart by their paths.
    private String uniqueName(Path file, String name) {
        long namesakes = captures.values().stream().filter(name::equals).count();
        return namesakes == 1 ? name : told(file).replace('\\', '/');
    }

    /// Several captures are read twice, to compare clocks; a pipe can be read only once.
    private CaptureInput standardInput(boolean readTwice) throws IOException {
        Optional<String> node = Optional.of(nodeOf.getOrDefault(key(Path.of(STANDARD_INPUT)), "stdin"));
        if (!readTwice) {
            return new CaptureInput(STANDARD_INPUT, node, () -> Captures.open(System.in));
        }
        Path copy = PipedInput.copyOfStandardInput();
        return new CaptureInput(STANDARD_INPUT, node, () -> Captures.open(copy));
    }
}

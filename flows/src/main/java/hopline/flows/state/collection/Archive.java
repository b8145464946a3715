package hopline.flows.state.collection;

import hopline.capture.bundle.Manifest;
import hopline.capture.bundle.ManifestFacts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// The files in a zip archive, opened in place. Nothing is unpacked to disk; names that lead out of the archive
/// are refused, and so is an archive that becomes very much larger than it is.
public final class Archive {

    /// What an archive may become without being asked how small it was.
    static final long FREE_EXPANSION = 100L << 20;

    /// How many times its size an archive may become beyond that.
    static final long MAX_EXPANSION = 100;

    private static final int MAX_ENTRIES = 100_000;

    private final Expansion expansion;
    private final List<String> names = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    private Archive(Path path) throws IOException {
        this.expansion = new Expansion(path, FREE_EXPANSION + MAX_EXPANSION * Files.size(path));
    }

    /// The archive in `path`.
    ///
    /// @throws IOException when it is damaged, or holds too many files
    public static Archive of(Path path) throws IOException {
        Archive archive = new Archive(path);
        try (ZipFile zip = new ZipFile(path.toFile())) {
            if (zip.size() > MAX_ENTRIES) {
                throw new IOException("more than " + MAX_ENTRIES + " files in one archive");
            }
            archive.list(zip);
        } catch (ZipException e) {
            throw new IOException("a damaged zip archive: " + e.getMessage(), e);
        }
        return archive;
    }

    private void list(ZipFile zip) {
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = entry.getName().replace('\\', '/');
            if (leadsOut(name)) {
                refused.add("a file in it is named " + name + ", which leads out of it: refused");
            } else if (!entry.isDirectory()) {
                names.add(entry.getName());
            }
        }
    }

    private static boolean leadsOut(String name) {
        return name.startsWith("/")
                || name.matches("^[A-Za-z]:.*")
                || List.of(name.split("/", -1)).contains("..")
                || name.indexOf('\0') >= 0;
    }

    /// Its files, by the names they have in it.
    public List<String> names() {
        return Collections.unmodifiableList(names);
    }

    /// What was refused, a sentence each.
    public List<String> refused() {
        return Collections.unmodifiableList(refused);
    }

    /// The content of the file of that name, one of [#names].
    public InputStream open(String name) throws IOException {
        return expansion.open(name);
    }

    /// What its manifest says, if it is a bundle of Hopline's.
    public Optional<ManifestFacts> manifest() throws IOException {
        return names.contains(Manifest.NAME) ? ManifestFacts.read(open(Manifest.NAME)) : Optional.empty();
    }
}

package hopline.capture.bundle;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Makes one file of a folder.
public final class BundleFile {

    private BundleFile() {}

    /// Packs all that is below `folder` into `file`, the manifest first; `file` has its name only once it
    /// is complete.
    ///
    /// @throws IOException when there is no room, for example; `folder` is as it was, and there is no
    ///     `file`
    public static void pack(Path folder, Path file) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                write(folder, out, Deflater.BEST_SPEED); // a node has better things to do
            }
            move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /// Writes all that is below `folder` to `out` as a zip archive, the manifest first; `out` stays open.
    public static void write(Path folder, OutputStream out) throws IOException {
        write(folder, out, Deflater.DEFAULT_COMPRESSION);
    }

    private static void write(Path folder, OutputStream out, int level) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(level);
        for (Path entry : inOrder(folder)) {
            zip.putNextEntry(new ZipEntry(Manifest.name(folder, entry)));
            Files.copy(entry, zip);
            zip.closeEntry();
        }
        zip.finish();
    }

    private static List<Path> inOrder(Path folder) throws IOException {
        Path manifest = folder.resolve(Manifest.NAME);
        return Manifest.contents(folder).stream()
                .sorted(Comparator.comparing((Path file) -> !file.equals(manifest)))
                .toList();
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Removes `folder` and all that is below it; links are removed, not followed.
    public static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}

package hopline.cli.redact;

import hopline.flows.state.collection.Archive;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The files of a folder and their names within it; links and hidden files are left out.
public final class Sources {

    private static final int MAX_DEPTH = 16;

    private Sources() {}

    /// Each file below `folder` by its name within it, with slashes; `folder` itself when it is a file.
    public static Map<String, Content> of(Path folder) throws IOException {
        Map<String, Content> files = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            Path name = folder.getFileName();
            files.put(name == null ? folder.toString() : name.toString(), Content.of(folder));
            return files;
        }
        Files.walkFileTree(folder, Set.of(), MAX_DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return isHidden(directory) && !directory.equals(folder)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !isHidden(file)) {
                    files.put(folder.relativize(file).toString().replace('\\', '/'), Content.of(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    /// The same, with the files of archives in the place of these.
    public static Map<String, Content> unpacked(Path folder) throws IOException {
        Map<String, Content> all = new LinkedHashMap<>();
        for (Map.Entry<String, Content> file : of(folder).entrySet()) {
            Path path = file.getValue().path().orElseThrow();
            if (FileKind.of(file.getValue()) == FileKind.ARCHIVE) {
                String name = file.getKey().replaceFirst("(?i)\\.zip$", "") + "/";
                of(Archive.of(path)).forEach((entry, content) -> all.put(name + entry, content));
            } else {
                all.put(file.getKey(), file.getValue());
            }
        }
        return all;
    }

    /// The files of an archive by their names in it, in its order.
    static Map<String, Content> of(Archive archive) {
        Map<String, Content> files = new LinkedHashMap<>();
        archive.names().forEach(name -> files.put(name.replace('\\', '/'), Content.of(archive, name)));
        return files;
    }

    private static boolean isHidden(Path path) {
        return path.getFileName() != null && path.getFileName().toString().startsWith(".");
    }
}

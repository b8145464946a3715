package hopline.flows.state.collection;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is below a folder, in a fixed order, 16 folders deep. Links are not followed; hidden files and
/// folders are passed over.
///
/// @param files the regular files
/// @param links symbolic links
/// @param unread what could not be looked at, and why
public record FolderFiles(Set<Path> files, Set<Path> links, Map<Path, IOException> unread) {

    private static final int MAX_DEPTH = 16;

    /// Those of `folder`.
    ///
    /// @throws IOException when the folder itself cannot be read
    public static FolderFiles in(Path folder) throws IOException {
        FolderFiles found = new FolderFiles(new TreeSet<>(), new TreeSet<>(), new TreeMap<>());
        Files.walkFileTree(folder, Set.of(), MAX_DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return isHidden(directory) && !directory.equals(folder)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isSymbolicLink()) {
                    found.links.add(file);
                } else if (attributes.isRegularFile() && !isHidden(file)) {
                    found.files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                found.unread.put(file, e);
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private static boolean isHidden(Path path) {
        return path.getFileName() != null && path.getFileName().toString().startsWith(".");
    }

    /// Why a file could not be read, in words.
    public static String reason(IOException e) {
        String message = e.getMessage();
        return switch (e) {
            case NoSuchFileException missing -> "no such file";
            case AccessDeniedException denied -> "permission denied";
            default -> message == null ? e.getClass().getSimpleName() : message;
        };
    }
}

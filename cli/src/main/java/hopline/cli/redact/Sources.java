package hopline.cli.redact;

import hopline.flows.state.collection.Archive;
import hopline.flows.state.collection.FolderFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// The files of a folder and their names within it; links and hidden files are left out.
public final class Sources {

    private Sources() {}

    /// Each file below `folder` by its name within it, with slashes; `folder` itself when it is a file.
    public static Map<String, Content> of(Path folder) throws IOException {
        Map<String, Content> files = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            Path name = folder.getFileName();
            files.put(name == null ? folder.toString() : name.toString(), Content.of(folder));
            return files;
        }
        FolderFiles found = FolderFiles.in(folder);
        if (!found.unread().isEmpty()) {
            throw found.unread().values().iterator().next();
        }
        for (Path file : found.files()) {
            files.put(folder.relativize(file).toString().replace('\\', '/'), Content.of(file));
        }
        return files;
    }

    /// The same, with the files of archives in the place of these.
    ///
    /// @param problems is told why archives, or files in them, cannot be read, by their names
    public static Map<String, Content> unpacked(Path folder, Map<String, String> problems) throws IOException {
        Map<String, Content> all = new LinkedHashMap<>();
        for (Map.Entry<String, Content> file : of(folder).entrySet()) {
            try {
                if (FileKind.of(file.getValue()) == FileKind.ARCHIVE) {
                    String name = file.getKey().replaceFirst("(?i)\\.zip$", "") + "/";
                    entries(file.getKey(), file.getValue(), problems)
                            .forEach((entry, content) -> all.put(name + entry, content));
                } else {
                    all.put(file.getKey(), file.getValue());
                }
            } catch (IOException e) {
                problems.put(file.getKey(), FileRedaction.reason(e));
            }
        }
        return all;
    }

    /// The files of the archive `name`; what it holds beside them is told to `problems`.
    static Map<String, Content> entries(String name, Content file, Map<String, String> problems) throws IOException {
        Archive archive = Archive.of(file.path().orElseThrow());
        archive.refused().forEach(reason -> problems.merge(name, reason, (one, other) -> one + "; " + other));
        return of(archive);
    }

    /// The files of an archive by their names in it, in its order.
    static Map<String, Content> of(Archive archive) {
        Map<String, Content> files = new LinkedHashMap<>();
        archive.names().forEach(name -> files.put(name.replace('\\', '/'), Content.of(archive, name)));
        return files;
    }
}

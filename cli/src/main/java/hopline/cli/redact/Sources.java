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
}

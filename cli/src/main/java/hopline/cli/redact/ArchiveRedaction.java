package hopline.cli.redact;

import hopline.flows.state.collection.Archive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Makes of an archive one with the same files redacted. Nothing is unpacked to disk; names that lead out of the
/// archive and archives within it are left out, and one that becomes very much larger than it is breaks off.
/// The list of pseudonyms is put beside the files.
final class ArchiveRedaction {

    private final FileRedaction files;

    ArchiveRedaction(FileRedaction files) {
        this.files = files;
    }

    /// Has `files` learn from all that is in `archive`.
    static void learn(Content archive, FileRedaction files) throws IOException {
        Sources.of(Archive.of(archive.path().orElseThrow())).values().forEach(files::learn);
    }

    /// See [FileRedaction#redact].
    Optional<RedactedFile> redact(
            Content file, String shown, String name, FileRedaction.Opener out, LongConsumer progress)
            throws IOException {
        Map<String, Content> entries;
        try {
            entries = Sources.entries(shown, file, files.problems());
        } catch (IOException e) {
            files.problems().put(shown, FileRedaction.reason(e));
            return Optional.empty();
        }
        FileNames names = new FileNames(files, entries);
        long records = 0;
        try (ZipOutputStream zip = new ZipOutputStream(out.open())) {
            for (Map.Entry<String, Content> entry : entries.entrySet()) {
                String made = names.next(entry.getKey(), entry.getValue());
                records += files.redact(
                                entry.getValue(), shown + "/" + entry.getKey(), made, () -> put(zip, made), progress)
                        .map(RedactedFile::records)
                        .orElse(0L);
            }
            zip.putNextEntry(new ZipEntry(Pseudonyms.FILE));
            zip.write(files.pseudonyms().list().getBytes(StandardCharsets.UTF_8));
        }
        return Optional.of(new RedactedFile(shown, name, records));
    }

    /// Where the next entry is written to; it ends where the next one begins.
    private static FileRedaction.OpenStream put(ZipOutputStream zip, String name) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        return new FileRedaction.OpenStream(zip);
    }
}

package hopline.cli.redact;

import hopline.decode.redact.Redaction;
import hopline.decode.redact.RedactionKey;
import hopline.decode.redact.TextRedaction.Form;
import hopline.flows.state.text.TextInput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Looks for what is private in a bundle, a folder or a file: it is redacted to nowhere, and what that would have taken
/// away is listed.
///
/// @param data what is private
/// @param files that were looked into
/// @param records of captures among them
/// @param isListed whether there was a list of what stands for something else; without one that is private, too
/// @param problems why a file could not be read, or not looked into, by its name
public record Audit(PrivateData data, long files, long records, boolean isListed, Map<String, String> problems) {

    /// Looks into `path`.
    ///
    /// @param vxlanPorts where to look for VXLAN, beside the usual ports
    /// @param named a list of pseudonyms beside those that lie with the files
    /// @throws IOException when it cannot be read at all
    public static Audit of(Path path, Collection<Integer> vxlanPorts, Optional<Path> named) throws IOException {
        Redaction redaction = new Redaction(RedactionKey.random(), false, false, vxlanPorts);
        FileRedaction files = new FileRedaction(redaction);
        Map<String, Content> sources = sources(path, files.problems());
        PseudonymLists lists = PseudonymLists.takenFrom(sources, named);
        sources.forEach((name, content) -> {
            if (!lists.hasBeside(name)) { // reports name what is no name, such as rules
                files.learn(content);
            }
        });
        PrivateData data = new PrivateData(redaction.addresses());
        redaction.listen(data);
        long records = 0;
        for (Map.Entry<String, Content> source : sources.entrySet()) {
            data.begin(source.getKey(), lists.of(source.getKey()));
            records += look(source.getKey(), source.getValue(), redaction, files, data);
        }
        Map<String, String> problems = files.problems();
        files.leftOut().forEach(name -> problems.put(name, "neither capture nor text: not looked into"));
        return new Audit(data, sources.size(), records, lists.isAny(), problems);
    }

    private static Map<String, Content> sources(Path path, Map<String, String> problems) throws IOException {
        Map<String, Content> sources = Sources.of(path);
        if (Files.isDirectory(path)) {
            return Sources.unpacked(path, problems);
        }
        Map.Entry<String, Content> file = sources.entrySet().iterator().next();
        return FileKind.of(file.getValue()) == FileKind.ARCHIVE
                ? Sources.entries(file.getKey(), file.getValue(), problems)
                : sources;
    }

    private static long look(String name, Content content, Redaction redaction, FileRedaction files, PrivateData data) {
        files.name(name);
        long records = 0;
        try {
            if (FileKind.of(content) == FileKind.TEXT) {
                if (!lookAtLines(content, redaction, data)) {
                    files.problems().put(name, FileRedaction.LEFT_OUT);
                }
            } else {
                records = files.redact(content, name, "", OutputStream::nullOutputStream, count -> {})
                        .map(RedactedFile::records)
                        .orElse(0L);
            }
        } catch (IOException e) {
            files.problems().put(name, FileRedaction.reason(e));
        }
        tell("one or more", data);
        return records;
    }

    /// Line by line, since secrets are told by where they are; false when a word was too long to look at.
    private static boolean lookAtLines(Content content, Redaction redaction, PrivateData data) throws IOException {
        UnaryOperator<String> pieces = redaction.text().pieces(Form.PLAIN);
        long number = 0;
        try (TextInput input = content.text()) {
            TextChunks chunks = new TextChunks(input);
            for (String chunk = chunks.next(); !chunk.isEmpty(); chunk = chunks.next()) {
                for (String line : (Iterable<String>) chunk.lines()::iterator) {
                    number++;
                    if (!pieces.apply(line).equals(line)) {
                        tell("in line " + number, data);
                    }
                }
            }
            return !chunks.isLeftOut();
        }
    }

    private static void tell(String where, PrivateData data) {
        if (data.takeSecret()) {
            data.found(PrivateData.Kind.TOKEN, where);
        }
        data.takeNames().forEach(found -> data.found(PrivateData.Kind.NAME, found));
    }
}

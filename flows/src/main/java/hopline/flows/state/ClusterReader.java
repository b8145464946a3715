package hopline.flows.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import hopline.capture.Compression;
import hopline.capture.ContentKind;
import hopline.capture.Octets;
import hopline.capture.UnrecognizedContentException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipException;

/// Reads Kubernetes lists as `kubectl get … -o json` prints them.
///
/// A file may hold one list or several documents back to back, of one kind or of many, in UTF-8 or in the UTF-16 that
/// PowerShell writes, plain or compressed. Items are read one at a time, and only what is used of them is kept.
/// Not for use by several threads at once.
public final class ClusterReader {

    /// Longest content of one file, decompressed.
    public static final long MAX_DOCUMENT_LENGTH = 1L << 30;

    /// Deepest nesting of one file.
    public static final int MAX_DEPTH = 200;

    private static final int MAX_TEXT_LENGTH = 4 << 20;
    private static final int WINDOW = 64 << 10;
    private static final int MAX_KINDS_SHOWN = 3;

    private static final String NOT_A_LIST = ", not a Kubernetes list";
    private static final String BLANK = " \t\r\n\0\u00ef\u00bb\u00bf\u00fe\u00ff";

    /// What the API allows as a kind; other text is not worth repeating.
    private static final Pattern KIND = Pattern.compile("[A-Za-z0-9]{1,63}");

    /// For JSON that is inside other JSON.
    static final JsonFactory JSON = json(MAX_DOCUMENT_LENGTH);

    private final Budget budget;
    private final JsonFactory json;

    /// What all files read with this reader may keep together is limited to a third of the memory Java may use.
    public ClusterReader() {
        this(new Budget(Runtime.getRuntime().maxMemory() / 3));
    }

    ClusterReader(Budget budget) {
        this(budget, MAX_DOCUMENT_LENGTH);
    }

    /// @param longest how many octets of one file are read
    ClusterReader(Budget budget, long longest) {
        this.budget = budget;
        this.json = json(longest);
    }

    /// Interning would put every different name of a hostile file into a table of the whole process.
    private static JsonFactory json(long longest) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxDocumentLength(longest)
                        .maxStringLength(MAX_TEXT_LENGTH)
                        .build())
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /// Reads a file; lists that do not say when they were collected take the time from its name, if that holds one.
    ///
    /// @throws UnrecognizedContentException when there is nothing in it that is used here
    public ClusterFile read(Path file) throws IOException {
        return read(Objects.toString(file.getFileName(), ""), Files.newInputStream(file));
    }

    /// Reads what `in` delivers, and closes it.
    ///
    /// @param name the file's name, with or without folders
    /// @throws UnrecognizedContentException when there is nothing in it that is used here
    public ClusterFile read(String name, InputStream in) throws IOException {
        try (in) {
            return read(name, new CutShortStream(Compression.unwrap(in)));
        } catch (EOFException | ZipException e) {
            throw new UnrecognizedContentException("compressed data that is damaged: " + ReadProblem.of(e));
        }
    }

    private ClusterFile read(String name, CutShortStream content) throws IOException {
        BufferedInputStream in = new BufferedInputStream(content, WINDOW);
        in.mark(ContentKind.EXAMINED);
        byte[] head = in.readNBytes(ContentKind.EXAMINED);
        in.reset();
        if (head.length == 0 && content.failure().isPresent()) {
            throw content.failure().get();
        }
        refuseOthers(head);
        return read(name, in, content);
    }

    private ClusterFile read(String name, InputStream in, CutShortStream content) throws IOException {
        Tally tally = new Tally();
        try (JsonParser parser = json.createParser(in)) {
            ItemContext context = new ItemContext(tally, budget);
            DocumentReader documents = new DocumentReader(parser, Timestamps.inFileName(name), context);
            Optional<String> problem = problem(documents, parser, content);
            if (!documents.isRecognized()) {
                throw unrecognized(documents, tally, problem);
            }
            return new ClusterFile(name, documents.snapshots(), tally.unusedKinds(), tally.skipped(), problem);
        }
    }

    /// Reads all documents; what stopped it, if anything did.
    private static Optional<String> problem(DocumentReader documents, JsonParser parser, CutShortStream content) {
        Optional<String> problem = problem(documents, parser);
        return content.failure()
                .map(e -> "cannot be read to its end: " + ReadProblem.of(e))
                .or(() -> problem);
    }

    private static Optional<String> problem(DocumentReader documents, JsonParser parser) {
        try {
            documents.read();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(ReadProblem.of(e, parser.currentLocation()));
        }
    }

    private static void refuseOthers(byte[] head) throws UnrecognizedContentException {
        ContentKind kind = ContentKind.of(Octets.wrap(head));
        boolean isBlank = kind == ContentKind.TEXT && isBlank(head);
        if (kind != ContentKind.JSON && !isBlank) {
            throw new UnrecognizedContentException(instead(kind));
        }
    }

    /// What the content is, when it cannot be JSON.
    private static String instead(ContentKind kind) {
        return switch (kind) {
            case EMPTY, ZIP, COMPRESSED_TWICE, BZIP2, XZ, OLD_LZ4 -> kind.description();
            case UNKNOWN -> "binary data" + NOT_A_LIST;
            default -> kind.description().replaceFirst(",.*", "") + NOT_A_LIST;
        };
    }

    /// Nothing but white space, in any encoding, byte order marks included.
    private static boolean isBlank(byte[] head) {
        for (byte octet : head) {
            if (BLANK.indexOf(octet & 0xff) < 0) {
                return false;
            }
        }
        return head.length > 0;
    }

    private static UnrecognizedContentException unrecognized(
            DocumentReader documents, Tally tally, Optional<String> problem) {
        if (documents.isEmpty()) {
            return new UnrecognizedContentException(problem.orElse(ContentKind.EMPTY.description()));
        }
        String kind = documents.firstKind().filter(KIND.asMatchPredicate()).orElse("");
        String what = kind.isEmpty() ? "JSON" + NOT_A_LIST : "JSON of kind " + kind + contents(kind, tally);
        String why = kind.isEmpty() ? "" : ", nothing of which is used here";
        return new UnrecognizedContentException(
                what + problem.map(", which breaks off: "::concat).orElse(why));
    }

    /// What a list of mixed kinds holds.
    private static String contents(String kind, Tally tally) {
        String kinds = tally.unusedKinds().keySet().stream()
                .filter(KIND.asMatchPredicate())
                .limit(MAX_KINDS_SHOWN)
                .collect(Collectors.joining(", "));
        return kinds.isEmpty() || !kind.equals("List") ? "" : " of " + kinds;
    }
}

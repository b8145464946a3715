package hopline.cli.redact;

import hopline.capture.CaptureFormat;
import hopline.capture.CaptureReader;
import hopline.capture.Compression;
import hopline.capture.convert.Conversion;
import hopline.capture.convert.ConversionReport;
import hopline.capture.convert.ConversionSource;
import hopline.cli.report.html.RedactedPage;
import hopline.decode.redact.Redaction;
import hopline.decode.redact.TextRedaction.Form;
import hopline.flows.analysis.CaptureInput;
import hopline.flows.state.text.TextInput;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/// Redacts files, all with the same pseudonyms: captures become captures, texts texts, archives archives, pages of
/// ours pages; what is none of these is left out.
public final class FileRedaction {

    /// What a capture that could not be read to its end ends with: the beginning of a block or record
    /// without the rest, so that nobody takes what was made of it for whole.
    private static final byte[] BEGUN = {6, 0, 0, 0, 6, 0, 0, 0};

    /// Octets of a page that is taken apart; a larger one is left out.
    private static final int MAX_PAGE = 64 << 20;

    /// Told of a text that has one.
    static final String LEFT_OUT = "a word of more than a million characters, left out";

    private final Redaction redaction;
    private final Map<String, String> nodes;
    private final Pseudonyms pseudonyms = new Pseudonyms();
    private final Map<String, String> problems = new LinkedHashMap<>();
    private final List<String> leftOut = new ArrayList<>();

    /// Files that go through the same `redaction`.
    public FileRedaction(Redaction redaction) {
        this(redaction, Map.of());
    }

    /// The same, knowing which nodes captures are of.
    ///
    /// @param nodes what their files' names tell, by those names; of others the whole name is the node's
    public FileRedaction(Redaction redaction, Map<String, String> nodes) {
        this.redaction = redaction;
        this.nodes = Map.copyOf(nodes);
        redaction.listen(pseudonyms);
    }

    /// What was put in the place of what was private, so far.
    public Pseudonyms pseudonyms() {
        return pseudonyms;
    }

    /// Why a file could not be read to its end, by its name.
    public Map<String, String> problems() {
        return problems;
    }

    /// Files that were left out because nothing is known of their kind.
    public List<String> leftOut() {
        return leftOut;
    }

    /// Learns from `file` what is named in it; call it for all files before the first is redacted.
    public void learn(Content file) {
        try {
            switch (FileKind.of(file)) {
                case TEXT, DRAWING -> learnText(file);
                case ARCHIVE -> ArchiveRedaction.learn(file, this);
                default -> {} // names nothing
            }
        } catch (IOException e) {
            return; // redacting it will tell
        }
    }

    private void learnText(Content file) throws IOException {
        try (TextInput input = file.text()) {
            TextChunks chunks = new TextChunks(input);
            for (String chunk = chunks.next(); !chunk.isEmpty(); chunk = chunks.next()) {
                LearntNames.learn(chunk, redaction.text());
            }
        }
    }

    /// Whether a file begins as captures do.
    public static boolean isCapture(Content file) {
        try {
            return FileKind.of(file) == FileKind.CAPTURE;
        } catch (IOException e) {
            return false;
        }
    }

    /// What a file of that name is called in the result, its folders included: a name that every system takes, within
    /// the result. A trace becomes a capture.
    public String name(String name) {
        return PortableName.of(redaction.text().redact(name.replace('\\', '/')))
                .replaceFirst("(?i)\\.etl(\\.gz|\\.zst|\\.lz4)?$", ".pcapng");
    }

    /// Redacts `file` to what `out` opens, which is called `name`; empty when it was left out.
    ///
    /// @param shown what problems call it
    /// @throws IOException when `out` cannot be written
    public Optional<RedactedFile> redact(Content file, String shown, String name, Opener out, LongConsumer progress)
            throws IOException {
        FileKind kind;
        try {
            kind = FileKind.of(file);
        } catch (IOException e) {
            problems.put(shown, reason(e));
            return Optional.empty();
        }
        return switch (kind) {
            case CAPTURE -> capture(file, shown, name, out, progress);
            case TEXT, EMPTY -> text(file, Form.PLAIN, shown, name, out);
            case DRAWING -> text(file, Form.MARKUP, shown, name, out);
            case PAGE -> page(file, shown, name, out);
            case ARCHIVE -> new ArchiveRedaction(this).redact(file, shown, name, out, progress);
            case OTHER -> {
                leftOut.add(shown);
                yield Optional.empty();
            }
        };
    }

    private Optional<RedactedFile> capture(Content file, String shown, String name, Opener out, LongConsumer progress)
            throws IOException {
        CaptureInput unnamed = new CaptureInput(shown, Optional.empty(), file::capture);
        CaptureInput input = unnamed.ofFile(nodes.getOrDefault(shown, unnamed.fileNode()));
        return capture(input, Optional.empty(), name, out, progress);
    }

    /// Redacts a capture, which says in the result of what node it is where it says so in any way.
    ///
    /// @param format to write; else that of the original, and pcapng for what neither is
    public Optional<RedactedFile> capture(
            CaptureInput input, Optional<CaptureFormat> format, String name, Opener out, LongConsumer progress)
            throws IOException {
        CaptureReader opened;
        try {
            opened = input.opener().open();
        } catch (IOException e) {
            problems.put(input.name(), reason(e));
            return Optional.empty();
        }
        try (CaptureReader reader = redaction.of(opened);
                OutputStream stream = Compression.wrap(out.open(), name)) {
            ConversionSource source = new ConversionSource(
                    input.name(),
                    redaction.text().redact(input.baseName()),
                    redaction.text().redact(input.fileNode()),
                    input.node().map(redaction.text()::redact),
                    reader);
            CaptureFormat written =
                    format.orElse(reader.format() == CaptureFormat.PCAP ? CaptureFormat.PCAP : CaptureFormat.PCAPNG);
            ConversionReport report =
                    Conversion.run(List.of(source), written, new OpenStream(stream), OptionalInt.empty(), progress);
            if (!report.problems().isEmpty()) {
                problems.putAll(report.problems());
                stream.write(BEGUN, 0, BEGUN.length);
            }
            return Optional.of(new RedactedFile(input.name(), name, report.records()));
        }
    }

    /// Keeps what it writes to open when it is closed.
    static final class OpenStream extends FilterOutputStream {

        OpenStream(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            out.write(octets, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /// A text that breaks off stays as far as it goes.
    private Optional<RedactedFile> text(Content file, Form form, String shown, String name, Opener out)
            throws IOException {
        UnaryOperator<String> pieces = redaction.text().pieces(form);
        try (Writer writer = new OutputStreamWriter(Compression.wrap(out.open(), name), StandardCharsets.UTF_8)) {
            try (TextInput input = file.text()) {
                TextChunks chunks = new TextChunks(input);
                for (String chunk = next(chunks, shown); !chunk.isEmpty(); chunk = next(chunks, shown)) {
                    writer.write(pieces.apply(chunk));
                }
                if (chunks.isLeftOut()) {
                    problems.put(shown, LEFT_OUT);
                }
            }
        }
        return Optional.of(new RedactedFile(shown, name, 0));
    }

    private String next(TextChunks chunks, String shown) {
        try {
            return chunks.next();
        } catch (IOException e) {
            problems.put(shown, reason(e));
            return "";
        }
    }

    /// A page of ours is taken apart and put together again, any other is a text like others.
    private Optional<RedactedFile> page(Content file, String shown, String name, Opener out) throws IOException {
        Optional<String> made;
        try {
            made = RedactedPage.of(page(file), redaction.text().pieces(Form.MARKUP));
        } catch (IOException e) {
            problems.put(shown, reason(e));
            return Optional.empty();
        }
        if (made.isEmpty()) {
            return text(file, Form.MARKUP, shown, name, out);
        }
        try (Writer writer = new OutputStreamWriter(Compression.wrap(out.open(), name), StandardCharsets.UTF_8)) {
            writer.write(made.get());
        }
        return Optional.of(new RedactedFile(shown, name, 0));
    }

    /// A whole page, as it is.
    static String page(Content file) throws IOException {
        try (InputStream in = Compression.unwrap(file.open())) {
            byte[] octets = in.readNBytes(MAX_PAGE + 1);
            if (octets.length > MAX_PAGE) {
                throw new IOException("a page of more than " + (MAX_PAGE >> 20) + " MiB");
            }
            return new String(octets, StandardCharsets.UTF_8);
        }
    }

    static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /// Opens what a result is written to.
    @FunctionalInterface
    public interface Opener {

        /// A new stream, closed by who asked for it.
        OutputStream open() throws IOException;
    }
}

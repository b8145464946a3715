package hopline.cli.redact;

import hopline.capture.CaptureFormat;
import hopline.capture.CaptureReader;
import hopline.capture.Captures;
import hopline.capture.Compression;
import hopline.capture.convert.Conversion;
import hopline.capture.convert.ConversionReport;
import hopline.capture.convert.ConversionSource;
import hopline.decode.redact.Redaction;
import hopline.flows.analysis.CaptureInput;
import hopline.flows.state.text.TextInput;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongConsumer;

/// Redacts files, all with the same pseudonyms: captures become captures, texts texts, and what is
/// neither is left out.
public final class FileRedaction {

    /// What a capture that could not be read to its end ends with: the beginning of a block or record
    /// without the rest, so that nobody takes what was made of it for whole.
    private static final byte[] BEGUN = {6, 0, 0, 0, 6, 0, 0, 0};

    private final Redaction redaction;
    private final Map<String, String> problems = new LinkedHashMap<>();
    private final List<String> leftOut = new ArrayList<>();

    /// Files that go through the same `redaction`.
    public FileRedaction(Redaction redaction) {
        this.redaction = redaction;
    }

    /// Why a file could not be read to its end, by its name.
    public Map<String, String> problems() {
        return problems;
    }

    /// Files that were left out because they are neither captures nor texts.
    public List<String> leftOut() {
        return leftOut;
    }

    /// Learns from `file` what is named in it; call it for all files before the first is redacted.
    public void learn(Path file) {
        try {
            if (FileKind.of(file) != FileKind.TEXT) {
                return;
            }
            try (TextInput input = TextInput.of(Compression.unwrap(Files.newInputStream(file)))) {
                TextChunks chunks = new TextChunks(input);
                for (String chunk = chunks.next(); !chunk.isEmpty(); chunk = chunks.next()) {
                    LearntNames.learn(chunk, redaction.text());
                }
            }
        } catch (IOException e) {
            return; // redacting it will tell
        }
    }

    /// What a file of that name is called in the result, its folders included. A trace becomes a capture.
    public String name(String name) {
        return redaction
                .text()
                .redact(name.replace('\\', '/'))
                .replaceFirst("(?i)\\.etl(\\.gz|\\.zst|\\.lz4)?$", ".pcapng");
    }

    /// Redacts `file` to what `out` opens, which is called `name`; empty when it was left out.
    ///
    /// @throws IOException when `out` cannot be written
    public Optional<RedactedFile> redact(Path file, String shown, String name, Opener out, LongConsumer progress)
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
            case TEXT, EMPTY -> Optional.of(text(file, shown, name, out));
            case OTHER -> {
                leftOut.add(shown);
                yield Optional.empty();
            }
        };
    }

    private Optional<RedactedFile> capture(Path file, String shown, String name, Opener out, LongConsumer progress)
            throws IOException {
        CaptureReader opened;
        try {
            opened = Captures.open(file);
        } catch (IOException e) {
            problems.put(shown, reason(e));
            return Optional.empty();
        }
        try (CaptureReader reader = redaction.of(opened);
                OutputStream stream = Compression.wrap(out.open(), name)) {
            CaptureFormat format = reader.format() == CaptureFormat.PCAP ? CaptureFormat.PCAP : CaptureFormat.PCAPNG;
            String base = new CaptureInput(name(shown), Optional.empty(), () -> reader).baseName();
            ConversionSource source = new ConversionSource(shown, base, Optional.empty(), reader);
            ConversionReport report =
                    Conversion.run(List.of(source), format, new OpenStream(stream), OptionalInt.empty(), progress);
            if (!report.problems().isEmpty()) {
                problems.putAll(report.problems());
                stream.write(BEGUN, 0, BEGUN.length);
            }
            return Optional.of(new RedactedFile(shown, name, report.records()));
        }
    }

    /// Keeps what it writes to open when it is closed.
    private static final class OpenStream extends FilterOutputStream {

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

    private RedactedFile text(Path file, String shown, String name, Opener out) throws IOException {
        try (TextInput input = TextInput.of(Compression.unwrap(Files.newInputStream(file)));
                Writer writer = new OutputStreamWriter(Compression.wrap(out.open(), name), StandardCharsets.UTF_8)) {
            TextChunks chunks = new TextChunks(input);
            for (String chunk = chunks.next(); !chunk.isEmpty(); chunk = chunks.next()) {
                writer.write(redaction.text().redact(chunk));
            }
        }
        return new RedactedFile(shown, name, 0);
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

package hopline.capture;

import hopline.capture.erf.ErfReader;
import hopline.capture.etl.EtlReader;
import hopline.capture.etl.TraceLog;
import hopline.capture.etl.TraceSpool;
import hopline.capture.file.ReadWindow;
import hopline.capture.pcap.PcapReader;
import hopline.capture.pcapng.PcapngReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/// The front door of this module: opens a capture of any format that can be read, told by content, not by name.
///
/// To read a new format: a package with its reader, a constant in [CaptureFormat], one line in [#reader].
public final class Captures {

    private static final int MAGIC_LENGTH = 4;

    private Captures() {}

    /// Opens the capture in `file`, decompressing it when it is compressed.
    ///
    /// @throws UnrecognizedContentException when the content is no capture
    /// @throws MalformedCaptureException when its first structure is broken
    public static CaptureReader open(Path file) throws IOException {
        return open(file, false);
    }

    /// The same for whoever does the rest on one thread: a long file is read, and decompressed, on a thread of its own.
    public static CaptureReader openAhead(Path file) throws IOException {
        return open(file, Files.isRegularFile(file));
    }

    private static CaptureReader open(Path file, boolean prefetches) throws IOException {
        return isTrace(file) ? new EtlReader(FileChannel.open(file)) : open(Files.newInputStream(file), prefetches);
    }

    /// Opens the trace in `file` for all its events, decompressing it when it is compressed.
    ///
    /// @throws UnrecognizedContentException when the content is no trace
    public static EventReader openEvents(Path file) throws IOException {
        if (isTrace(file)) {
            return new TraceLog(FileChannel.open(file));
        }
        try (ReadWindow window = new ReadWindow(decompressed(Files.newInputStream(file)))) {
            if (isTrace(window)) {
                return new TraceLog(TraceSpool.copy(window));
            }
        }
        throw new UnrecognizedContentException("not a trace of events");
    }

    private static boolean isTrace(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return EtlReader.isTrace(Octets.wrap(in.readNBytes(ContentKind.EXAMINED)));
        }
    }

    private static boolean isTrace(ReadWindow window) throws IOException {
        return EtlReader.isTrace(head(window));
    }

    private static Octets head(ReadWindow window) throws IOException {
        int size = window.available(ContentKind.EXAMINED);
        return Octets.wrap(window.array(), window.indexOf(0), size);
    }

    /// Opens the capture that `in` delivers; closing the reader closes `in`, and so does a failure here.
    public static CaptureReader open(InputStream in) throws IOException {
        return open(in, false);
    }

    private static CaptureReader open(InputStream in, boolean prefetches) throws IOException {
        try {
            return reader(new ReadWindow(decompressed(in), prefetches));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static InputStream decompressed(InputStream in) throws IOException {
        try {
            return Compression.unwrap(in);
        } catch (EOFException | ZipException e) {
            throw new MalformedCaptureException(0, "header of the compressed stream is broken or cut short");
        }
    }

    private static CaptureReader reader(ReadWindow window) throws IOException {
        if (!window.has(MAGIC_LENGTH)) {
            throw window.isCutShort() ? new MalformedCaptureException(0, ReadWindow.CUT_SHORT) : notACapture(window);
        }
        window.order(ByteOrder.LITTLE_ENDIAN);
        int magic = window.i32(0);
        if (magic == PcapngReader.SECTION_HEADER) {
            return new PcapngReader(window);
        }
        if (PcapReader.isMagic(magic)) {
            return new PcapReader(window);
        }
        if (isTrace(window)) {
            return traceOutOf(window);
        }
        if (ErfReader.isErf(head(window))) {
            return new ErfReader(window);
        }
        throw notACapture(window);
    }

    /// What it came from is read to its end at once: a trace is not read from front to back.
    private static CaptureReader traceOutOf(ReadWindow window) throws IOException {
        try (window) {
            EtlReader reader = new EtlReader(TraceSpool.copy(window));
            if (window.isCutShort()) {
                reader.noteCut();
            }
            return reader;
        }
    }

    private static UnrecognizedContentException notACapture(ReadWindow window) throws IOException {
        return new UnrecognizedContentException(ContentKind.of(head(window)).description());
    }
}

package hopline.capture.node.live;

import hopline.capture.CaptureBlock;
import hopline.capture.CaptureOptions;
import hopline.capture.CaptureRecord;
import hopline.capture.Octets;
import hopline.capture.OptionBuffer;
import hopline.capture.pcapng.PcapngWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The files of a live capture: one at a time grows, older ones are kept or removed as the bounds say. Safe for
/// use by the threads of all interfaces.
final class CaptureFiles {

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int RECORD_OVERHEAD = 32;
    private static final int NANOSECONDS = 9;
    private static final int FILTER_AS_TEXT = 0;

    private record Finished(Path path, long octets, Instant ended) {}

    private final LiveSettings settings;
    private final List<Tap> taps = new ArrayList<>();
    private final Deque<Finished> finished = new ArrayDeque<>();
    private final CaptureRecord record = new CaptureRecord();
    private final OptionBuffer options = new OptionBuffer(ORDER);
    private @Nullable PcapngWriter writer;
    private @Nullable Path path;
    private long octets;
    private long octetsFinished;
    private long unflushed;
    private long records;
    private int number;
    private int removedFiles;
    private boolean full;
    private volatile @Nullable IOException failure;

    CaptureFiles(LiveSettings settings) {
        this.settings = settings;
    }

    /// Declares an interface in the current and all later files.
    synchronized void add(Tap tap) throws IOException {
        taps.add(tap);
        if (writer != null) {
            declare(writer, tap);
        }
    }

    /// Begins the first file.
    synchronized void open() throws IOException {
        begin();
    }

    private void begin() throws IOException {
        number++;
        Path next = settings.folder().resolve(String.format(Locale.ROOT, "trace-%05d.pcapng", number));
        OutputStream out = Files.newOutputStream(next);
        PcapngWriter begun = new PcapngWriter(out, ORDER);
        path = next;
        writer = begun;
        octets = 0;
        begun.section(options.clear()
                .text(CaptureOptions.COMMENT, "node=" + settings.node())
                .text(CaptureOptions.SECTION_HARDWARE, System.getProperty("os.arch"))
                .text(CaptureOptions.SECTION_OS, System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .text(CaptureOptions.SECTION_APPLICATION, settings.application())
                .toOptions());
        for (Tap tap : taps) {
            declare(begun, tap);
        }
        begun.flush();
    }

    private void declare(PcapngWriter to, Tap tap) throws IOException {
        options.clear()
                .text(CaptureOptions.INTERFACE_NAME, tap.name())
                .u8(CaptureOptions.INTERFACE_TIME_RESOLUTION, tap.isNano() ? NANOSECONDS : 6);
        if (!settings.filter().isEmpty()) {
            byte[] text = settings.filter().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            byte[] value = new byte[text.length + 1];
            value[0] = FILTER_AS_TEXT;
            System.arraycopy(text, 0, value, 1, text.length);
            options.octets(CaptureOptions.INTERFACE_FILTER, value);
        }
        to.addInterface(tap.linkType(), settings.snapLength(), options.toOptions());
    }

    /// Writes a packet that `tap` saw.
    ///
    /// @return false when nothing can be written any more
    boolean packet(Tap tap, long epochNanos, byte[] captured, long originalLength) {
        if (failure != null) {
            return false;
        }
        try {
            return write(tap, epochNanos, captured, originalLength);
        } catch (IOException e) {
            failure = e;
            return false;
        }
    }

    private synchronized boolean write(Tap tap, long epochNanos, byte[] captured, long originalLength)
            throws IOException {
        PcapngWriter to = writer;
        if (to == null || full) {
            return false;
        }
        records++;
        record.set(records, tap.index(), epochNanos, originalLength);
        record.setOctets(captured, 0, captured.length);
        to.packet(tap.index(), record);
        long length = RECORD_OVERHEAD + ((captured.length + 3L) & ~3L);
        octets += length;
        unflushed += length;
        if (!settings.ring() && octets() >= settings.most()) {
            full = true;
        } else if (octets >= settings.rotation()) {
            rotate();
        }
        return true;
    }

    /// Ends the current file and begins the next, unless this one is still empty.
    synchronized void rotate() throws IOException {
        if (octets > 0) {
            end();
            begin();
            trim();
        }
    }

    private void end() throws IOException {
        PcapngWriter ending = writer;
        Path ended = path;
        if (ending == null || ended == null) {
            return;
        }
        writer = null;
        for (Tap tap : taps) {
            statistics(ending, tap);
        }
        ending.close();
        unflushed = 0;
        finished.add(new Finished(ended, Files.size(ended), Instant.now()));
        octetsFinished += finished.getLast().octets();
    }

    /// The kernel's counts so far, as an Interface Statistics Block.
    private void statistics(PcapngWriter to, Tap tap) throws IOException {
        Tap.Counts counts = tap.counts();
        options.clear();
        moment(CaptureOptions.STATISTICS_START, tap.opened());
        moment(CaptureOptions.STATISTICS_END, Instant.now());
        options.u64(CaptureOptions.STATISTICS_RECEIVED, counts.received())
                .u64(CaptureOptions.STATISTICS_INTERFACE_DROPS, counts.droppedByInterface())
                .u64(CaptureOptions.STATISTICS_SYSTEM_DROPS, counts.dropped())
                .u64(CaptureOptions.STATISTICS_DELIVERED, counts.written());
        ByteBuffer body =
                ByteBuffer.allocate(12 + options.size() + 4).order(ORDER).putInt(tap.index());
        putMoment(body, ticks(Instant.now()));
        body.put(options.array(), 0, options.size());
        to.block(new CaptureBlock(CaptureBlock.INTERFACE_STATISTICS, 0, ORDER, Octets.wrap(body.array())), tap.index());
    }

    private void moment(int code, Instant at) {
        ByteBuffer value = ByteBuffer.allocate(8).order(ORDER);
        putMoment(value, ticks(at));
        options.octets(code, value.array());
    }

    private static void putMoment(ByteBuffer to, long ticks) {
        to.putInt((int) (ticks >>> 32)).putInt((int) ticks);
    }

    private static long ticks(Instant at) {
        return at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }

    /// Removes the oldest files as far as the bounds want it.
    synchronized void trim() throws IOException {
        if (!settings.ring()) {
            return;
        }
        Instant oldest = settings.keep().isZero() ? Instant.MIN : Instant.now().minus(settings.keep());
        while (!finished.isEmpty()
                && (octetsFinished + settings.rotation() > settings.most()
                        || finished.getFirst().ended().isBefore(oldest))) {
            Finished first = finished.removeFirst();
            octetsFinished -= first.octets();
            removedFiles++;
            Files.deleteIfExists(first.path());
        }
    }

    /// Hands to the system what was collected, so that little is lost if this process ends at once.
    void flush() {
        try {
            flushAll();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
    }

    private synchronized void flushAll() throws IOException {
        if (writer != null && unflushed > 0) {
            writer.flush();
            unflushed = 0;
        }
    }

    /// Octets of all files that are kept.
    synchronized long octets() {
        return octetsFinished + octets;
    }

    /// Whether the bound is reached, and nothing is written any more.
    synchronized boolean isFull() {
        return full;
    }

    synchronized long records() {
        return records;
    }

    /// Files that were removed to keep to the bounds.
    synchronized int removedFiles() {
        return removedFiles;
    }

    /// Why nothing can be written any more, or null.
    @Nullable IOException failure() {
        return failure;
    }

    /// Ends the last file.
    synchronized void close() throws IOException {
        end();
    }
}

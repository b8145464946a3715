package hopline.capture.node.live;

import hopline.capture.MissingLibraryException;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.PcapStat;
import org.pcap4j.core.RawPacketListener;

/// One interface that is captured, on a thread of its own.
final class Tap {

    /// How long the kernel may hold back a block that is not full, in milliseconds.
    static final int TIMEOUT = 100;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /// What the kernel counts.
    ///
    /// @param received packets that passed the filter
    /// @param dropped of those, packets there was no room for
    /// @param droppedByInterface packets the interface or its driver lost
    /// @param written packets in the files
    record Counts(long received, long dropped, long droppedByInterface, long written) {}

    private final String name;
    private final int index;
    private final PcapHandle handle;
    private final CaptureFiles files;
    private final Instant opened = Instant.now();
    private final boolean nano;
    private final int linkType;
    private final Thread thread;
    private volatile String ended = "";
    private final AtomicLong written = new AtomicLong();
    private Counts last = new Counts(0, 0, 0, 0);

    private Tap(String name, int index, PcapHandle handle, CaptureFiles files) {
        this.name = name;
        this.index = index;
        this.handle = handle;
        this.files = files;
        this.nano = handle.getTimestampPrecision() == TimestampPrecision.NANO;
        this.linkType = fileNumber(handle.getDlt().value());
        this.thread = new Thread(this::run, "hopline-tap-" + name);
        this.thread.setDaemon(true);
    }

    /// libpcap's own numbers of raw IP differ from those in files.
    private static int fileNumber(int dlt) {
        return dlt == 12 || dlt == 14 ? 101 : dlt;
    }

    /// Opens the interface; packets wait in the kernel until [#start].
    ///
    /// @throws IOException when it cannot be captured
    static Tap open(String name, int index, LiveSettings settings, CaptureFiles files) throws IOException {
        try {
            PcapHandle handle = handle(name, settings, TimestampPrecision.NANO);
            if (!settings.filter().isEmpty()) {
                handle.setFilter(settings.filter(), BpfCompileMode.OPTIMIZE);
            }
            return new Tap(name, index, handle, files);
        } catch (PcapNativeException | NotOpenException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        } catch (LinkageError e) {
            throw new MissingLibraryException(
                    "capturing needs libpcap, which is not installed (Debian: libpcap0.8, Red Hat: libpcap, Windows: Npcap)",
                    e);
        }
    }

    private static PcapHandle handle(String name, LiveSettings settings, TimestampPrecision precision)
            throws PcapNativeException {
        return new PcapHandle.Builder(name)
                .snaplen(settings.snapLength())
                .promiscuousMode(PromiscuousMode.NONPROMISCUOUS)
                .timeoutMillis(TIMEOUT)
                .bufferSize(settings.buffer())
                .timestampPrecision(precision)
                .build();
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            handle.loop(-1, (RawPacketListener) this::got);
        } catch (InterruptedException e) {
            drain();
        } catch (PcapNativeException | NotOpenException e) {
            ended = String.valueOf(e.getMessage());
            drain(); // an interface that vanished leaves packets behind
        }
    }

    private void got(byte[] octets) {
        Timestamp at = handle.getTimestamp();
        long nanos = at.getTime() / 1000 * NANOS_PER_SECOND + at.getNanos();
        if (files.packet(this, nanos, octets, handle.getOriginalLength())) {
            written.lazySet(written.get() + 1); // by this thread only
        }
    }

    /// What the kernel still holds when the loop was broken was seen before it, and belongs to the capture.
    private void drain() {
        try {
            handle.setBlockingMode(PcapHandle.BlockingMode.NONBLOCKING);
            long limit = System.nanoTime() + NANOS_PER_SECOND;
            while (System.nanoTime() < limit && handle.dispatch(-1, (RawPacketListener) this::got) > 0) {
                // until nothing is left
            }
        } catch (PcapNativeException | NotOpenException e) {
            ended = ended.isEmpty() ? String.valueOf(e.getMessage()) : ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String name() {
        return name;
    }

    int index() {
        return index;
    }

    boolean isNano() {
        return nano;
    }

    int linkType() {
        return linkType;
    }

    Instant opened() {
        return opened;
    }

    /// Why the interface gives nothing any more; blank while it does.
    String ended() {
        return ended;
    }

    /// The latest that is known; what was counted last once the interface is closed.
    synchronized Counts counts() {
        try {
            if (handle.isOpen()) {
                PcapStat stat = handle.getStats();
                last = new Counts(
                        stat.getNumPacketsReceived(), stat.getNumPacketsDropped(), stat.getNumPacketsDroppedByIf(), 0);
            }
        } catch (PcapNativeException | NotOpenException e) {
            // The interface is gone: its last counts hold.
        }
        return new Counts(last.received(), last.dropped(), last.droppedByInterface(), written.get());
    }

    /// Ends the loop; what the kernel holds is taken first.
    void breakLoop() {
        try {
            handle.breakLoop();
        } catch (NotOpenException e) {
            // It has ended by itself.
        }
    }

    /// Waits for the thread, no longer than that, and closes the interface.
    void close(long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        counts();
        if (!thread.isAlive()) {
            handle.close(); // never below a thread that is inside libpcap
        }
    }
}

package hopline.capture.node.live;

import hopline.capture.MissingLibraryException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A capture that runs: its interfaces, each on a thread, and the files they write together. Interfaces that
/// appear are taken in, those that vanish are told of.
public final class LiveCapture {

    /// More than any node has pods; each costs a thread and a buffer in the kernel.
    private static final int MAX_INTERFACES = 4096;

    private static final int ATTEMPTS = 40;

    /// How an interface fared.
    ///
    /// @param name as the system calls it
    /// @param opened when it was taken in
    /// @param late it appeared while the capture ran
    /// @param ended why it gave nothing any more before the end; blank when it did
    /// @param received packets the kernel let through its filter
    /// @param dropped of those, packets the kernel had no room for
    /// @param droppedByInterface packets the interface or its driver lost
    /// @param written packets in the files
    public record Report(
            String name,
            Instant opened,
            boolean late,
            String ended,
            long received,
            long dropped,
            long droppedByInterface,
            long written) {}

    private final LiveSettings settings;
    private final Interfaces interfaces;
    private final CaptureFiles files;
    private final Map<String, Tap> open = new LinkedHashMap<>();
    private final List<Tap> all = new ArrayList<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private int first;

    private LiveCapture(LiveSettings settings, Interfaces interfaces) {
        this.settings = settings;
        this.interfaces = interfaces;
        this.files = new CaptureFiles(settings);
    }

    /// Opens every interface that is there, and begins to write.
    ///
    /// @throws IOException when none can be opened; the message says why the first could not
    public static LiveCapture start(LiveSettings settings, Interfaces interfaces) throws IOException {
        LiveCapture capture = new LiveCapture(settings, interfaces);
        List<Tap> taps = capture.openNew();
        if (taps.isEmpty()) {
            throw new IOException(
                    capture.refused.isEmpty()
                            ? "there is no interface to capture"
                            : "no interface can be captured: "
                                    + capture.refused.values().iterator().next());
        }
        capture.first = capture.all.size();
        capture.files.open();
        taps.forEach(Tap::start);
        return capture;
    }

    private List<Tap> openNew() throws IOException {
        List<Tap> opened = new ArrayList<>();
        for (String name : interfaces.present()) {
            if (!open.containsKey(name) && all.size() < MAX_INTERFACES && mayBeTried(name)) {
                Tap tap = tryToOpen(name);
                if (tap != null) {
                    opened.add(tap);
                }
            }
        }
        return opened;
    }

    /// An interface that is down, or not ready yet, is tried again for a while.
    private boolean mayBeTried(String name) {
        return attempts.merge(name, 1, Integer::sum) <= ATTEMPTS;
    }

    private @Nullable Tap tryToOpen(String name) throws IOException {
        try {
            Tap tap = Tap.open(name, all.size(), settings, files);
            all.add(tap);
            open.put(name, tap);
            refused.remove(name);
            files.add(tap);
            return tap;
        } catch (MissingLibraryException e) {
            throw e;
        } catch (IOException e) {
            refused.put(name, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /// Looks for interfaces that came and went.
    ///
    /// @return what is worth telling, a sentence each
    public List<String> look() throws IOException {
        List<String> news = new ArrayList<>();
        Set<String> present = interfaces.present();
        for (Tap tap : List.copyOf(open.values())) {
            if (!tap.ended().isEmpty() && !present.contains(tap.name())) {
                news.add(tap.name() + " has vanished");
                close(tap);
            } else if (!tap.ended().isEmpty()) {
                news.add(tap.name() + " cannot be captured any more: " + tap.ended());
                close(tap);
            }
        }
        attempts.keySet().removeIf(name -> !present.contains(name));
        for (Tap tap : openNew()) {
            tap.start();
            news.add(tap.name() + " has appeared and is captured");
        }
        return news;
    }

    private void close(Tap tap) {
        tap.close(1000);
        open.remove(tap.name());
    }

    /// Hands to the system what was captured so far.
    public void flush() {
        files.flush();
    }

    /// Begins another file, so that what precedes can be let go.
    public void rotate() throws IOException {
        files.rotate();
        files.trim();
    }

    /// Octets of all files.
    public long octets() {
        return files.octets();
    }

    /// Whether the bound is reached, and nothing is written any more.
    public boolean isFull() {
        return files.isFull();
    }

    /// Packets written.
    public long records() {
        return files.records();
    }

    /// Files removed to keep to the bounds.
    public int removedFiles() {
        return files.removedFiles();
    }

    /// Why nothing can be written any more, or null.
    public @Nullable IOException failure() {
        return files.failure();
    }

    /// Those that are there but could not be captured, each with the reason.
    public Map<String, String> refused() {
        return Map.copyOf(refused);
    }

    /// Ends the capture: what was seen until now is written, counts last.
    ///
    /// @throws IOException when the files cannot be completed
    public void stop() throws IOException {
        try {
            Thread.sleep(2 * Tap.TIMEOUT); // until the kernel has handed over what it holds back
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.values().forEach(Tap::breakLoop);
        for (Tap tap : open.values()) {
            tap.close(5000);
        }
        files.close();
    }

    /// Each interface, in the order in which they were taken in.
    public List<Report> reports() {
        return all.stream().map(this::report).toList();
    }

    private Report report(Tap tap) {
        Tap.Counts counts = tap.counts();
        return new Report(
                tap.name(),
                tap.opened(),
                tap.index() >= first,
                tap.ended(),
                counts.received(),
                counts.dropped(),
                counts.droppedByInterface(),
                counts.written());
    }
}

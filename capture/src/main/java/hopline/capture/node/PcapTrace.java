package hopline.capture.node;

import hopline.capture.bundle.Manifest;
import hopline.capture.node.linux.DropCounters;
import hopline.capture.node.live.FilterText;
import hopline.capture.node.live.Interfaces;
import hopline.capture.node.live.LiveCapture;
import hopline.capture.node.live.LiveSettings;
import hopline.capture.node.plan.Bounds;
import hopline.capture.node.plan.CapturePlan;
import hopline.capture.node.plan.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pcap4j.core.Pcaps;

/// A capture through libpcap, in this process.
final class PcapTrace implements Trace {

    /// For each interface, in the kernel; a full-speed uplink fills it in some tens of milliseconds.
    private static final int BUFFER = 16 << 20;

    /// What libpcap says of interfaces that no packet passes.
    private static final String NOT_UP = "not up";

    private static final int FILES_BEFORE_A_DROP = 4;

    /// Interfaces are looked for and files handed to the system every so many looks.
    private static final int FLUSHES = 4;

    private final LiveCapture capture;
    private final CapturePlan plan;
    private final Map<String, Long> drops;
    private final Duration turn;
    private long turned = System.nanoTime();
    private int looks;

    private PcapTrace(LiveCapture capture, CapturePlan plan, Map<String, Long> drops) {
        this.capture = capture;
        this.plan = plan;
        this.drops = drops;
        this.turn = plan.trigger().before().dividedBy(FILES_BEFORE_A_DROP);
    }

    /// What would be captured, as lines for people.
    ///
    /// @throws RefusedException when no interface that is wanted is there
    static List<String> planned(CapturePlan plan) throws RefusedException {
        List<String> lines = new ArrayList<>(List.of("Capture with libpcap, in this process"));
        lines.add("   interfaces: " + String.join(", ", present(plan)));
        String filter = FilterText.of(plan.wanted());
        lines.add("   filter: " + (filter.isBlank() ? "none" : filter));
        lines.add("   octets of each packet: " + (plan.snapLength() == 0 ? "all" : plan.snapLength()));
        lines.add("   files: trace-00001.pcapng and so on, "
                + Sizes.text(plan.bounds().rotation()) + " each, "
                + Sizes.text(plan.bounds().octets()) + " together");
        remarks(plan).forEach(remark -> lines.add("   " + remark));
        return lines;
    }

    private static Set<String> present(CapturePlan plan) throws RefusedException {
        Interfaces interfaces = new Interfaces(plan.where());
        try {
            Set<String> present = interfaces.present();
            if (present.isEmpty()) {
                List<String> missing = interfaces.missing();
                throw new RefusedException(
                        missing.isEmpty()
                                ? "there is no interface to capture"
                                : "there is no interface " + String.join(", ", missing));
            }
            return present;
        } catch (IOException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    /// Refuses to wait for drops where nobody counts them.
    static void requireCounters(CapturePlan plan, NodeFacts node, boolean areThere) throws RefusedException {
        if (plan.trigger().untilDrop() && !areThere) {
            boolean hasPktmon = node.isWindows() && node.build() >= NodeFacts.VERSION_2004;
            throw new RefusedException(
                    "libpcap counts no dropped packets, and this system has no counters in /proc/net: take "
                            + (hasPktmon ? "--backend pktmon, or " : "")
                            + "--ring without --until-drop");
        }
    }

    /// What a plan asks for that only Windows's tools have.
    static List<String> remarks(CapturePlan plan) {
        List<String> remarks = new ArrayList<>();
        if (plan.profile() != Profile.PACKETS) {
            remarks.add("libpcap captures packets alone: the profile changes nothing");
        }
        if (plan.keepFilters()) {
            remarks.add("libpcap knows no filters of others: keep-filters changes nothing");
        }
        return remarks;
    }

    static PcapTrace start(CapturePlan plan, Path folder, String node, String application) throws IOException {
        Bounds bounds = plan.bounds();
        LiveSettings settings = new LiveSettings(
                folder,
                node,
                application,
                FilterText.of(plan.wanted()),
                plan.snapLength() == 0 ? LiveSettings.WHOLE : plan.snapLength(),
                bounds.rotation(),
                BUFFER,
                bounds.octets(),
                bounds.ring() || plan.trigger().untilDrop(),
                plan.trigger().before());
        return new PcapTrace(LiveCapture.start(settings, new Interfaces(plan.where())), plan, DropCounters.now());
    }

    @Override
    public List<String> look() throws IOException {
        looks++;
        if (looks % FLUSHES == 0) {
            capture.flush();
        }
        if (!turn.isZero() && System.nanoTime() - turned > turn.toNanos()) {
            turned = System.nanoTime();
            capture.rotate();
        }
        return capture.look();
    }

    @Override
    public long octets() {
        return capture.octets();
    }

    @Override
    public boolean isFull() {
        return capture.isFull();
    }

    @Override
    public Optional<String> failure() {
        IOException broken = capture.failure();
        return broken == null
                ? Optional.empty()
                : Optional.of("what is captured cannot be written: " + broken.getMessage());
    }

    @Override
    public Optional<String> drop() throws IOException {
        return plan.trigger().untilDrop() ? DropCounters.difference(drops, DropCounters.now()) : Optional.empty();
    }

    @Override
    public void stop(Manifest manifest) throws IOException {
        manifest.tool("libpcap", Pcaps.libVersion());
        try {
            capture.stop();
        } catch (IOException e) {
            manifest.incomplete("what was captured last cannot be written: " + e.getMessage());
        }
        for (LiveCapture.Report at : capture.reports()) {
            manifest.add(new Manifest.Interface(
                    at.name(),
                    at.opened(),
                    at.late(),
                    at.ended(),
                    at.received(),
                    at.dropped(),
                    at.droppedByInterface(),
                    at.written()));
        }
        tell(manifest);
    }

    private void tell(Manifest manifest) {
        capture.refused().forEach((name, reason) -> {
            if (reason.contains(NOT_UP)) {
                manifest.noted("not captured: " + reason);
            } else {
                manifest.failed("not captured: " + reason);
            }
        });
        if (capture.removedFiles() > 0) {
            manifest.bound(capture.removedFiles() + " older files were removed to keep to the bounds");
        }
        long dropped = capture.reports().stream()
                .mapToLong(LiveCapture.Report::dropped)
                .sum();
        if (dropped > 0) {
            manifest.failed("the kernel dropped " + dropped + " packets for which its buffers had no room");
        }
    }

    @Override
    public long records() {
        return capture.records();
    }
}

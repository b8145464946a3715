package hopline.capture.node;

import hopline.capture.bundle.Manifest;
import hopline.capture.node.plan.CapturePlan;
import hopline.capture.node.process.Command;
import hopline.capture.node.process.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A capture that a tool of the system makes. Its sizes do not bind: the file is watched, and the tool
/// stopped.
final class ToolTrace implements Trace {

    /// A trace is merged and rounded up to buffers when it is stopped: this much of the bound is left for
    /// it.
    private static final int TENTHS_FILLED = 9;

    /// Counters are asked for every so many looks: that starts a program.
    private static final int LOOKS = 8;

    /// Endpoints of pods are asked for more rarely still.
    private static final int LOOKS_FOR_ENDPOINTS = 30;

    private static final Command ENDPOINTS = Command.of("hnsdiag", "list", "endpoints");
    private static final Pattern ENDPOINT =
            Pattern.compile("(?i)\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b");
    private static final Pattern PACKETS = Pattern.compile("\"Packets\"\\s*:\\s*(\\d{1,18})");

    private final Tool tool;
    private final Steps steps;
    private final Order order;
    private final Path file;
    private final long dropsBefore;
    private final Set<String> endpoints;
    private int looks;

    ToolTrace(Tool tool, Steps steps, Order order, Path file) {
        this.tool = tool;
        this.steps = steps;
        this.order = order;
        this.file = file;
        this.endpoints = endpoints();
        this.dropsBefore = watchesDrops() ? drops() : 0;
    }

    private boolean watchesDrops() {
        return order.plan().trigger().untilDrop() && tool.drops().isPresent();
    }

    private long drops() {
        Result result = order.programs().run(tool.drops().orElseThrow(), order.folder());
        long packets = 0;
        for (Matcher matcher = PACKETS.matcher(result.text()); matcher.find(); ) {
            packets += Long.parseLong(matcher.group(1));
        }
        return packets;
    }

    @Override
    public List<String> look() {
        looks++;
        if (endpoints.isEmpty() || looks % LOOKS_FOR_ENDPOINTS != 0) {
            return List.of();
        }
        Set<String> now = endpoints();
        now.removeAll(endpoints);
        endpoints.addAll(now);
        return now.stream()
                .map(id -> "the HNS endpoint " + id + " has appeared: its pod is not captured before the capture is"
                        + " started again")
                .toList();
    }

    /// By their ids; empty where nothing tells them.
    private Set<String> endpoints() {
        Set<String> ids = new TreeSet<>();
        Result result = order.programs().run(ENDPOINTS, order.folder());
        for (Matcher matcher = ENDPOINT.matcher(result.text()); matcher.find(); ) {
            ids.add(matcher.group().toLowerCase(Locale.ROOT));
        }
        return ids;
    }

    @Override
    public long octets() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    @Override
    public boolean isFull() throws IOException {
        CapturePlan plan = order.plan();
        boolean keepsNewest = plan.bounds().ring() || plan.trigger().untilDrop();
        return !keepsNewest && octets() >= plan.bounds().octets() / 10 * TENTHS_FILLED;
    }

    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public Optional<String> drop() {
        if (!watchesDrops() || looks % LOOKS != 0) {
            return Optional.empty();
        }
        long now = drops();
        return now > dropsBefore ? Optional.of((now - dropsBefore) + " packets") : Optional.empty();
    }

    @Override
    public void stop(Manifest manifest) {
        for (Command command : steps.counters()) {
            manifest.ran(order.programs().run(command.below("state/after"), order.folder()));
        }
        for (Command command : steps.stop()) {
            Result result = order.programs().run(command, order.folder());
            manifest.ran(result);
            if (!result.succeeded()) {
                manifest.incomplete("the capture may still be running: " + result.reason());
            }
        }
        cleanUp(manifest);
    }

    /// Takes away what was set for the capture.
    void cleanUp(Manifest manifest) {
        for (Command command : steps.cleanUp()) {
            Result result = order.programs().run(command, order.folder());
            manifest.ran(result);
            if (!result.succeeded()) {
                manifest.failed("not cleaned up: " + result.reason());
            }
        }
    }

    @Override
    public long records() {
        return -1;
    }
}

package hopline.capture.node;

import hopline.capture.bundle.BundleFile;
import hopline.capture.bundle.Manifest;
import hopline.capture.node.linux.Capabilities;
import hopline.capture.node.linux.DropCounters;
import hopline.capture.node.plan.Amounts;
import hopline.capture.node.plan.Backend;
import hopline.capture.node.plan.Bounds;
import hopline.capture.node.plan.Probe;
import hopline.capture.node.process.Command;
import hopline.capture.node.process.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A capture from its checks to its bundle.
///
/// Whatever happens once something was started, it is ended, what was set is taken away, and what there is becomes
/// a bundle. Nothing is started before it is written down in a [Session].
public final class CaptureRun {

    private static final long LOOK_MILLIS = 100;
    private static final Duration AFTER_PROBES = Duration.ofSeconds(2);
    private static final Duration AFTER_DROP = Duration.ofSeconds(1);

    private final Order order;
    private final @Nullable Tool tool;
    private final Path trace;

    private CaptureRun(Order order, @Nullable Tool tool) {
        this.order = order;
        this.tool = tool;
        this.trace = order.folder().resolve("trace.etl");
    }

    /// Carries out `order`, until a bound, a request or `stop` ends it.
    ///
    /// @throws RefusedException when the node does not allow it; nothing was changed then
    /// @throws IOException when the folder of the bundle cannot be written
    public static Outcome run(Order order, StopSignal stop) throws RefusedException, IOException {
        CaptureRun run = new CaptureRun(order, Tools.of(order.plan().backend()).orElse(null));
        return run.run(stop);
    }

    /// What would be run, as lines for people.
    public static List<String> planned(Order order) throws RefusedException {
        CaptureRun run = new CaptureRun(order, Tools.of(order.plan().backend()).orElse(null));
        List<String> lines = new ArrayList<>(run.steps().shown());
        if (run.tool == null) {
            lines.addAll(PcapTrace.planned(order.plan()));
        }
        lines.addAll(run.plannedProbes());
        return lines;
    }

    private List<String> plannedProbes() {
        List<String> lines = new ArrayList<>();
        for (Command probe : probes()) {
            if (lines.isEmpty()) {
                lines.add("Probes, once it runs");
            }
            lines.add("   " + probe.shown() + "  > " + probe.output());
        }
        return lines;
    }

    private Steps steps() throws RefusedException {
        if (tool == null) {
            PcapTrace.requireCounters(order.plan(), order.node(), DropCounters.areThere());
        }
        Steps own = tool == null
                ? new Steps(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of())
                : tool.steps(order.plan(), order.node(), trace);
        return own.with(state("state/before"), state("state/after"));
    }

    private List<Command> state(String folder) {
        List<Command> commands = new ArrayList<>(StateCollection.planned(order.node(), folder));
        if (order.asksCluster()) {
            commands.addAll(StateCollection.plannedOfCluster(order.kubeconfig()));
        }
        return commands;
    }

    private Outcome run(StopSignal stop) throws RefusedException, IOException {
        requireRights();
        Steps steps = steps();
        requireNobodyElse(steps);
        requireRoom();
        Manifest manifest = Manifests.begun(order, "capture");
        Files.createDirectories(order.folder());
        Session session = session();
        order.sessions().save(session);
        try {
            return capture(steps, manifest, session, stop);
        } catch (RefusedException | IOException | RuntimeException e) {
            BundleFile.remove(order.folder());
            order.sessions().remove(session);
            throw e;
        }
    }

    private Session session() {
        ProcessHandle self = ProcessHandle.current();
        return new Session(
                order.id(),
                self.pid(),
                self.info().startInstant().orElse(Instant.EPOCH),
                order.node().name(),
                order.folder().toAbsolutePath(),
                order.bundle().toAbsolutePath(),
                Session.State.STARTING,
                Instant.now(),
                order.asksCluster(),
                order.plan().values());
    }

    private void requireRights() throws RefusedException {
        boolean mayCapture = order.node().system() != NodeFacts.Family.LINUX || Capabilities.mayCapture();
        if (order.plan().backend() == Backend.PCAP && !mayCapture) {
            throw new RefusedException(Capabilities.remedy());
        }
    }

    private void requireNobodyElse(Steps steps) throws RefusedException {
        if (tool == null) {
            return;
        }
        Optional<String> obstacle = tool.obstacle(results(steps.checks()), order.plan());
        if (obstacle.isPresent()) {
            throw new RefusedException(obstacle.get());
        }
        try {
            for (Session other : order.sessions().list()) {
                if (other.plan()
                        .getOrDefault("backend", List.of())
                        .contains(tool.backend().word())) {
                    throw new RefusedException("the capture " + other.id()
                            + " was begun here and has not ended: hopline capture stop ends it");
                }
            }
        } catch (IOException e) {
            throw new RefusedException("captures that were begun here cannot be listed: " + e.getMessage());
        }
    }

    private List<Result> results(List<Command> commands) {
        return commands.stream()
                .map(command -> order.programs().run(command, order.folder()))
                .toList();
    }

    private void requireRoom() throws RefusedException, IOException {
        Bounds bounds = order.plan().bounds();
        long free = free();
        if (free < bounds.needed()) {
            throw new RefusedException(Sizes.text(free) + " are free where "
                    + order.bundle().getFileName() + " is to be, and this plan may"
                    + " need " + Sizes.text(bounds.needed()) + ": twice --max-size "
                    + Amounts.size(bounds.octets()) + " while it is packed, and --keep-free "
                    + Amounts.size(bounds.keepFree()) + ". Lower one of them, or name another disk with -o");
        }
    }

    private long free() throws IOException {
        Path folder = order.bundle().toAbsolutePath().getParent();
        return Files.getFileStore(folder == null ? Path.of(".") : folder).getUsableSpace();
    }

    private Outcome capture(Steps steps, Manifest manifest, Session session, StopSignal stop)
            throws RefusedException, IOException {
        StateCollection state = new StateCollection(order, manifest);
        state.cluster();
        state.node("state/before");
        Trace running = start(steps, manifest, session);
        String reason;
        try {
            order.sessions().save(session.in(Session.State.RUNNING));
            reason = watch(running, manifest, session, stop);
            order.sessions().save(session.in(Session.State.STOPPING));
        } catch (IOException | RuntimeException e) {
            reason = "something failed";
            manifest.incomplete("the capture ended early: " + e);
        } finally {
            running.stop(manifest);
        }
        order.news().accept("stopped: " + reason);
        manifest.stopped(reason);
        state.node("state/after");
        state.cluster();
        return Manifests.packed(order, manifest, session, reason, running.records());
    }

    private Trace start(Steps steps, Manifest manifest, Session session) throws RefusedException, IOException {
        Trace started = tool == null ? pcap() : start(tool, steps, manifest);
        String where = tool == null ? "libpcap" : tool.backend().word();
        List<String> remarks = tool == null ? PcapTrace.remarks(order.plan()) : tool.remarks(order.plan());
        remarks.forEach(remark -> {
            manifest.noted(remark);
            order.news().accept(remark);
        });
        order.news()
                .accept("capturing with " + where + " as " + session.id()
                        + (order.plan().bounds().duration().isZero()
                                ? "; Ctrl-C ends it"
                                : " for " + Amounts.time(order.plan().bounds().duration())));
        return started;
    }

    private Trace pcap() throws RefusedException, IOException {
        try {
            return PcapTrace.start(order.plan(), order.folder(), order.node().name(), "hopline " + order.version());
        } catch (hopline.capture.MissingLibraryException e) {
            throw e;
        } catch (IOException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private Trace start(Tool by, Steps steps, Manifest manifest) throws RefusedException {
        ToolTrace started = new ToolTrace(by, steps, order, trace);
        for (Command command : steps.start()) {
            Result result = order.programs().run(command, order.folder());
            manifest.ran(result);
            if (!result.succeeded()) {
                started.cleanUp(manifest);
                throw new RefusedException("the capture could not be started: " + result.reason());
            }
        }
        return started;
    }

    /// Looks after the capture until it is to end.
    ///
    /// @return why it is to end
    private String watch(Trace running, Manifest manifest, Session session, StopSignal stop) throws IOException {
        Thread probing = probe(manifest);
        try {
            return watch(running, manifest, session, stop, probing);
        } finally {
            end(probing);
        }
    }

    /// What a probe prints is in the bundle only when it is not written any more.
    private static void end(Thread probing) {
        boolean interrupted = Thread.interrupted();
        probing.interrupt();
        try {
            probing.join(AFTER_PROBES.toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private String watch(Trace running, Manifest manifest, Session session, StopSignal stop, Thread probing)
            throws IOException {
        long from = System.nanoTime();
        long until = Long.MAX_VALUE;
        String ending = "";
        while (true) {
            List<String> news = running.look();
            news.forEach(manifest::noted);
            news.forEach(order.news());
            Optional<String> now = reason(running, manifest, session, stop, from);
            if (now.isPresent()) {
                return now.get();
            }
            if (ending.isEmpty()) {
                Optional<String> drop = running.drop();
                if (drop.isPresent()) {
                    ending = "a packet was dropped: " + drop.get();
                    until = System.nanoTime() + AFTER_DROP.toNanos();
                } else if (!order.plan().probes().isEmpty()
                        && !probing.isAlive()
                        && order.plan().bounds().duration().isZero()) {
                    ending = "the probes are done";
                    until = System.nanoTime() + AFTER_PROBES.toNanos();
                }
            }
            if (!ending.isEmpty() && System.nanoTime() >= until) {
                return ending;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> reason(Trace running, Manifest manifest, Session session, StopSignal stop, long from)
            throws IOException {
        Bounds bounds = order.plan().bounds();
        if (!stop.reason().isEmpty()) {
            return Optional.of(stop.reason());
        }
        if (Thread.currentThread().isInterrupted()) {
            return Optional.of("it was interrupted");
        }
        if (Files.exists(session.stopFile())) {
            return Optional.of("hopline capture stop asked for it");
        }
        if (!bounds.duration().isZero()
                && System.nanoTime() - from >= bounds.duration().toNanos()) {
            return Optional.of("its " + Amounts.time(bounds.duration()) + " are over");
        }
        if (running.failure().isPresent()) {
            manifest.incomplete(running.failure().get());
            return Optional.of("it failed");
        }
        if (running.isFull()) {
            return bound(manifest, "--max-size " + Amounts.size(bounds.octets()) + " is reached");
        }
        if (free() < bounds.keepFree() + running.octets()) {
            return bound(
                    manifest,
                    "the disk fills: " + Sizes.text(free()) + " are free, which --keep-free "
                            + Amounts.size(bounds.keepFree()) + " and packing what was captured need");
        }
        return Optional.empty();
    }

    private static Optional<String> bound(Manifest manifest, String sentence) {
        manifest.bound(sentence);
        return Optional.of(sentence);
    }

    private List<Command> probes() {
        List<Command> commands = new ArrayList<>();
        for (Probe probe : order.plan().probes()) {
            commands.add(Prober.command(probe, commands.size() + 1, order.node().isWindows(), order.kubeconfig()));
        }
        return commands;
    }

    private Thread probe(Manifest manifest) {
        List<Command> commands = probes();
        Thread thread = new Thread(
                () -> {
                    for (Command command : commands) {
                        if (Thread.currentThread().isInterrupted()) {
                            return;
                        }
                        Result result = order.programs().run(command, order.folder());
                        manifest.ran(result);
                        order.news()
                                .accept("probe " + command.shown() + ": "
                                        + (result.succeeded() ? "answered" : result.reason()));
                    }
                },
                "hopline-probes");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}

package hopline.capture.node;

import hopline.capture.bundle.Manifest;
import hopline.capture.node.plan.CapturePlan;
import hopline.capture.node.plan.PlanException;
import hopline.capture.node.process.Command;
import hopline.capture.node.process.Programs;
import hopline.capture.node.process.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Ends a capture whose process has ended without doing so: a crash, a `kill -9`, a loss of power. What it started
/// and still runs is stopped if it is known to be the same, its filters are removed, and what it left becomes a
/// bundle that is marked incomplete.
public final class Recovery {

    private final Session session;
    private final Order order;
    private final Manifest manifest;

    private Recovery(Session session, Order order, Manifest manifest) {
        this.session = session;
        this.order = order;
        this.manifest = manifest;
    }

    /// Ends `session`, whose process must have ended.
    ///
    /// @throws RefusedException when its record makes no sense any more
    /// @throws IOException when neither its folder nor its record can be written
    public static Outcome end(
            Session session,
            NodeFacts node,
            Programs programs,
            Sessions sessions,
            String version,
            Consumer<String> news)
            throws RefusedException, IOException {
        CapturePlan plan;
        try {
            plan = CapturePlan.of(session.plan());
        } catch (PlanException e) {
            throw new RefusedException("the record of " + session.id() + " cannot be read: " + e.getMessage());
        }
        Order order = new Order(
                session.id(),
                plan,
                new NodeFacts(session.node(), node.system(), node.description(), node.build(), node.architecture()),
                programs,
                sessions,
                session.bundle(),
                version,
                Optional.empty(),
                session.asksCluster(),
                news);
        Manifest manifest = Manifests.begun(order, "capture");
        return new Recovery(session, order, manifest).end();
    }

    private Outcome end() throws RefusedException, IOException {
        Files.createDirectories(order.folder());
        manifest.incomplete("the process that captured, " + session.pid()
                + ", ended without stopping the capture; begun " + session.started());
        Optional<Tool> tool = Tools.of(order.plan().backend());
        if (tool.isPresent()) {
            stop(tool.get());
        } else {
            repair();
        }
        StateCollection state = new StateCollection(order, manifest);
        state.node("state/after");
        state.cluster();
        String reason = "it was cleaned up after its process had ended";
        manifest.stopped(reason);
        return Manifests.packed(order, manifest, session, reason, -1);
    }

    private void stop(Tool tool) throws RefusedException {
        Path file = order.folder().resolve("trace.etl");
        Steps steps = tool.steps(order.plan(), order.node(), file);
        List<Result> checks = steps.checks().stream()
                .map(command -> order.programs().run(command, order.folder()))
                .toList();
        ToolTrace trace = new ToolTrace(tool, steps, order, file);
        if (tool.isRunning(checks, file)) {
            trace.stop(manifest);
            return;
        }
        if (tool.obstacle(checks, order.plan()).isPresent()) {
            manifest.noted("a capture that is running now is not this one, and is left alone");
        }
        removeFilters(tool, steps, checks);
    }

    /// Only filters of ours are removed: where others stand beside them, all are kept, because they go all
    /// at once.
    private void removeFilters(Tool tool, Steps steps, List<Result> checks) {
        if (!tool.setsFilters(order.plan())) {
            return;
        }
        boolean onlyOurs = checks.getLast()
                .text()
                .lines()
                .map(String::strip)
                .filter(line -> line.matches("\\d+\\s+\\S.*"))
                .allMatch(line -> line.matches("\\d+\\s+hopline\\d+\\b.*"));
        if (!onlyOurs) {
            manifest.failed("filters that the capture had set are still there, because others stand beside them");
            return;
        }
        for (Command command : steps.cleanUp()) {
            manifest.ran(order.programs().run(command, order.folder()));
        }
    }

    /// The last block of the last file was being written.
    private void repair() throws IOException {
        List<Path> traces;
        try (Stream<Path> files = Files.list(order.folder())) {
            traces = files.filter(file -> file.toString().endsWith(".pcapng"))
                    .sorted()
                    .toList();
        }
        if (traces.isEmpty()) {
            manifest.failed("nothing was captured yet");
            return;
        }
        long cut = TraceTail.repair(traces.getLast());
        if (cut > 0) {
            manifest.noted(cut + " octets of an unfinished block were cut off "
                    + traces.getLast().getFileName());
        }
    }
}

package hopline.cli;

import hopline.capture.node.CaptureRun;
import hopline.capture.node.NodeFacts;
import hopline.capture.node.Order;
import hopline.capture.node.Outcome;
import hopline.capture.node.RefusedException;
import hopline.capture.node.StopSignal;
import hopline.capture.node.Tools;
import hopline.capture.node.plan.CapturePlan;
import hopline.cli.report.Escape;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.cli.CommandLine;

/// Carries out a plan in the foreground.
final class CaptureCommand {

    private CaptureCommand() {}

    static int run(CommandLine line, Console console) throws UsageException, IOException, RefusedException {
        boolean dry = line.hasOption("dry-run");
        Order order = order(line, NodeOptions.node(line, !dry), console);
        if (dry) {
            return plan(order, console);
        }
        if (Files.exists(order.bundle())) {
            throw new RefusedException(order.bundle() + " exists already: name another file with -o");
        }
        return carryOut(order, console);
    }

    static Order order(CommandLine line, NodeFacts node, Console console)
            throws UsageException, IOException, RefusedException {
        CapturePlan asked = PlanOptions.plan(line);
        CapturePlan plan = asked.with(Tools.chosen(asked.backend(), node));
        return NodeOptions.order(line, Pods.resolved(plan, line, node), node, console);
    }

    private static int plan(Order order, Console console) throws RefusedException {
        List<String> planned = CaptureRun.planned(order);
        console.out().println("Plan for " + Escape.text(order.node().name()));
        order.plan().values().forEach((key, values) -> console.out()
                .println("   " + key + ": " + Escape.text(String.join(", ", values))));
        planned.forEach(text -> console.out().println(Escape.text(text)));
        console.out().println("Bundle");
        console.out().println("   " + Escape.text(order.bundle().toString()));
        return ExitCode.CLEAN;
    }

    /// Ctrl-C, SIGTERM and a console that closes end the capture, not the process: it ends when the bundle
    /// is made.
    private static int carryOut(Order order, Console console) throws IOException, RefusedException {
        StopSignal stop = new StopSignal();
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger exitCode = new AtomicInteger(ExitCode.ENVIRONMENT);
        Thread hook = new Thread(() -> end(stop, done, exitCode), "hopline-end");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Outcome outcome = CaptureRun.run(order, stop);
            exitCode.set(report(outcome, console));
            return exitCode.get();
        } finally {
            console.out().flush();
            console.err().flush();
            done.countDown();
            release(hook);
        }
    }

    private static void end(StopSignal stop, CountDownLatch done, AtomicInteger exitCode) {
        stop.stop("it was interrupted");
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode.get());
    }

    private static void release(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook does it.
        }
    }

    /// Tells what came of it.
    ///
    /// @return the exit code
    static int report(Outcome outcome, Console console) {
        outcome.bounds().forEach(bound -> console.complain("bound: " + bound));
        outcome.failures().forEach(failure -> console.complain("problem: " + failure));
        if (outcome.records() >= 0) {
            console.complain(outcome.records() + " packets");
        }
        if (!outcome.isPacked()) {
            console.complain("not packed: what there is lies in this folder, which analyze reads as well");
        }
        if (!outcome.isComplete()) {
            console.complain("the bundle is marked incomplete");
        }
        console.out().println(Escape.text(outcome.result().toString()));
        return outcome.isComplete() ? ExitCode.CLEAN : ExitCode.ENVIRONMENT;
    }
}

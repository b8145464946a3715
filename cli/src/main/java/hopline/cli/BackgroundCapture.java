package hopline.cli;

import hopline.capture.bundle.ManifestFacts;
import hopline.capture.node.NodeFacts;
import hopline.capture.node.Order;
import hopline.capture.node.Outcome;
import hopline.capture.node.Recovery;
import hopline.capture.node.RefusedException;
import hopline.capture.node.Session;
import hopline.capture.node.Sessions;
import hopline.capture.node.process.SystemPrograms;
import hopline.cli.report.Escape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;

/// Captures that run in the background: begun, looked at, ended, each by another process.
final class BackgroundCapture {

    private static final long LOOK_MILLIS = 100;
    private static final long START_LIMIT_MILLIS = 5 * 60_000;

    /// A tool of Windows may take minutes to stop, and packing takes its time.
    private static final long STOP_LIMIT_MILLIS = 30 * 60_000;

    private BackgroundCapture() {}

    /// Begins a capture in a process of its own, and returns once it captures.
    static int start(CommandLine line, Console console) throws UsageException, IOException, RefusedException {
        Order order = CaptureCommand.order(line, NodeOptions.node(line, true), console);
        if (line.hasOption("dry-run")) {
            return CaptureCommand.run(line, console);
        }
        Sessions sessions = order.sessions();
        Files.createDirectories(sessions.folder());
        Path log = sessions.log(order.id());
        Process process = new ProcessBuilder(OwnProcess.words(order.id(), words(line, order)))
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(log.toFile())
                .redirectError(log.toFile())
                .start();
        process.getOutputStream().close();
        boolean runs = await(
                () -> !process.isAlive()
                        || sessions.list().stream()
                                .anyMatch(session ->
                                        session.id().equals(order.id()) && session.state() != Session.State.STARTING),
                START_LIMIT_MILLIS);
        Files.readString(log).lines().forEach(text -> console.err().println(Escape.text(text)));
        if (!process.isAlive()) {
            int exitCode = process.exitValue();
            return exitCode == ExitCode.CLEAN ? ExitCode.CLEAN : exitCode;
        }
        if (!runs) {
            console.complain("it has not begun to capture yet; hopline capture status tells when");
        }
        console.out().println(order.id());
        return ExitCode.CLEAN;
    }

    /// The options of this command line again, for the process that carries it out.
    private static List<String> words(CommandLine line, Order order) {
        List<String> words = new ArrayList<>(List.of("capture", "run"));
        for (Option option : line.getOptions()) {
            if (!"output".equals(option.getLongOpt())) {
                words.add("--" + option.getLongOpt());
                if (option.hasArg()) {
                    words.add(option.getValue());
                }
            }
        }
        words.addAll(List.of("--output", order.bundle().toString()));
        return words;
    }

    /// Ends one, or all that there are, and waits for their bundles.
    static int stop(List<String> named, Console console) throws IOException, UsageException, RefusedException {
        Sessions sessions = Sessions.ofThisMachine();
        List<Session> found = sessions.list().stream()
                .filter(session -> named.isEmpty() || session.id().equals(named.getFirst()))
                .toList();
        if (found.isEmpty()) {
            console.complain(
                    named.isEmpty()
                            ? "no capture of Hopline is running here"
                            : "no capture of Hopline is called " + named.getFirst() + "; capture status lists them");
            return named.isEmpty() ? ExitCode.CLEAN : ExitCode.USAGE;
        }
        int exitCode = ExitCode.CLEAN;
        for (Session session : found) {
            exitCode =
                    Math.max(exitCode, session.isAlive() ? end(session, sessions, console) : recover(session, console));
        }
        return exitCode;
    }

    private static int end(Session session, Sessions sessions, Console console) throws IOException, RefusedException {
        sessions.askToStop(session);
        boolean ended = await(
                () -> !session.isAlive()
                        || sessions.list().stream()
                                .noneMatch(other -> other.id().equals(session.id())),
                STOP_LIMIT_MILLIS);
        boolean isRecorded =
                sessions.list().stream().anyMatch(other -> other.id().equals(session.id()));
        if (!ended) {
            console.complain(session.id() + " has not ended yet; its process is " + session.pid());
            return ExitCode.ENVIRONMENT;
        }
        if (isRecorded) {
            return recover(session, console);
        }
        Path log = sessions.log(session.id());
        if (Files.exists(log)) {
            await(() -> !session.isAlive(), LOOK_MILLIS * 50);
            Files.readString(log)
                    .lines()
                    .filter(text -> text.startsWith("hopline: "))
                    .forEach(text -> console.err().println(Escape.text(text)));
            Files.delete(log);
        }
        boolean packed = Files.exists(session.bundle());
        console.out().println(Escape.text((packed ? session.bundle() : session.folder()).toString()));
        return packed && isComplete(session.bundle()) ? ExitCode.CLEAN : ExitCode.ENVIRONMENT;
    }

    private static boolean isComplete(Path bundle) throws IOException {
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            ZipEntry manifest = zip.getEntry("manifest.json");
            if (manifest == null) {
                return false;
            }
            try (InputStream in = zip.getInputStream(manifest)) {
                return ManifestFacts.read(in).filter(ManifestFacts::isComplete).isPresent();
            }
        }
    }

    private static int recover(Session session, Console console) throws IOException, RefusedException {
        console.complain("the process of " + session.id() + " has ended without stopping its capture: cleaning up");
        Outcome outcome = Recovery.end(
                session,
                NodeFacts.ofThisMachine(Optional.of(session.node()), 0),
                new SystemPrograms(),
                Sessions.ofThisMachine(),
                Version.text(),
                console::complain);
        Files.deleteIfExists(Sessions.ofThisMachine().log(session.id()));
        return CaptureCommand.report(outcome, console);
    }

    /// Tells of every capture that was begun here and not ended.
    static int status(Console console) throws IOException {
        List<Session> sessions = Sessions.ofThisMachine().list();
        if (sessions.isEmpty()) {
            console.out().println("no capture of Hopline is running here");
        }
        for (Session session : sessions) {
            String state = session.isAlive()
                    ? session.state().name().toLowerCase(java.util.Locale.ROOT)
                    : "its process has ended: hopline capture stop cleans up and makes the bundle";
            console.out()
                    .println(Escape.text(session.id() + "  "
                            + String.join(",", session.plan().getOrDefault("backend", List.of())) + "  since "
                            + session.started() + "  " + state + "  " + session.bundle()));
        }
        return ExitCode.CLEAN;
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static boolean await(Condition condition, long millis) throws IOException {
        long until = System.nanoTime() + millis * 1_000_000;
        while (!condition.holds()) {
            if (System.nanoTime() > until) {
                return false;
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}

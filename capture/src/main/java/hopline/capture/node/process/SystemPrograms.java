package hopline.capture.node.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Runs programs for real.
public final class SystemPrograms implements Programs {

    /// What is kept of one program's output, in octets; conntrack tables are the largest.
    private static final long MAX_OUTPUT = 64L << 20;

    public SystemPrograms() {}

    @Override
    public Result run(Command command, Path folder) {
        Instant started = Instant.now();
        long from = System.nanoTime();
        try (Kept kept = Kept.of(command, folder, MAX_OUTPUT)) {
            int exitCode = run(command, kept);
            kept.finish();
            return new Result(command, exitCode, kept.beginning(), started, since(from), kept.removed(), kept.isCut());
        } catch (IOException e) {
            return new Result(command, Result.NOT_RUN, String.valueOf(e.getMessage()), started, since(from), 0, false);
        }
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private static int run(Command command, Kept kept) throws IOException {
        Process process = new ProcessBuilder(command.words())
                .redirectErrorStream(command.content() == Command.Content.TEXT)
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .start();
        try {
            Thread errors = follow(process.getErrorStream(), kept::error, "hopline-errors");
            Thread output = follow(process.getInputStream(), kept::output, "hopline-output");
            boolean ended = process.waitFor(command.limit().toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            output.join(1000); // a child of the program may hold the pipe open for ever
            errors.join(1000);
            return ended ? process.exitValue() : Result.ENDED;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return Result.ENDED;
        }
    }

    private static java.io.File nothing() {
        return new java.io.File(java.io.File.separatorChar == '\\' ? "NUL" : "/dev/null");
    }

    private interface Sink {
        void take(byte[] octets, int length) throws IOException;
    }

    private static Thread follow(InputStream in, Sink sink, String name) {
        Thread thread = new Thread(() -> copy(in, sink), name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void copy(InputStream in, Sink sink) {
        byte[] piece = new byte[1 << 14];
        try (in) {
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                sink.take(piece, length);
            }
        } catch (IOException e) {
            // The pipe broke because the program was ended, or the disk is full: what was kept so far stays.
        }
    }

    /// Whether `program` can be found among the folders of the search path.
    public static boolean isInstalled(String program) {
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(java.io.File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}

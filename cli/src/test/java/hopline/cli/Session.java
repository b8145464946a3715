package hopline.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One command line, run in this process, and what it printed.
///
/// @param exitCode an [ExitCode]
/// @param out the results
/// @param err the messages, a line each
record Session(int exitCode, String out, String err) {

    private static final int WIDTH = 100;

    /// Runs `hopline arguments…` without a terminal.
    static Session of(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream outStream = new PrintStream(out, false, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, false, StandardCharsets.UTF_8);
        int exitCode = Main.run(arguments, new Console(outStream, errStream, false, false, WIDTH));
        outStream.flush();
        errStream.flush();
        return new Session(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// The lines of [#err].
    List<String> messages() {
        return err.lines().toList();
    }
}

package hopline.cli;

import hopline.capture.MissingLibraryException;
import hopline.capture.ScratchException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.jspecify.annotations.Nullable;

/// Finds the verb, parses its options, runs it, and turns what went wrong into one line and an exit code.
public final class Main {

    /// Every verb, in the order of the help.
    private static final List<Verb> VERBS = List.of(
            new CaptureVerb(),
            new AnalyzeVerb(),
            new FlowsVerb(),
            new PacketsVerb(),
            new InfoVerb(),
            new StateVerb(),
            new TraceVerb(),
            new ConvertVerb(),
            new ReportVerb(),
            new DiagramVerb(),
            new RedactVerb(),
            new BundleVerb(),
            new ExplainVerb(),
            new CompletionVerb());

    /// The folder of sample captures to rehearse with, see [Rehearsal]; null but after a build.
    private static final @Nullable String SAMPLES = System.getProperty("hopline.rehearsal");

    private static final boolean TRACING = Boolean.getBoolean("hopline.trace");

    private Main() {}

    /// Every verb, in the order of the help.
    static List<Verb> verbs() {
        return VERBS;
    }

    /// Runs one command line of this process.
    public static void main(String[] args) {
        StandardOutput out = new StandardOutput();
        PrintStream err = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.err)), true, StandardCharsets.UTF_8);
        if (SAMPLES != null) {
            Rehearsal.run(Path.of(SAMPLES));
        }
        int exitCode = run(args, out, Console.ofProcess(out.text(), err));
        err.flush();
        Exit.with(exitCode);
    }

    /// Runs a command line and sees to it that what it printed arrives, or that it is told.
    static int run(String[] args, StandardOutput out, Console console) {
        int exitCode = run(args, console);
        Optional<String> lost = out.finish();
        if (lost.isEmpty() || exitCode == ExitCode.USAGE || exitCode == ExitCode.ENVIRONMENT) {
            return exitCode;
        }
        console.complain("standard output: " + lost.get());
        return ExitCode.ENVIRONMENT;
    }

    /// Runs a command line and returns its exit code.
    static int run(String[] args, Console console) {
        String first = args.length == 0 ? "--help" : args[0];
        switch (first) {
            case "--help", "-h", "help" -> {
                if (args.length > 1) {
                    return runVerb(args[1], new String[] {"--help"}, console);
                }
                Help.overview(VERBS, console.out());
                return args.length == 0 ? ExitCode.USAGE : ExitCode.CLEAN;
            }
            case "--version", "-V" -> {
                console.out().println("hopline " + Version.text());
                return ExitCode.CLEAN;
            }
            default -> {
                return runVerb(first, Arrays.copyOfRange(args, 1, args.length), console);
            }
        }
    }

    private static int runVerb(String name, String[] args, Console console) {
        Optional<Verb> verb = verb(name);
        if (verb.isEmpty()) {
            console.complain("there is no verb '" + name + "'"
                    + Nearest.to(name, VERBS.stream().map(Verb::name).toList())
                            .map(near -> ": did you mean " + near + "?")
                            .orElse("; hopline --help lists them"));
            return ExitCode.USAGE;
        }
        try {
            return run(verb.get(), args, console);
        } catch (ParseException | UsageException e) {
            console.complain(e.getMessage() + " (hopline " + name + " --help)");
            return ExitCode.USAGE;
        } catch (InvalidPathException e) {
            console.complain(e.getInput() + ": not a file name: " + e.getReason() + " (hopline " + name + " --help)");
            return ExitCode.USAGE;
        } catch (IOException e) {
            console.complain(e.getMessage() == null ? e.toString() : e.getMessage());
            return e instanceof MissingLibraryException ? ExitCode.ENVIRONMENT : ExitCode.UNREADABLE;
        } catch (ScratchException e) {
            console.complain(String.valueOf(e.getMessage()));
            return ExitCode.ENVIRONMENT;
        } catch (RuntimeException | StackOverflowError e) {
            return broken(e, console);
        } catch (OutOfMemoryError e) {
            console.complain("out of memory: give the Java machine more with HOPLINE_OPTS=-Xmx2g");
            return ExitCode.ENVIRONMENT;
        }
    }

    /// A defect of ours: one line for the user, and the place in the code for whoever asks for it.
    private static int broken(Throwable e, Console console) {
        console.complain("internal error, please report it with the input: " + e
                + (TRACING ? "" : " (HOPLINE_OPTS=-Dhopline.trace=true shows where)"));
        if (TRACING) {
            e.printStackTrace(console.err());
        }
        return ExitCode.UNREADABLE;
    }

    private static Optional<Verb> verb(String name) {
        return VERBS.stream().filter(verb -> verb.name().equals(name)).findFirst();
    }

    private static int run(Verb verb, String[] args, Console console)
            throws ParseException, UsageException, IOException {
        Options options = Help.withCommon(verb.options());
        if (Arrays.asList(args).contains("--help") || Arrays.asList(args).contains("-h")) {
            Help.of(verb, options, console.out());
            return ExitCode.CLEAN;
        }
        CommandLine line = DefaultParser.builder()
                .setAllowPartialMatching(false)
                .setStripLeadingAndTrailingQuotes(false)
                .get()
                .parse(options, args);
        return verb.run(line, console.colored(line.getOptionValue("color", "auto")));
    }
}

package hopline.cli;

import hopline.capture.bundle.BundleFile;
import hopline.cli.redact.Audit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// Packs what a bug report needs into one file that gives nothing away, and looks for what a file gives away.
final class BundleVerb implements Verb {

    @Override
    public String name() {
        return "bundle";
    }

    @Override
    public String summary() {
        return "Pack redacted captures, state, report and diagrams into one file; --check: is anything private left?";
    }

    @Override
    public String synopsis() {
        return "[options] INPUT… -o FILE.zip | --check FILE|FOLDER…";
    }

    @Override
    public Options options() {
        Options options = Inputs.options();
        RedactionOptions.options().getOptions().forEach(options::addOption);
        return options.addOption(Option.builder("o")
                        .longOpt("output")
                        .hasArg()
                        .argName("FILE")
                        .desc("the bundle to write, a zip archive; - is standard output")
                        .get())
                .addOption(Option.builder()
                        .longOpt("check")
                        .desc("list what private data is left in files: addresses, names, tokens, payload")
                        .get())
                .addOption(Option.builder()
                        .longOpt("all")
                        .desc("with --check: list all of it, not only the first of each kind")
                        .get());
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("all that belongs to an incident", "hopline bundle incident-42/ -o incident-42.zip"),
                new Example(
                        "with what was collected of nodes, under a key that gives the same pseudonyms again",
                        "hopline bundle --key-file secret.txt --state lists/ a.pcapng b.pcapng -o shared.zip"),
                new Example("is anything private left?", "hopline bundle --check incident-42.zip"));
    }

    @Override
    public int run(CommandLine line, Console console) throws UsageException, IOException {
        if (line.hasOption("check")) {
            return check(line, console);
        }
        String out = line.getOptionValue("o");
        if (out == null) {
            throw new UsageException("-o FILE is missing");
        }
        Optional<Inputs> named = Inputs.of(line, false, true, console);
        if (named.isEmpty()) {
            return ExitCode.UNREADABLE;
        }
        try (ScratchFolder folder = new ScratchFolder()) {
            BundleContents contents = new BundleContents(folder.path(), RedactionOptions.of(line), console);
            try {
                contents.write(line, named.get());
            } catch (IOException e) {
                console.complain(folder.path() + ": " + InputFinder.reason(e));
                return ExitCode.ENVIRONMENT;
            }
            return pack(folder.path(), out, contents.isWhole() && !named.get().hasProblems(), line, console);
        }
    }

    private static int pack(Path folder, String out, boolean whole, CommandLine line, Console console)
            throws IOException, UsageException {
        Audit audit = Audit.of(folder, Inputs.vxlanPorts(line));
        try {
            OutputFile.write(out, console, stream -> BundleFile.write(folder, stream));
        } catch (IOException e) {
            console.complain(out + ": " + InputFinder.reason(e));
            return ExitCode.ENVIRONMENT;
        }
        BundleCheck.print(out, audit, false, out.equals("-") ? console.err() : console.out());
        if (!whole) {
            return ExitCode.UNREADABLE;
        }
        return BundleCheck.isClean(audit) ? ExitCode.CLEAN : ExitCode.FINDINGS;
    }

    private static int check(CommandLine line, Console console) throws UsageException {
        if (line.getArgList().isEmpty()) {
            throw new UsageException("--check needs a file or folder to look into");
        }
        int exitCode = ExitCode.CLEAN;
        for (String operand : line.getArgList()) {
            exitCode = Math.max(exitCode, check(operand, line, console));
        }
        return exitCode;
    }

    private static int check(String operand, CommandLine line, Console console) throws UsageException {
        Path path = Path.of(operand);
        if (!Files.exists(path)) {
            console.complain(operand + ": no such file");
            return ExitCode.UNREADABLE;
        }
        try {
            Audit audit = Audit.of(path, Inputs.vxlanPorts(line));
            audit.problems().forEach((file, problem) -> console.complain(file + ": " + problem));
            BundleCheck.print(operand, audit, line.hasOption("all"), console.out());
            if (!audit.problems().isEmpty()) {
                return ExitCode.UNREADABLE;
            }
            return BundleCheck.isClean(audit) ? ExitCode.CLEAN : ExitCode.FINDINGS;
        } catch (IOException e) {
            console.complain(operand + ": " + InputFinder.reason(e));
            return ExitCode.UNREADABLE;
        }
    }
}

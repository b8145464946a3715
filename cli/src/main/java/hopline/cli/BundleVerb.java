package hopline.cli;

import hopline.capture.bundle.BundleFile;
import hopline.cli.redact.Audit;
import hopline.cli.redact.PrivateData;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// Packs what a bug report needs into one file that gives nothing away, and looks for what a file gives away.
final class BundleVerb implements Verb {

    private static final String CHECK = "check";
    private static final String ALL = "all";
    private static final String PSEUDONYMS = "pseudonyms";
    private static final String NO_PAYLOAD = "; payload: none";

    /// The options that mean something when files are checked.
    private static final Set<String> OF_CHECK = Set.of(CHECK, ALL, PSEUDONYMS, "vxlan-port", "color");

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
        return "[options] INPUT… -o FILE.zip | --check [options] FILE|FOLDER…";
    }

    @Override
    public Options options() {
        Options options = Inputs.optionsWithNodes();
        RedactionOptions.options().getOptions().forEach(options::addOption);
        return options.addOption(Option.builder("o")
                        .longOpt("output")
                        .hasArg()
                        .argName("FILE")
                        .desc("the bundle to write, a zip archive; - is standard output")
                        .get())
                .addOption(Option.builder()
                        .longOpt(CHECK)
                        .desc(
                                "list what private data is left in files: addresses, names, tokens, payload; what"
                                        + " pseudonyms.txt beside them lists is none, as bundle, and redact of a folder, write it")
                        .get())
                .addOption(Values.option(
                        PSEUDONYMS, "FILE", "with --check: the list that redact --pseudonyms wrote of a single file"))
                .addOption(Option.builder()
                        .longOpt(ALL)
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
                new Example("the state of nodes without a capture", "hopline bundle collectlogs/ -o state.zip"),
                new Example("is anything private left?", "hopline bundle --check incident-42.zip"));
    }

    @Override
    public int run(CommandLine line, Console console) throws UsageException, IOException {
        if (line.hasOption(CHECK)) {
            return check(line, console);
        }
        for (String option : List.of(ALL, PSEUDONYMS)) {
            if (line.hasOption(option)) {
                throw new UsageException("--" + option + " goes with --check");
            }
        }
        String out = line.getOptionValue("o");
        if (out == null) {
            throw new UsageException("-o FILE is missing");
        }
        InputFiles.ofAnyKind(line.getArgList(), line).refuseAsOutput(out);
        Inputs named = Inputs.ofAnyKind(line, console);
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            BundleContents contents = new BundleContents(folder.path(), RedactionOptions.of(line), console);
            try {
                if (!contents.write(line, named)) {
                    console.complain("neither capture nor state among the inputs");
                    return ExitCode.UNREADABLE;
                }
            } catch (IOException e) {
                console.complain(folder.path() + ": " + InputFinder.reason(e));
                return ExitCode.ENVIRONMENT;
            }
            return pack(
                    folder.path(), out, contents.isWhole() && named.problems().isEmpty(), line, console);
        }
    }

    private static int pack(Path folder, String out, boolean whole, CommandLine line, Console console)
            throws IOException, UsageException {
        Audit audit = Audit.of(folder, Inputs.vxlanPorts(line), Optional.empty());
        try {
            OutputFile.write(out, console, stream -> BundleFile.write(folder, stream));
        } catch (IOException e) {
            console.complain(out + ": " + InputFinder.reason(e));
            return ExitCode.ENVIRONMENT;
        }
        audit.problems()
                .forEach((file, problem) ->
                        console.complain(out + ": " + file + ": not checked to its end: " + problem));
        boolean keeps = line.hasOption("keep-payload");
        PrintStream told = out.equals("-") ? console.err() : console.out();
        if (keeps) {
            audit.data().found().remove(PrivateData.Kind.PAYLOAD); // as was asked for
        }
        BundleCheck.print(out, audit, keeps ? "; payload: kept, and not looked at" : NO_PAYLOAD, false, told);
        return exitCode(audit, whole);
    }

    private static int exitCode(Audit audit, boolean whole) {
        if (!whole || !audit.problems().isEmpty()) {
            return ExitCode.UNREADABLE;
        }
        return BundleCheck.isClean(audit) ? ExitCode.CLEAN : ExitCode.FINDINGS;
    }

    private static int check(CommandLine line, Console console) throws UsageException, IOException {
        if (line.getArgList().isEmpty()) {
            throw new UsageException("--check needs a file or folder to look into");
        }
        for (Option option : line.getOptions()) {
            if (!OF_CHECK.contains(option.getLongOpt())) {
                throw new UsageException("--" + option.getLongOpt() + " has no effect with --check, which "
                        + (option.getLongOpt().startsWith("key")
                                ? "tells pseudonyms by the list pseudonyms.txt: a key does not say which is one"
                                : "reads files as they are"));
            }
        }
        int exitCode = ExitCode.CLEAN;
        for (String operand : line.getArgList()) {
            exitCode = Math.max(exitCode, check(operand, line, console));
        }
        return exitCode;
    }

    private static int check(String operand, CommandLine line, Console console) throws UsageException, IOException {
        Path path = operand.equals("-") ? PipedInput.copyOfStandardInput() : PipedInput.file(Path.of(operand));
        Optional<Path> list =
                Optional.ofNullable(line.getOptionValue(PSEUDONYMS)).map(Path::of);
        for (Path file : List.of(path, list.orElse(path))) {
            if (!Files.exists(file)) {
                console.complain(file + ": no such file");
                return ExitCode.UNREADABLE;
            }
        }
        try {
            Audit audit = Audit.of(path, Inputs.vxlanPorts(line), list);
            audit.problems().forEach((file, problem) -> console.complain(file + ": " + problem));
            BundleCheck.print(operand, audit, NO_PAYLOAD, line.hasOption(ALL), console.out());
            return exitCode(audit, true);
        } catch (IOException e) {
            console.complain(operand + ": " + InputFinder.reason(e));
            return ExitCode.UNREADABLE;
        }
    }
}

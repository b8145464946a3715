package hopline.cli;

import hopline.cli.redact.Content;
import hopline.cli.redact.FileNames;
import hopline.cli.redact.FileRedaction;
import hopline.cli.redact.Pseudonyms;
import hopline.cli.redact.RedactedFile;
import hopline.cli.redact.Sources;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// Takes what is private out of captures and texts.
final class RedactVerb implements Verb {

    /// Standard input, and standard output.
    private static final String STANDARD = "-";

    private static final String PSEUDONYMS = "pseudonyms";

    @Override
    public String name() {
        return "redact";
    }

    @Override
    public String summary() {
        return "Replace addresses and names in captures and texts, the same everywhere, and remove payload.";
    }

    @Override
    public String synopsis() {
        return "[options] IN OUT";
    }

    @Override
    public Options options() {
        return RedactionOptions.options()
                .addOption(Values.option(
                        PSEUDONYMS,
                        "FILE",
                        "list there what was put in, for bundle --check; a folder's or archive's list is put into it"));
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("a capture", "hopline redact --key-file secret.txt node-a.pcapng shared.pcapng"),
                new Example("all that belongs to an incident", "hopline redact --key 'a phrase' incident-42/ shared/"),
                new Example(
                        "from a pipe",
                        "ssh node-a sudo tcpdump -w - -c 1000 | hopline redact --key-file secret.txt - shared.pcap"),
                new Example("is anything private left?", "hopline bundle --check shared/"),
                new Example("does it still say the same?", "hopline analyze shared/"));
    }

    @Override
    public int run(CommandLine line, Console console) throws UsageException, IOException {
        List<String> operands = line.getArgList();
        if (operands.size() != 2) {
            throw new UsageException("redact takes an input and an output");
        }
        Path in = operands.getFirst().equals(STANDARD)
                ? PipedInput.copyOfStandardInput()
                : PipedInput.file(Path.of(operands.getFirst()));
        Path out = Path.of(operands.getLast());
        if (!Files.exists(in)) {
            console.complain(in + ": no such file");
            return ExitCode.UNREADABLE;
        }
        refuseMixing(in, out);
        InputFiles read = InputFiles.ofAnyKind(List.of(operands.getFirst()), line);
        read.refuseAsOutput(out.toString());
        read.refuseAsOutput(line.getOptionValue(PSEUDONYMS, STANDARD));
        FileRedaction files = new FileRedaction(RedactionOptions.of(line), nodes(in));
        Map<String, Content> sources = Sources.of(in);
        sources.values().forEach(files::learn);
        List<RedactedFile> done = new ArrayList<>();
        try {
            FileNames names = new FileNames(files, sources);
            for (Map.Entry<String, Content> source : sources.entrySet()) {
                boolean folder = Files.isDirectory(in);
                String name = folder ? names.next(source.getKey(), source.getValue()) : fileName(out);
                Path target = folder ? out.resolve(name) : out;
                redact(files, source, name, target, console).ifPresent(done::add);
            }
            writePseudonyms(in, out, line, files.pseudonyms().list(), console);
        } catch (IOException e) {
            console.complain(out + ": " + InputFinder.reason(e));
            return ExitCode.ENVIRONMENT;
        }
        boolean printed = out.equals(Path.of(STANDARD));
        return tell(files, done, printed ? console.err() : console.out(), console);
    }

    /// Which nodes the captures of a folder are of, as an analysis would take it from their names.
    private static Map<String, String> nodes(Path in) throws IOException {
        Map<String, String> nodes = new HashMap<>();
        if (Files.isDirectory(in)) {
            InputFinder finder = new InputFinder(Map.of());
            finder.addState(in.toString());
            finder.captures().forEach(capture -> nodes.put(capture.name(), capture.fileNode()));
        }
        return nodes;
    }

    /// Beside the files of a folder, so that a check knows them for what they are, and where it is asked for.
    private static void writePseudonyms(Path in, Path out, CommandLine line, String list, Console console)
            throws IOException {
        byte[] octets = list.getBytes(StandardCharsets.UTF_8);
        if (Files.isDirectory(in)) {
            Files.createDirectories(out);
            OutputFile.write(out.resolve(Pseudonyms.FILE).toString(), console, stream -> stream.write(octets));
        }
        if (line.hasOption(PSEUDONYMS)) {
            OutputFile.write(line.getOptionValue(PSEUDONYMS), console, stream -> stream.write(octets));
        }
    }

    private static String fileName(Path out) {
        Path name = out.getFileName();
        return name == null ? out.toString() : name.toString();
    }

    private static void refuseMixing(Path in, Path out) throws UsageException, IOException {
        if (Files.isDirectory(in)) {
            if (out.equals(Path.of(STANDARD))) {
                throw new UsageException(in + " is a folder, which standard output cannot take; bundle packs one file");
            }
            if (out.toAbsolutePath().normalize().startsWith(in.toAbsolutePath().normalize())) {
                throw new UsageException(out + " lies in " + in + ", where it would be taken for an original");
            }
            if (Files.exists(out) && !isEmptyFolder(out)) {
                throw new UsageException(out + " exists: name a folder that does not, so that nothing is mixed up");
            }
        } else if (Files.isDirectory(out)) {
            throw new UsageException(out + " is a folder, but " + in + " is a file");
        }
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static Optional<RedactedFile> redact(
            FileRedaction files, Map.Entry<String, Content> source, String name, Path target, Console console)
            throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (target.equals(Path.of(STANDARD))) {
            return redact(files, source, name, () -> new PrintedOctets(console.out()), console);
        }
        try (OutputFile file = OutputFile.create(target)) {
            Optional<RedactedFile> done = redact(files, source, name, file::stream, console);
            if (done.isPresent()) {
                file.complete();
            }
            return done;
        }
    }

    private static Optional<RedactedFile> redact(
            FileRedaction files,
            Map.Entry<String, Content> source,
            String name,
            FileRedaction.Opener out,
            Console console)
            throws IOException {
        ProgressLine progress = new ProgressLine(console);
        try {
            return files.redact(
                    source.getValue(), source.getKey(), name, out, records -> progress.at("redacting", records));
        } finally {
            progress.clear();
        }
    }

    private static int tell(FileRedaction files, List<RedactedFile> done, PrintStream out, Console console) {
        files.problems().forEach((file, problem) -> console.complain(file + ": " + problem));
        files.leftOut()
                .forEach(file ->
                        console.complain(file + ": left out, being neither capture nor text nor an archive of those"));
        long records = done.stream().mapToLong(RedactedFile::records).sum();
        out.println(done.size() + (done.size() == 1 ? " file, " : " files, ") + records + " records redacted");
        boolean whole = files.problems().isEmpty() && files.leftOut().isEmpty();
        return whole && !done.isEmpty() ? ExitCode.CLEAN : ExitCode.UNREADABLE;
    }
}

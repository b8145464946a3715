package hopline.cli;

import hopline.capture.CaptureReader;
import hopline.capture.Captures;
import hopline.cli.report.FileEntry;
import hopline.cli.report.InfoJson;
import hopline.cli.report.InfoText;
import hopline.decode.census.CaptureFacts;
import hopline.decode.census.CaptureFacts.Readability;
import hopline.decode.census.CaptureSurvey;
import hopline.flows.analysis.CaptureInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// What is in a file, and what it can and cannot prove.
final class InfoVerb implements Verb {

    @Override
    public String name() {
        return "info";
    }

    @Override
    public String summary() {
        return "Tell what is in a capture: whether it is whole, what it can and cannot prove, who talks and how.";
    }

    @Override
    public String synopsis() {
        return "[options] FILE…";
    }

    @Override
    public Options options() {
        return EventList.addOptions(new Options()
                .addOption(Option.builder()
                        .longOpt("format")
                        .hasArg()
                        .argName("text|json")
                        .desc("text is the default")
                        .get())
                .addOption(Option.builder()
                        .longOpt("timeline")
                        .desc("list what a Windows trace tells beside packets: what came, went, failed and was dropped")
                        .get()));
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("what is this file?", "hopline info trace.pcapng"),
                new Example(
                        "which of these are whole?",
                        "hopline info --format json incident-42/ | jq '.files[] | " + "{file, readable, records}'"),
                new Example("what did HNS, the switch and the firewall do?", "hopline info --timeline win-a.etl"),
                new Example("straight from a node", "ssh node tcpdump -w - -c 1000 | hopline info -"));
    }

    @Override
    public int run(CommandLine line, Console console) throws UsageException, IOException {
        boolean json = Format.isJson(line);
        if (line.getArgList().isEmpty()) {
            throw new UsageException("a file is missing");
        }
        PipedInput.begin(line.getArgList());
        if (line.hasOption("events")) {
            return EventList.of(line, json).print(line.getArgList(), console);
        }
        if (line.hasOption("timeline")) {
            return new TimelineList(json).print(line.getArgList(), console);
        }
        List<FileEntry> entries = new ArrayList<>();
        for (String operand : line.getArgList()) {
            for (FileEntry entry : entries(operand, console)) {
                complain(entry, console);
                if (!json) {
                    console.out()
                            .print((entries.isEmpty() ? "" : "\n")
                                    + InfoText.of(entry, console.color(), console.width()));
                }
                entries.add(entry);
            }
        }
        if (json) {
            InfoJson.write(entries, console.out());
        }
        boolean allWhole = entries.stream().allMatch(entry -> entry.facts().readable() == Readability.WHOLE);
        return allWhole ? ExitCode.CLEAN : ExitCode.UNREADABLE;
    }

    /// What an operand names: itself, or of a folder every capture in it.
    private static List<FileEntry> entries(String operand, Console console) throws IOException {
        InputFinder finder = new InputFinder(Map.of(), Captures::openAhead);
        finder.add(operand);
        List<FileEntry> entries = new ArrayList<>();
        for (CaptureInput input : finder.captures()) {
            entries.add(new FileEntry(name(operand, input), facts(input, console)));
        }
        for (InputFinder.Problem problem : finder.problems()) {
            entries.add(new FileEntry(problem.file(), CaptureFacts.unreadable(problem.reason())));
        }
        if (entries.isEmpty()) {
            String reason = "Kubernetes lists, not a capture: analyze reads them beside captures";
            entries.add(new FileEntry(operand, CaptureFacts.unreadable(reason)));
        }
        return entries;
    }

    private static String name(String operand, CaptureInput input) {
        boolean inFolder = !operand.equals("-") && Files.isDirectory(Path.of(operand));
        if (inFolder) {
            return Path.of(operand).resolve(input.name()).toString();
        }
        int inArchive = input.name().indexOf('/');
        return inArchive < 0 ? operand : operand + input.name().substring(inArchive);
    }

    private static CaptureFacts facts(CaptureInput input, Console console) {
        ProgressLine progress = new ProgressLine(console);
        try (CaptureReader reader = input.opener().open()) {
            return CaptureSurvey.of(reader, records -> progress.at("reading", records));
        } catch (IOException e) {
            return CaptureFacts.unreadable(InputFinder.reason(e));
        } finally {
            progress.clear();
        }
    }

    private static void complain(FileEntry entry, Console console) {
        entry.facts().problem().ifPresent(problem -> console.complain(entry.file() + ": " + problem));
    }
}

package hopline.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.capture.CaptureFormat;
import hopline.cli.diagram.FlowStory;
import hopline.cli.diagram.Form;
import hopline.cli.diagram.Kind;
import hopline.cli.evidence.FlowPackets;
import hopline.cli.redact.Content;
import hopline.cli.redact.FileNames;
import hopline.cli.redact.FileRedaction;
import hopline.cli.redact.Pseudonyms;
import hopline.cli.redact.RedactedFile;
import hopline.cli.redact.Sources;
import hopline.cli.report.JsonReport;
import hopline.cli.report.StateJson;
import hopline.cli.report.StateText;
import hopline.decode.redact.Redaction;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.CaptureInput;
import hopline.flows.analysis.FlowReport;
import hopline.flows.check.StateFindings;
import hopline.flows.check.StateRules;
import hopline.flows.expect.Judgements;
import hopline.flows.rule.Finding;
import hopline.flows.state.Cluster;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.StateFinder;
import hopline.flows.state.collection.StateReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.cli.CommandLine;

/// Fills a folder with what becomes a bundle. Captures and state are redacted first; all else is made of the result, so
/// that nothing else can get into it.
final class BundleContents {

    private static final String CAPTURES = "captures";
    private static final String STATE = "state";
    private static final Pattern CUT = Pattern.compile("[\\p{L}\\p{N}-]+…|…[\\p{L}\\p{N}-]+");

    private final Path folder;
    private final Console console;
    private final FileRedaction files;
    private final Pseudonyms pseudonyms;
    private final List<RedactedFile> done = new ArrayList<>();

    BundleContents(Path folder, Redaction redaction, Console console) {
        this.folder = folder;
        this.console = console;
        this.files = new FileRedaction(redaction);
        this.pseudonyms = files.pseudonyms();
    }

    /// Whether all that was named could be read and taken along.
    boolean isWhole() {
        return files.problems().isEmpty() && files.leftOut().isEmpty();
    }

    /// Writes everything; false when there is neither a capture nor a text.
    boolean write(CommandLine line, Inputs inputs) throws IOException, UsageException {
        Map<String, Content> texts = texts(line);
        texts.values().forEach(files::learn);
        redactCaptures(inputs.captures());
        redactTexts(texts);
        files.problems().forEach((file, problem) -> console.complain(file + ": " + problem));
        files.leftOut().forEach(file -> console.complain(file + ": left out, being neither capture nor text"));
        if (done.isEmpty()) {
            return false;
        }
        if (inputs.captures().isEmpty()) {
            checkState();
        } else {
            analyze(redacted(inputs));
        }
        Files.writeString(folder.resolve(Pseudonyms.FILE), pseudonyms.list());
        writeManifest(line);
        return true;
    }

    /// Without a packet, what the state of the nodes says by itself.
    private void checkState() throws IOException {
        StateFinder finder = new StateFinder();
        finder.add(folder.resolve(STATE).toString());
        CollectedState state = StateReader.read(finder);
        StateFindings findings = StateRules.findings(state);
        try (PrintStream out = print("check.json")) {
            StateJson.write(state, Optional.of(findings), Version.text(), out);
        }
        try (PrintStream out = print("check.txt")) {
            out.print(StateText.ofCheck(state, findings, false, console.width()));
        }
        learnCutNames(folder.resolve("check.json"));
        learnCutNames(folder.resolve("check.txt"));
    }

    private PrintStream print(String name) throws IOException {
        return new PrintStream(Files.newOutputStream(folder.resolve(name)), false, StandardCharsets.UTF_8);
    }

    /// What the command line names beside captures, archives entry by entry, by the names in the bundle.
    private Map<String, Content> texts(CommandLine line) throws IOException {
        List<String> operands = new ArrayList<>(line.getArgList());
        operands.addAll(Values.of(line, STATE));
        Set<Path> taken = new HashSet<>();
        Map<String, Content> all = new LinkedHashMap<>();
        for (String operand : operands) {
            Path path = PipedInput.file(Path.of(operand));
            if (!operand.equals("-") && Files.exists(path)) {
                String prefix = operands.size() > 1 && Files.isDirectory(path)
                        ? path.toRealPath().getFileName() + "/"
                        : "";
                for (Map.Entry<String, Content> file :
                        Sources.unpacked(path, files.problems()).entrySet()) {
                    if (isNew(file.getValue(), taken)) {
                        all.putIfAbsent(prefix + file.getKey(), file.getValue());
                    }
                }
            }
        }
        return all;
    }

    /// A folder may be named, and one within it as well.
    private static boolean isNew(Content file, Set<Path> taken) throws IOException {
        return file.path().isEmpty() || taken.add(file.path().get().toRealPath());
    }

    private void redactCaptures(List<CaptureInput> captures) throws IOException {
        Path target = folder.resolve(CAPTURES);
        int digits = String.valueOf(captures.size()).length();
        for (int i = 0; i < captures.size(); i++) {
            CaptureInput capture = captures.get(i);
            String number = captures.size() > 1 ? String.format(Locale.ROOT, "%0" + digits + "d-", i + 1) : "";
            String name = number + files.name(capture.baseName()) + ".pcapng";
            pseudonyms.derived(name);
            redact(
                    CAPTURES + "/" + name,
                    (progress, opener) -> files.capture(
                            capture,
                            Optional.of(CaptureFormat.PCAPNG),
                            target.resolve(name).toString(),
                            opener,
                            progress));
        }
    }

    private void redactTexts(Map<String, Content> texts) throws IOException {
        FileNames names = new FileNames(files, Map.of());
        for (Map.Entry<String, Content> text : texts.entrySet()) {
            if (!FileRedaction.isCapture(text.getValue())) {
                String name = STATE + "/" + names.next(text.getKey(), text.getValue());
                redact(
                        name,
                        (progress, opener) -> files.redact(text.getValue(), text.getKey(), name, opener, progress));
            }
        }
    }

    /// Redacts one file to where an opener opens it.
    private interface Step {
        Optional<RedactedFile> run(java.util.function.LongConsumer progress, FileRedaction.Opener opener)
                throws IOException;
    }

    private void redact(String name, Step step) throws IOException {
        ProgressLine progress = new ProgressLine(console);
        Path target = folder.resolve(name);
        step.run(records -> progress.at("redacting", records), () -> {
                    Files.createDirectories(target.getParent());
                    return Files.newOutputStream(target);
                })
                .ifPresent(file -> done.add(new RedactedFile(file.source(), name, file.records())));
        progress.clear();
    }

    private Inputs redacted(Inputs inputs) throws IOException {
        InputFinder finder = new InputFinder(Map.of());
        finder.add(folder.resolve(CAPTURES).toString());
        if (Files.exists(folder.resolve(STATE))) {
            finder.addState(folder.resolve(STATE).toString());
        }
        return new Inputs(finder.captures(true), Cluster.of(finder.state()), inputs.vxlanPorts(), Set.of(), List.of());
    }

    private void analyze(Inputs redacted) throws IOException, UsageException {
        int maxFlows = hopline.flows.analysis.AnalysisOptions.DEFAULT_FLOWS;
        Analysis seen = redacted.analyze(maxFlows, console);
        StateFinder state = new StateFinder();
        if (Files.exists(folder.resolve(STATE))) {
            state.add(folder.resolve(STATE).toString());
        }
        Optional<Judgements> judgements = Inputs.judgements(seen, redacted.nodeState(state));
        Analysis analysis = judgements.map(Judgements::refined).orElse(seen);
        try (OutputStream out = Files.newOutputStream(folder.resolve("report.html"))) {
            ReportVerb.writePage(analysis, judgements, redacted, maxFlows, out, console);
        }
        try (OutputStream out = Files.newOutputStream(folder.resolve("analysis.json"))) {
            JsonReport.write(analysis, judgements, Version.text(), out);
        }
        analysis.flows().forEach(report -> pseudonyms.derived(report.flow().communityId()));
        draw(analysis);
        learnCutNames(folder.resolve("report.html"));
    }

    /// Where there is little room names are cut, and what remains is no pseudonym any more.
    private void learnCutNames(Path drawing) throws IOException {
        CUT.matcher(Files.readString(drawing)).results().forEach(cut -> pseudonyms.derived(cut.group()));
    }

    /// A drawing of each finding that names a flow.
    private void draw(Analysis analysis) throws IOException {
        Map<Long, FlowReport> reports = new LinkedHashMap<>();
        analysis.flows().forEach(report -> reports.put(report.flow().flow().number(), report));
        for (Finding finding : analysis.findings()) {
            Optional<FlowReport> report = finding.flows().stream()
                    .map(reports::get)
                    .filter(found -> found != null)
                    .findFirst();
            if (report.isPresent()) {
                FlowPackets none = new FlowPackets(report.get(), List.of(), 0);
                FlowStory story = FlowStory.of(analysis, report.get(), Optional.of(finding), none);
                Path drawings = Files.createDirectories(folder.resolve("diagrams"));
                Path drawing = drawings.resolve(finding.id() + "_" + finding.rule() + ".svg");
                try (OutputStream out = Files.newOutputStream(drawing)) {
                    Form.SVG.write(story, Kind.PATH, out);
                }
                learnCutNames(drawing);
            }
        }
    }

    private void writeManifest(CommandLine line) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("manifest.json"));
                JsonGenerator json = JsonReport.generator(out)) {
            JsonReport.begin(json);
            json.writeStringField("kind", "hopline-shared");
            JsonReport.writeTool(json, Version.text());
            json.writeBooleanField("payload", line.hasOption("keep-payload"));
            json.writeBooleanField("complete", isWhole());
            json.writeArrayFieldStart("files");
            for (RedactedFile file : done) {
                json.writeStartObject();
                json.writeStringField("file", file.name());
                json.writeNumberField("octets", Files.size(folder.resolve(file.name())));
                json.writeNumberField("records", file.records());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }
}

package hopline.cli.report;

import hopline.capture.CapturePoint;
import hopline.decode.IpProtocol;
import hopline.decode.stage.Stage;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.ClockFacts;
import hopline.flows.analysis.FlowReport;
import hopline.flows.analysis.InputFacts;
import hopline.flows.expect.Judgements;
import hopline.flows.path.Fate;
import hopline.flows.path.Passage;
import hopline.flows.path.Path;
import hopline.flows.rule.Finding;
import hopline.flows.rule.FlowCase;
import hopline.flows.rule.Observation;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Severity;
import hopline.flows.rule.Verdict;
import hopline.flows.state.ClusterCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The analysis as text: the verdict first, then what was read and what it can prove, then the findings, the most
/// serious first, each fit to be pasted into a chat.
public final class TextReport {

    private static final int LABEL_COLUMN = 10;
    private static final int FINDING_COLUMN = 14;
    private static final int MAX_FINDINGS = 25;
    private static final int MAX_FLOWS = 10;
    private static final int MAX_FLOW_IDS = 12;
    private static final int MAX_RECORDS = 8;
    private static final int MAX_POINTS = 12;

    private final Analysis analysis;
    private final Optional<Judgements> judgements;
    private final Ink ink;
    private final int width;
    private final Lines lines;
    private final Map<Long, FlowReport> reports = new HashMap<>();

    private TextReport(Analysis analysis, Optional<Judgements> judgements, Ink ink, int width) {
        this.analysis = analysis;
        this.judgements = judgements;
        this.ink = ink;
        this.width = width;
        this.lines = new Lines(width);
        analysis.flows().forEach(report -> reports.put(report.flow().flow().number(), report));
    }

    /// The whole report, ending in a newline.
    public static String of(Analysis analysis, boolean color, int width) {
        return of(analysis, Optional.empty(), color, width);
    }

    /// The same, with what the nodes' state says of it.
    public static String of(Analysis analysis, Optional<Judgements> judgements, boolean color, int width) {
        TextReport report = new TextReport(analysis, judgements, new Ink(color), width);
        report.writeVerdict();
        report.writeRead();
        report.writeFindings();
        report.writeFlows();
        return report.lines.toString();
    }

    private void writeVerdict() {
        long errors = count(Severity.ERROR);
        long warnings = count(Severity.WARNING);
        String flows = plural(analysis.flowsTotal(), "flow");
        if (errors + warnings + analysis.flowsTotal() == 0) {
            lines.add(ink.bold("No flow to judge in " + plural(analysis.records(), "record") + "."));
        } else if (errors + warnings == 0) {
            lines.add(ink.good(ink.bold("No fault found in " + flows + ".")));
        } else {
            List<String> counts = new ArrayList<>();
            if (errors > 0) {
                counts.add(ink.severity(Severity.ERROR, plural(errors, "error")));
            }
            if (warnings > 0) {
                counts.add(ink.severity(Severity.WARNING, plural(warnings, "warning")));
            }
            lines.add(ink.bold(String.join(" and ", counts) + " in " + flows + "."));
        }
        lines.blank();
    }

    private long count(Severity severity) {
        return analysis.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    static String plural(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }

    private void entry(String label, String value) {
        lines.entry("", label, LABEL_COLUMN, value);
    }

    private void writeRead() {
        entry(
                "Read",
                plural(analysis.inputs().size(), "capture") + ": " + plural(analysis.records(), "record") + " of "
                        + plural(analysis.distinctPackets(), "packet") + span());
        analysis.inputs().forEach(this::writeInput);
        writeCluster();
        writeClocks();
        entry("Flows", verdicts());
        entries("Proves", Proofs.of(analysis));
        entries("Unproven", Proofs.gapsOf(analysis));
        entries("Limits", analysis.limits());
        lines.blank();
    }

    private void entries(String label, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            entry(i == 0 ? label : "", Escape.text(values.get(i)));
        }
    }

    private String span() {
        List<InputFacts> timed = analysis.inputs().stream()
                .filter(input -> input.firstNanos() <= input.lastNanos())
                .toList();
        if (timed.isEmpty()) {
            return "";
        }
        long first = timed.stream().mapToLong(InputFacts::firstNanos).min().orElse(0);
        long last = timed.stream().mapToLong(InputFacts::lastNanos).max().orElse(0);
        return (last == first ? ", at " : ", " + Times.duration(last - first) + " from ") + Times.seconds(first);
    }

    private void writeInput(InputFacts input) {
        entry(
                "",
                Escape.text(input.file() + ": " + node(input) + plural(input.records(), "record") + points(input)
                        + harm(input)));
        Stream.concat(input.problem().stream(), input.warnings().stream())
                .forEach(warning -> entry("", ink.severity(Severity.WARNING, "! ") + Escape.text(warning)));
    }

    /// A file that tells no node is one itself.
    private static String node(InputFacts input) {
        boolean named = !isOnePoint(input) && !input.node().equals(input.file());
        return named ? "node " + input.node() + ", " : "";
    }

    private static boolean isOnePoint(InputFacts input) {
        return input.capturePoints().equals(List.of(input.node()));
    }

    private static String points(InputFacts input) {
        if (isOnePoint(input) || input.capturePoints().isEmpty()) {
            return "";
        }
        int more = input.capturePoints().size() - MAX_POINTS;
        return " at " + input.capturePoints().stream().limit(MAX_POINTS).collect(Collectors.joining(" "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /// How many of the records are not whole, if any.
    private static String harm(InputFacts input) {
        return count(input.truncatedRecords(), "cut short") + count(input.malformedRecords(), "malformed");
    }

    private static String count(long records, String how) {
        return records == 0 ? "" : String.format(Locale.ROOT, ", %,d %s", records, how);
    }

    private void writeCluster() {
        ClusterCounts counts = analysis.scene().cluster().counts();
        if (!analysis.scene().cluster().isEmpty()) {
            entry(
                    "Cluster",
                    plural(counts.pods(), "pod") + ", " + plural(counts.services(), "service") + ", "
                            + plural(counts.endpoints(), "endpoint") + ", " + plural(counts.nodes(), "node"));
        }
    }

    private void writeClocks() {
        String label = "Clocks";
        for (ClockFacts clock : analysis.clocks()) {
            entry(label, Escape.text(describe(clock)));
            label = "";
        }
    }

    private static String describe(ClockFacts clock) {
        String pairs = ", by " + plural(clock.pairs(), "packet") + " seen on both";
        if (Math.abs(clock.offsetNanos()) <= clock.uncertaintyNanos()) {
            return clock.node() + " and " + clock.relativeTo() + " agree within "
                    + Times.duration(clock.uncertaintyNanos()) + pairs;
        }
        return clock.node() + " is " + Times.duration(Math.abs(clock.offsetNanos()))
                + (clock.offsetNanos() < 0 ? " behind " : " ahead of ") + clock.relativeTo() + " ± "
                + Times.duration(clock.uncertaintyNanos()) + pairs + "; corrected";
    }

    private String verdicts() {
        String listed = Arrays.stream(Verdict.values())
                .filter(verdict -> analysis.verdicts().containsKey(verdict))
                .map(verdict ->
                        String.format(Locale.ROOT, "%,d %s", analysis.verdicts().get(verdict), verdict.label()))
                .collect(Collectors.joining(", "));
        return plural(analysis.flowsTotal(), "flow") + (listed.isEmpty() ? "" : ": " + listed);
    }

    private void writeFindings() {
        List<Finding> findings = analysis.findings();
        for (int i = 0; i < Math.min(findings.size(), MAX_FINDINGS); i++) {
            if (findings.get(i).severity() == Severity.NOTE) {
                writeNote(findings.get(i));
            } else {
                writeFinding(i + 1, findings.get(i));
            }
        }
        int more = findings.size() - MAX_FINDINGS;
        if (more > 0) {
            lines.add(ink.dim("and " + plural(more, "further finding") + "; --format json lists all"));
        }
    }

    private void writeNote(Finding finding) {
        Observation lead = finding.lead();
        String head = ink.severity(Severity.NOTE, "note") + "  " + ink.bold(finding.rule());
        lines.add(head + "  " + Escape.text(lead.place().point().toString()) + flowCount(finding));
        Lines.wrap(
                        Escape.text(capital(lead.claim().title())) + ". "
                                + Escape.text(lead.claim().advice()),
                        width - 6)
                .forEach(line -> lines.add("      " + line));
        lines.blank();
    }

    private static String flowCount(Finding finding) {
        return finding.flowCount() == 0 ? "" : ", " + plural(finding.flowCount(), "flow");
    }

    private void writeFinding(int number, Finding finding) {
        Observation lead = finding.lead();
        String head = number + ". " + finding.severity().label() + ": ";
        List<String> title = Lines.wrap(Escape.text(capital(lead.claim().title())) + ".", width - head.length());
        lines.add(ink.severity(finding.severity(), head) + ink.bold(title.getFirst()));
        title.stream().skip(1).forEach(line -> lines.add(" ".repeat(head.length()) + ink.bold(line)));
        lines.blank();
        detail(
                "rule",
                finding.rule()
                        + (finding.certain() ? "" : " (likely)")
                        + (lead.rule().reference().isEmpty()
                                ? ""
                                : "  " + lead.rule().reference()));
        detail("where", where(lead));
        detail("expected", lead.claim().expected());
        detail("found", lead.claim().actual());
        judgements
                .flatMap(known -> known.citation(finding))
                .ifPresent(citation -> detail("state", citation.text()));
        if (finding.flowCount() > 0) {
            detail("flows", flowIds(finding));
        }
        lines.blank();
        writePath(finding);
        if (!finding.effects().isEmpty()) {
            detail("leads to", effects(finding));
        }
        detail("records", records(finding));
        if (!lead.proof().displayFilter().isEmpty()) {
            detail("Wireshark", lead.proof().displayFilter());
        }
        detail("do", lead.claim().advice());
        lines.blank();
    }

    private void writeFlows() {
        List<FlowReport> listed = mostTelling();
        if (listed.isEmpty()) {
            return;
        }
        boolean all = listed.size() == analysis.flowsTotal();
        lines.add(ink.bold("Flows") + (all ? "" : ", " + listed.size() + " of " + analysis.flowsTotal()));
        lines.blank();
        FlowList.of(listed).forEach(line -> lines.add("   " + line));
        if (analysis.findings().stream().allMatch(finding -> finding.severity() == Severity.NOTE)) {
            writeExample(listed);
        }
    }

    /// Those that errors and warnings name, then those that did not arrive, then the largest.
    private List<FlowReport> mostTelling() {
        Set<Long> named = analysis.findings().stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .flatMap(finding -> finding.flows().stream())
                .collect(Collectors.toSet());
        return analysis.flows().stream()
                .sorted(Comparator.<FlowReport, Boolean>comparing(
                                report -> !named.contains(report.flow().flow().number()))
                        .thenComparing(report -> report.verdict() == Verdict.DELIVERED)
                        .thenComparing(report -> -report.flow().flow().octets()))
                .limit(MAX_FLOWS)
                .toList();
    }

    /// Where nothing is wrong, one path shows what can be seen.
    private void writeExample(List<FlowReport> listed) {
        Comparator<FlowReport> longest = Comparator.comparing(report -> report.flow()
                .mainForward()
                .map(way -> way.path().stages().size())
                .orElse(0));
        listed.stream().max(longest).ifPresent(report -> report.flow()
                .mainForward()
                .filter(TextReport::isWay)
                .ifPresent(way -> {
                    lines.blank();
                    lines.add("   " + ink.dim(report.id() + ", " + Escape.text(describe(report.flow())) + ":"));
                    new PathText(ink, "     ").draw(way.path(), null, "").forEach(lines::add);
                }));
    }

    private void detail(String label, String value) {
        lines.entry("   ", label, FINDING_COLUMN, Escape.text(value));
    }

    private static String capital(String sentence) {
        return sentence.isEmpty() ? sentence : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private static String where(Observation lead) {
        CapturePoint point = lead.place().point();
        String node = point.isNamedAfterNode() ? "" : "node " + point.node() + ", ";
        if (lead.place().lastSeen().isEmpty()) {
            return node + "first seen at " + point.name();
        }
        return node + "last seen at " + point.name()
                + lead.place()
                        .nextExpected()
                        .map(next -> ", next expected at " + next)
                        .orElse("");
    }

    private String flowIds(Finding finding) {
        String ids =
                finding.flows().stream().limit(MAX_FLOW_IDS).map(FlowReport::id).collect(Collectors.joining(" "));
        return finding.flowCount() + " of " + analysis.flowsTotal() + ": " + ids
                + (finding.flowCount() > MAX_FLOW_IDS ? " …" : "");
    }

    private void writePath(Finding finding) {
        Optional<FlowReport> report = finding.flows().stream()
                .flatMap(flow -> Optional.ofNullable(reports.get(flow)).stream())
                .findFirst();
        if (report.isPresent()) {
            writeFlowPath(finding, report.get().flow(), report.get().verdict());
        }
    }

    private void writeFlowPath(Finding finding, FlowCase flow, Verdict verdict) {
        Stage telling = finding.evidence().isEmpty() ? null : finding.evidence().getFirst();
        Optional<Passage> shown = Stream.concat(flow.forward().stream(), flow.reverse().stream())
                .filter(passage -> passage.path().stages().stream().anyMatch(stage -> stage == telling))
                .findFirst()
                .or(flow::mainForward)
                .or(flow::mainReverse);
        if (shown.isEmpty()) {
            return;
        }
        boolean reply = flow.reverse().contains(shown.get());
        lines.add(
                "   " + ink.dim(Escape.text(describe(flow)) + ", " + verdict.label() + (reply ? "; the answer:" : "")));
        if (isWay(shown.get()) || (analysis.points().size() > 1 && !shown.get().isFine())) {
            draw(shown.get(), finding.lead().place(), telling);
            judgements
                    .flatMap(known -> known.judgement(flow, shown.get()))
                    .ifPresent(judgement -> lines.add("     " + ink.dim(Escape.text(JudgementText.line(judgement)))));
        }
        lines.blank();
    }

    /// What was seen at one point only is no way; that it was lost there is worth showing if others might have seen it.
    private static boolean isWay(Passage passage) {
        return passage.path().size() > 1;
    }

    /// The way of a packet, with the place of the fault marked and, where it was lost, its end.
    private void draw(Passage shown, Place place, @Nullable Stage telling) {
        Path path = shown.path();
        PathText drawing = new PathText(ink, "     ");
        Stage marked = place.lastSeen().isPresent() ? null : at(path, place, telling);
        drawing.draw(path, marked, "here").forEach(lines::add);
        boolean endsHere = place.lastSeen().isPresent() && path.last().point().equals(place.point());
        if (endsHere || shown.isLost()) {
            String next = place.nextExpected()
                    .filter(point -> endsHere)
                    .map(point -> ", next expected at " + point)
                    .orElse("");
            String end = end(shown.fate());
            lines.add(drawing.below(path, ink.wrong(end + Escape.text(next))));
        }
    }

    private static String end(Fate fate) {
        return switch (fate) {
            case Fate.Dropped dropped ->
                "✗ dropped: " + Escape.text(dropped.drop().reason());
            case Fate.Delivered delivered -> "✗ no answer seen";
            case Fate.Left left -> "✗ no answer seen";
            case Fate.Merged merged -> "✗ no answer seen";
            case Fate.Lost lost -> "✗ not seen again";
            case Fate.Unknown unknown -> "✗ not seen again";
        };
    }

    /// The stage of `path` at `place`, preferably the one that tells.
    private static @Nullable Stage at(Path path, Place place, @Nullable Stage telling) {
        return telling != null && telling.point().equals(place.point())
                ? telling
                : path.first(stage -> stage.point().equals(place.point())).orElse(telling);
    }

    private static String describe(FlowCase flow) {
        return FlowList.ends(flow) + ", " + IpProtocol.name(flow.flow().protocol());
    }

    private static String effects(Finding finding) {
        return finding.effects().entrySet().stream()
                .map(effect -> effect.getKey() + " ×" + effect.getValue())
                .collect(Collectors.joining(", "));
    }

    private String records(Finding finding) {
        Map<String, List<Long>> byFile = new LinkedHashMap<>();
        finding.evidence().stream().distinct().limit(MAX_RECORDS).forEach(stage -> byFile.computeIfAbsent(
                        analysis.inputs().get(stage.file()).file(), file -> new ArrayList<>())
                .add(stage.record()));
        if (byFile.isEmpty()) {
            return "none";
        }
        return byFile.entrySet().stream()
                .map(entry -> entry.getKey() + " "
                        + entry.getValue().stream()
                                .distinct()
                                .sorted()
                                .map(record -> "#" + record)
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(", "));
    }
}

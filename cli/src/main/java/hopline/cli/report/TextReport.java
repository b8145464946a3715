package hopline.cli.report;

import hopline.capture.CapturePoint;
import hopline.decode.IpProtocol;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.Coincidence;
import hopline.flows.analysis.FlowReport;
import hopline.flows.expect.Judgements;
import hopline.flows.path.Passage;
import hopline.flows.path.Path;
import hopline.flows.path.RuleNames;
import hopline.flows.rule.Finding;
import hopline.flows.rule.Observation;
import hopline.flows.rule.Severity;
import hopline.flows.rule.Verdict;
import hopline.flows.scene.FlowCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The analysis as text: the verdict first, then what was read and what it can prove, then the findings, the most
/// serious first, each fit to be pasted into a chat.
public final class TextReport {

    private static final int LABEL_COLUMN = 10;
    private static final int FINDING_COLUMN = 14;
    private static final int MAX_FINDINGS = 25;
    private static final int MAX_FLOWS = 10;
    private static final int MAX_FLOW_IDS = 12;
    private static final int MAX_RECORDS = 8;
    private static final int MAX_EXAMPLES = 2;

    private final Analysis analysis;
    private final Optional<Judgements> judgements;
    private final Ink ink;
    private final int width;
    private final Lines lines;

    /// Those that findings name.
    private final Map<Long, FlowReport> reports = new HashMap<>();

    private TextReport(Analysis analysis, Optional<Judgements> judgements, Ink ink, int width) {
        this.analysis = analysis;
        this.judgements = judgements;
        this.ink = ink;
        this.width = width;
        this.lines = new Lines(width);
        for (FlowReport report : analysis.flows()) {
            if (!report.findings().isEmpty()) {
                reports.put(report.flow().flow().number(), report);
            }
        }
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
        Headline headline = Headline.of(analysis);
        lines.add(headline.isGood() ? ink.good(ink.bold(headline.text())) : ink.bold(verdict(headline)));
        lines.blank();
    }

    private String verdict(Headline headline) {
        return headline.counts().stream()
                        .map(count -> ink.severity(count.severity(), plural(count.findings(), count.noun())))
                        .collect(Collectors.joining(" and "))
                + headline.rest();
    }

    static String plural(long count, String noun) {
        return Numerals.grouped(count) + " " + noun + (count == 1 ? "" : "s");
    }

    private void writeRead() {
        String before = "";
        for (Basis.Fact fact : Basis.of(analysis)) {
            String text = Escape.text(fact.text());
            lines.entry(
                    "",
                    fact.label().equals(before) ? "" : fact.label(),
                    LABEL_COLUMN,
                    fact.isWarning() ? ink.severity(Severity.WARNING, "! ") + text : text);
            before = fact.label();
        }
        lines.blank();
    }

    private void writeFindings() {
        List<Finding> findings = analysis.findings();
        FairShare share = FairShare.of(findings.stream().map(Finding::rule).toList(), MAX_FINDINGS);
        for (int place : share.places()) {
            if (findings.get(place).severity() == Severity.NOTE) {
                writeNote(findings.get(place));
            } else {
                writeFinding(place + 1, findings.get(place));
            }
        }
        if (!share.rest().isEmpty()) {
            Lines.wrap(share.further(), width).forEach(line -> lines.add(ink.dim(line)));
            lines.blank();
        }
    }

    private void writeNote(Finding finding) {
        Observation lead = finding.lead();
        String head = ink.severity(Severity.NOTE, "note") + "  " + ink.bold(finding.rule());
        lines.add(head + "  " + Escape.text(where(lead)) + flowCount(finding));
        Lines.wrap(
                        Escape.text(capital(lead.claim().title())) + ". "
                                + Escape.text(lead.claim().advice()),
                        width - 6)
                .forEach(line -> lines.add("      " + line));
        lines.blank();
    }

    private static String where(Observation note) {
        return note.place()
                .point()
                .filter(point -> !note.isOfCaptures())
                .map(CapturePoint::toString)
                .orElse(note.place().node());
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
        detail("where", FindingWay.where(lead));
        detail("expected", lead.claim().expected());
        detail("found", lead.claim().actual());
        judgements.flatMap(known -> known.citation(finding)).ifPresent(citation -> detail("state", citation.text()));
        if (finding.flowCount() > 0) {
            detail("flows", flowIds(finding));
        }
        lines.blank();
        writePath(finding);
        if (!finding.effects().isEmpty()) {
            detail("leads to", effects(finding));
        }
        writeCoincidences(finding);
        detail("records", records(finding));
        if (!lead.proof().displayFilter().isEmpty()) {
            detail("Wireshark", lead.proof().displayFilter());
        }
        detail("do", lead.claim().advice());
        lines.blank();
    }

    private void writeCoincidences(Finding finding) {
        String label = "meanwhile";
        for (Coincidence event : analysis.coincidences(finding)) {
            detail(label, EventText.of(event, finding));
            label = "";
        }
    }

    private void writeFlows() {
        List<FlowReport> listed = mostTelling();
        if (listed.isEmpty()) {
            return;
        }
        boolean all = listed.size() == analysis.flowsTotal();
        lines.add(ink.bold("Flows")
                + (all
                        ? ""
                        : ", " + Numerals.grouped(listed.size()) + " of " + Numerals.grouped(analysis.flowsTotal())));
        lines.blank();
        FlowList.of(listed).forEach(line -> lines.add("   " + line));
        if (analysis.findings().stream().allMatch(finding -> finding.severity() == Severity.NOTE)) {
            writeExample(listed);
        } else {
            writeRules(listed);
        }
    }

    /// Of the flows that arrived, the ways whose rules the system named.
    private void writeRules(List<FlowReport> listed) {
        listed.stream()
                .filter(report -> report.verdict() == Verdict.DELIVERED)
                .filter(report -> Stream.of(
                                report.flow().mainForward(), report.flow().mainReverse())
                        .flatMap(Optional::stream)
                        .anyMatch(this::hasRules))
                .limit(MAX_EXAMPLES)
                .forEach(this::writeWay);
    }

    private boolean hasRules(Passage way) {
        RuleNames names = analysis.scene().events()::by;
        return way.path().hops(names).stream().flatMap(hop -> hop.by().stream()).anyMatch(Optional::isPresent);
    }

    /// Those that errors and warnings name, then those that did not arrive, then the largest.
    private List<FlowReport> mostTelling() {
        Set<Long> named = analysis.findings().stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .flatMap(finding -> finding.flows().stream())
                .collect(Collectors.toSet());
        return analysis.flows().stream()
                .sorted((a, b) -> byTelling(a, b, named))
                .limit(MAX_FLOWS)
                .toList();
    }

    private static int byTelling(FlowReport a, FlowReport b, Set<Long> named) {
        int order = Boolean.compare(
                named.contains(b.flow().flow().number()),
                named.contains(a.flow().flow().number()));
        order = order != 0
                ? order
                : Boolean.compare(a.verdict() == Verdict.DELIVERED, b.verdict() == Verdict.DELIVERED);
        return order != 0
                ? order
                : Long.compare(b.flow().flow().octets(), a.flow().flow().octets());
    }

    /// Where nothing is wrong, one path shows what can be seen.
    private void writeExample(List<FlowReport> listed) {
        listed.stream()
                .max((a, b) -> Integer.compare(stagesOut(a), stagesOut(b)))
                .ifPresent(this::writeWay);
    }

    private static int stagesOut(FlowReport report) {
        return report.flow()
                .mainForward()
                .map(way -> way.path().stages().size())
                .orElse(0);
    }

    private void writeWay(FlowReport report) {
        report.flow().mainForward().filter(TextReport::isWay).ifPresent(way -> {
            lines.blank();
            lines.add("   " + ink.dim(report.id() + ", " + Escape.text(describe(report.flow())) + ":"));
            drawing().draw(way.path(), null, "").forEach(lines::add);
            writeAnswer(report);
        });
    }

    /// The way back, where the system named the rules that undo what was done on the way out.
    private void writeAnswer(FlowReport report) {
        report.flow()
                .mainReverse()
                .filter(TextReport::isWay)
                .filter(this::hasRules)
                .ifPresent(way -> {
                    lines.add("     " + ink.dim("the answer:"));
                    drawing().draw(way.path(), null, "").forEach(lines::add);
                });
    }

    private void detail(String label, String value) {
        lines.entry("   ", label, FINDING_COLUMN, Escape.text(value));
    }

    static String capital(String sentence) {
        return sentence.isEmpty() ? sentence : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private String flowIds(Finding finding) {
        String ids =
                finding.flows().stream().limit(MAX_FLOW_IDS).map(FlowReport::id).collect(Collectors.joining(" "));
        return Numerals.grouped(finding.flowCount()) + " of " + Numerals.grouped(analysis.flowsTotal()) + ": " + ids
                + (finding.flowCount() > MAX_FLOW_IDS ? " …" : "");
    }

    private void writePath(Finding finding) {
        finding.flows().stream()
                .flatMap(flow -> Optional.ofNullable(reports.get(flow)).stream())
                .findFirst()
                .flatMap(report -> FindingWay.of(finding, report))
                .ifPresent(this::writeWay);
    }

    private void writeWay(FindingWay way) {
        Passage shown = way.passage();
        boolean drawn = isWay(shown) || (analysis.points().size() > 1 && !shown.isFine());
        lines.add("   "
                + ink.dim(Escape.text(describe(way.flow().flow())) + ", "
                        + way.flow().verdict().label() + (drawn && way.reply() ? "; the answer:" : "")));
        if (drawn) {
            draw(way);
            if (!way.reply()) {
                writeAnswer(way.flow());
            }
            judgements
                    .flatMap(known -> known.judgement(way.flow().flow(), shown))
                    .ifPresent(judgement -> lines.add("     " + ink.dim(Escape.text(JudgementText.line(judgement)))));
        }
        lines.blank();
    }

    /// What was seen at one point only is no way; that it was lost there is worth showing if others might have seen it.
    private static boolean isWay(Passage passage) {
        return passage.path().size() > 1;
    }

    /// The way of a packet, with the place of the fault marked and, where it was lost, its end.
    private void draw(FindingWay way) {
        Path path = way.passage().path();
        PathText drawing = drawing();
        drawing.draw(path, way.marked().orElse(null), "here").forEach(lines::add);
        way.end().ifPresent(end -> {
            String next = way.next().map(point -> ", next expected at " + point).orElse("");
            lines.add(drawing.below(path, ink.wrong("✗ " + Escape.text(end + next))));
        });
    }

    private PathText drawing() {
        return new PathText(ink, "     ").withRules(analysis.scene().events()::by);
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

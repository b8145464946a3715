package hopline.cli.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.capture.CapturePoint;
import hopline.cli.evidence.FlowPackets;
import hopline.cli.report.Basis;
import hopline.cli.report.EventText;
import hopline.cli.report.FindingWay;
import hopline.cli.report.Headline;
import hopline.cli.report.HopJson;
import hopline.cli.report.JsonReport;
import hopline.cli.report.WalkJson;
import hopline.flows.Flow;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.Coincidence;
import hopline.flows.analysis.FlowReport;
import hopline.flows.expect.Judgement;
import hopline.flows.path.Fate;
import hopline.flows.path.Hop;
import hopline.flows.path.Passage;
import hopline.flows.path.Path;
import hopline.flows.path.PointRole;
import hopline.flows.rule.Finding;
import hopline.flows.rule.Rules;
import hopline.flows.rule.Verdict;
import hopline.flows.scene.FlowCase;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the page shows beside the analysis's JSON: sentences for people, how ways end, where packets are found.
final class PageView {

    private final Contents contents;
    private final Analysis analysis;
    private final PacketPages pages;
    private final JsonGenerator json;
    private final HopJson hops;

    private PageView(Contents contents, PacketPages pages, JsonGenerator json) {
        this.contents = contents;
        this.analysis = contents.analysis();
        this.pages = pages;
        this.json = json;
        this.hops = new HopJson(json, HopJson.files(analysis));
    }

    /// Writes it as one object to `out`.
    static void write(Contents contents, PacketPages pages, OutputStream out) throws IOException {
        try (JsonGenerator json = JsonReport.compactGenerator(out)) {
            json.writeStartObject();
            PageView view = new PageView(contents, pages, json);
            view.writeHeadline();
            view.writeBasis();
            view.writePoints();
            view.writeFindings();
            view.writeFlows();
            view.writeRules();
            json.writeEndObject();
        }
    }

    private void writeHeadline() throws IOException {
        Headline headline = Headline.of(analysis);
        json.writeStringField("headline", headline.text());
        json.writeStringField("tone", tone(headline));
        json.writeObjectFieldStart("verdicts");
        for (Map.Entry<Verdict, Long> verdict : new TreeMap<>(analysis.verdicts()).entrySet()) {
            json.writeNumberField(verdict.getKey().label(), verdict.getValue());
        }
        json.writeEndObject();
    }

    /// `error`, `warning`, `good` or `unknown`.
    static String tone(Headline headline) {
        if (headline.counts().isEmpty()) {
            return headline.isGood() ? "good" : "unknown";
        }
        return headline.counts().getFirst().severity().label();
    }

    private void writeBasis() throws IOException {
        json.writeArrayFieldStart("basis");
        for (Basis.Fact fact : Basis.of(analysis)) {
            json.writeStartObject();
            json.writeStringField("label", fact.label());
            json.writeStringField("text", fact.text());
            json.writeBooleanField("warning", fact.isWarning());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writePoints() throws IOException {
        json.writeArrayFieldStart("points");
        for (CapturePoint point : analysis.points()) {
            PointRole role = PointRole.of(point);
            json.writeStartObject();
            writePoint(point);
            json.writeStringField("role", role.label());
            json.writeStringField("meaning", role.meaning());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writePoint(CapturePoint point) throws IOException {
        json.writeStringField("node", point.node());
        json.writeStringField("point", point.name());
    }

    private void writeFindings() throws IOException {
        Map<Long, FlowReport> reports = new HashMap<>();
        analysis.flows().forEach(report -> reports.put(report.flow().flow().number(), report));
        json.writeObjectFieldStart("findings");
        for (Finding finding : analysis.findings()) {
            json.writeObjectFieldStart(finding.id());
            json.writeStringField("where", FindingWay.where(finding.lead()));
            writeMeanwhile(finding);
            Optional<FlowReport> flow = finding.flows().stream()
                    .map(reports::get)
                    .filter(report -> report != null)
                    .findFirst();
            Optional<FindingWay> way = flow.flatMap(report -> FindingWay.of(finding, report));
            if (way.isPresent()) {
                writeWay(way.get());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void writeMeanwhile(Finding finding) throws IOException {
        List<Coincidence> events = analysis.coincidences(finding);
        if (events.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("meanwhile");
        for (Coincidence event : events) {
            json.writeString(EventText.of(event, finding));
        }
        json.writeEndArray();
    }

    private void writeWay(FindingWay way) throws IOException {
        json.writeObjectFieldStart("way");
        json.writeStringField("flow", way.flow().id());
        json.writeStringField("direction", way.reply() ? "reverse" : "forward");
        Path path = way.passage().path();
        if (way.marked().isPresent()) {
            json.writeNumberField("marked", path.stages().indexOf(way.marked().get()));
        }
        writeEnd(way.end(), way.next());
        writeHops(path);
        json.writeEndObject();
    }

    private void writeEnd(Optional<String> end, Optional<CapturePoint> next) throws IOException {
        if (end.isPresent()) {
            json.writeStringField("end", end.get());
        }
        if (next.isPresent()) {
            json.writeObjectFieldStart("next");
            writePoint(next.get());
            json.writeEndObject();
        }
    }

    private void writeHops(Path path) throws IOException {
        json.writeArrayFieldStart("hops");
        for (Hop hop : path.hops(analysis.scene().events()::by)) {
            hops.write(hop, path.first().epochNanos());
        }
        json.writeEndArray();
    }

    private void writeFlows() throws IOException {
        json.writeObjectFieldStart("flows");
        for (FlowReport report : analysis.flows()) {
            json.writeObjectFieldStart(report.id());
            writeFate("forward", report.flow().mainForward());
            writeFate("reverse", report.flow().mainReverse());
            writeOtherWays(report.flow());
            writeWalks(report);
            writePackets(report);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void writeFate(String direction, Optional<Passage> passage) throws IOException {
        if (passage.isPresent()) {
            json.writeObjectFieldStart(direction);
            json.writeNumberField("packets", passage.get().route().packets());
            writeFate(passage.get().fate());
            json.writeEndObject();
        }
    }

    private void writeFate(Fate fate) throws IOException {
        String fine = FindingWay.goodEnd(fate);
        if (!fine.isEmpty()) {
            json.writeStringField("fine", fine);
            return;
        }
        json.writeBooleanField("lost", fate.isLost());
        Optional<CapturePoint> next = fate instanceof Fate.Lost lost ? lost.nextExpected() : Optional.empty();
        writeEnd(Optional.of(FindingWay.end(fate)), next);
    }

    /// The ways that the state leads packets of a flow that is shown in full.
    private void writeWalks(FlowReport report) throws IOException {
        if (contents.judgements().isEmpty() || !contents.packets().containsKey(report.id())) {
            return;
        }
        json.writeObjectFieldStart("walks");
        writeWalk("forward", report.flow(), report.flow().mainForward());
        writeWalk("reverse", report.flow(), report.flow().mainReverse());
        json.writeEndObject();
    }

    private void writeWalk(String direction, FlowCase flow, Optional<Passage> passage) throws IOException {
        Optional<Judgement> judgement =
                contents.judgements().flatMap(known -> passage.flatMap(way -> known.judgement(flow, way)));
        if (judgement.isPresent()) {
            json.writeFieldName(direction);
            WalkJson.walk(json, judgement.get().walk());
        }
    }

    /// Ways beside the main ones on which packets were lost.
    private void writeOtherWays(FlowCase flow) throws IOException {
        List<Passage> main = java.util.stream.Stream.concat(flow.mainForward().stream(), flow.mainReverse().stream())
                .toList();
        List<Passage> others = java.util.stream.Stream.concat(flow.forward().stream(), flow.reverse().stream())
                .filter(passage -> passage.isLost() && !main.contains(passage))
                .limit(4)
                .toList();
        if (others.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("others");
        for (Passage other : others) {
            json.writeStartObject();
            json.writeStringField("direction", flow.reverse().contains(other) ? "reverse" : "forward");
            json.writeNumberField("packets", other.route().packets());
            writeFate(other.fate());
            writeHops(other.path());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writePackets(FlowReport report) throws IOException {
        int page = pages.pageOf(report.id());
        FlowPackets packets = contents.packets().get(report.id());
        if (page >= 0 && packets != null) {
            json.writeNumberField("page", page);
            json.writeNumberField("omitted", packets.omitted());
        }
        Flow flow = report.flow().flow();
        long elsewhere = flow.forward().onOtherRoutes() + flow.reverse().onOtherRoutes();
        if (elsewhere > 0) {
            json.writeNumberField("elsewhere", elsewhere);
        }
    }

    /// The pages of the rules that found something.
    private void writeRules() throws IOException {
        Map<String, String> explained = new TreeMap<>();
        for (Finding finding : analysis.findings()) {
            explained.computeIfAbsent(
                    finding.rule(), rule -> Rules.page(finding.lead().rule()));
        }
        json.writeObjectFieldStart("rules");
        for (Map.Entry<String, String> rule : explained.entrySet()) {
            json.writeStringField(rule.getKey(), rule.getValue());
        }
        json.writeEndObject();
    }
}

package hopline.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.capture.CapturePoint;
import hopline.capture.event.Action;
import hopline.capture.event.EventLayout;
import hopline.decode.stage.Stage;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.ClockFacts;
import hopline.flows.analysis.Coincidence;
import hopline.flows.analysis.FlowReport;
import hopline.flows.analysis.InputFacts;
import hopline.flows.event.Churn;
import hopline.flows.event.EventLog;
import hopline.flows.expect.Citation;
import hopline.flows.expect.Judgements;
import hopline.flows.expect.RuleRef;
import hopline.flows.rule.Finding;
import hopline.flows.rule.Observation;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The analysis as JSON, schema version 1. Arrays stand in a stable order, times are RFC 3339 with nanoseconds, what is
/// absent is unknown.
public final class JsonReport {

    private static final int SCHEMA_VERSION = 1;

    private final Analysis analysis;
    private final Optional<Judgements> judgements;
    private final JsonGenerator json;
    private final HopJson hops;

    private JsonReport(Analysis analysis, Optional<Judgements> judgements, JsonGenerator json) {
        this.analysis = analysis;
        this.judgements = judgements;
        this.json = json;
        this.hops = new HopJson(json, HopJson.files(analysis));
    }

    /// Writes `analysis` to `out`, which stays open.
    public static void write(Analysis analysis, String version, OutputStream out) throws IOException {
        write(analysis, Optional.empty(), version, out);
    }

    /// The same, with what the nodes' state says of it.
    public static void write(Analysis analysis, Optional<Judgements> judgements, String version, OutputStream out)
            throws IOException {
        try (JsonGenerator json = generator(out)) {
            new JsonReport(analysis, judgements, json).write(version);
            json.writeRaw('\n');
        }
    }

    /// The same without white space.
    public static void writeCompact(
            Analysis analysis, Optional<Judgements> judgements, String version, OutputStream out) throws IOException {
        try (JsonGenerator json = compactGenerator(out)) {
            new JsonReport(analysis, judgements, json).write(version);
        }
    }

    /// Writes JSON without white space to `out`, which stays open.
    public static JsonGenerator compactGenerator(OutputStream out) throws IOException {
        return InertJson.factory().createGenerator(out);
    }

    /// Writes JSON for people to read to `out`, which stays open.
    public static JsonGenerator generator(OutputStream out) throws IOException {
        return InertJson.factory().createGenerator(out).setPrettyPrinter(new JsonLayout());
    }

    /// Begins a document of ours: an object that says in which form it is.
    public static void begin(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schemaVersion", SCHEMA_VERSION);
    }

    /// Which version of Hopline wrote it.
    public static void writeTool(JsonGenerator json, String version) throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeStringField("name", "hopline");
        json.writeStringField("version", version);
        json.writeEndObject();
    }

    private void write(String version) throws IOException {
        begin(json);
        writeTool(json, version);
        writeInputs();
        writeClocks();
        json.writeObjectFieldStart("packets");
        json.writeNumberField("records", analysis.records());
        json.writeNumberField("distinct", analysis.distinctPackets());
        json.writeEndObject();
        json.writeNumberField("flowsTotal", analysis.flowsTotal());
        json.writeNumberField(
                "flowsOmitted", analysis.flowsTotal() - analysis.flows().size());
        writeFlows();
        writeFindings();
        writeEvents();
        json.writeArrayFieldStart("limits");
        for (String limit : analysis.limits()) {
            json.writeString(limit);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeInputs() throws IOException {
        json.writeArrayFieldStart("inputs");
        for (InputFacts input : analysis.inputs()) {
            json.writeStartObject();
            json.writeStringField("file", input.file());
            if (input.format().isPresent()) {
                json.writeStringField("format", input.format().get());
            }
            json.writeStringField("node", input.node());
            json.writeNumberField("records", input.records());
            json.writeNumberField("octets", input.octets());
            if (input.firstNanos() <= input.lastNanos()) {
                json.writeStringField("first", Times.rfc3339(input.firstNanos()));
                json.writeStringField("last", Times.rfc3339(input.lastNanos()));
            }
            writeStrings("capturePoints", input.capturePoints());
            json.writeNumberField("truncatedRecords", input.truncatedRecords());
            json.writeNumberField("malformedRecords", input.malformedRecords());
            json.writeNumberField("lostEvents", input.lostRecords());
            if (input.problem().isPresent()) {
                json.writeStringField("problem", input.problem().get());
            }
            List<String> warnings = new ArrayList<>(input.warnings());
            input.problem().ifPresent(warnings::addFirst);
            writeStrings("warnings", warnings);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeStrings(String field, List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private void writeClocks() throws IOException {
        json.writeArrayFieldStart("clocks");
        for (ClockFacts clock : analysis.clocks()) {
            json.writeStartObject();
            json.writeStringField("node", clock.node());
            json.writeStringField("relativeTo", clock.relativeTo());
            json.writeNumberField("offsetNanos", clock.offsetNanos());
            json.writeNumberField("uncertaintyNanos", clock.uncertaintyNanos());
            json.writeNumberField("pairs", clock.pairs());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeFlows() throws IOException {
        json.writeArrayFieldStart("flows");
        if (judgements.isPresent()) { // which make up their minds when they are asked
            FlowJson flows = flowJson(json);
            for (FlowReport report : analysis.flows()) {
                flows.write(report);
            }
        } else {
            StreamPieces<FlowReport> pieces =
                    new StreamPieces<>(JsonStream.within(json), piece -> flowJson(piece.json())::write);
            for (FlowReport report : analysis.flows()) {
                pieces.add(report);
            }
            pieces.end();
        }
        json.writeEndArray();
    }

    private FlowJson flowJson(JsonGenerator json) {
        return new FlowJson(
                json,
                new HopJson(json, HopJson.files(analysis)),
                analysis.scene().events()::by,
                judgements);
    }

    private void writeFindings() throws IOException {
        json.writeArrayFieldStart("findings");
        for (Finding finding : analysis.findings()) {
            writeFinding(finding);
        }
        json.writeEndArray();
    }

    private void writeFinding(Finding finding) throws IOException {
        Observation lead = finding.lead();
        json.writeStartObject();
        json.writeStringField("id", finding.id());
        json.writeStringField("rule", finding.rule());
        json.writeStringField("severity", finding.severity().label());
        json.writeStringField("title", lead.claim().title());
        writeStrings("flows", finding.flows().stream().map(FlowReport::id).toList());
        json.writeNumberField("flowCount", finding.flowCount());
        writeCount(finding);
        json.writeStringField("first", Times.rfc3339(finding.firstNanos()));
        json.writeStringField("last", Times.rfc3339(finding.lastNanos()));
        json.writeStringField("node", lead.place().node());
        if (lead.place().point().isPresent()) {
            json.writeStringField("point", lead.place().point().get().name());
        }
        writePlace("lastSeen", lead.place().lastSeen());
        writePlace("nextExpected", lead.place().nextExpected());
        json.writeArrayFieldStart("effects");
        for (Map.Entry<String, Long> effect : finding.effects().entrySet()) {
            json.writeStartObject();
            json.writeStringField("rule", effect.getKey());
            json.writeNumberField("count", effect.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("expected", lead.claim().expected());
        json.writeStringField("actual", lead.claim().actual());
        json.writeStringField("confidence", finding.certain() ? "certain" : "likely");
        json.writeStringField("advice", lead.claim().advice());
        json.writeStringField("displayFilter", lead.proof().displayFilter());
        json.writeArrayFieldStart("evidence");
        for (Stage stage : finding.evidence()) {
            json.writeStartObject();
            hops.writeRecord(stage);
            json.writeEndObject();
        }
        json.writeEndArray();
        writeCitation(finding);
        writeCoincidences(finding);
        if (!lead.rule().reference().isEmpty()) {
            json.writeStringField("reference", lead.rule().reference());
        }
        json.writeEndObject();
    }

    /// Captures as a whole have records, of which nobody knows how many packets they are.
    private void writeCount(Finding finding) throws IOException {
        boolean ofCaptures = finding.lead().isOfCaptures();
        json.writeNumberField("packets", ofCaptures ? 0 : finding.packets());
        if (ofCaptures && finding.packets() > 0) {
            json.writeNumberField("records", finding.packets());
        }
    }

    private void writeCitation(Finding finding) throws IOException {
        Optional<Citation> citation = judgements.flatMap(known -> known.citation(finding));
        if (citation.isPresent()) {
            json.writeObjectFieldStart("state");
            json.writeStringField("text", citation.get().text());
            json.writeArrayFieldStart("rules");
            for (RuleRef rule : citation.get().rules()) {
                WalkJson.rule(json, rule);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    /// Only where there are some: most findings have none.
    private void writeCoincidences(Finding finding) throws IOException {
        List<Coincidence> events = analysis.coincidences(finding);
        if (events.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("events");
        for (Coincidence event : events) {
            json.writeStartObject();
            json.writeStringField("time", Times.rfc3339(event.happening().epochNanos()));
            json.writeStringField("provider", event.happening().event().provider());
            json.writeNumberField("id", event.happening().event().id());
            json.writeStringField("text", event.happening().text());
            json.writeStringField(
                    "layout", event.happening().event().layout().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("beforeNanos", event.beforeNanos());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// What the systems logged beside packets: how much, by what it was read, and what came and went.
    private void writeEvents() throws IOException {
        EventLog events = analysis.scene().events();
        if (events.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("events");
        json.writeObjectFieldStart("layouts");
        for (Map.Entry<EventLayout, Long> layout : events.layouts().entrySet()) {
            json.writeNumberField(layout.getKey().name().toLowerCase(Locale.ROOT), layout.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("churn");
        for (Churn.Line line : events.churn().lines()) {
            json.writeStartObject();
            json.writeStringField("node", line.node());
            json.writeStringField("provider", line.provider());
            json.writeStringField("kind", line.kind());
            for (Map.Entry<Action, Long> times : line.times().entrySet()) {
                json.writeNumberField(times.getKey().name().toLowerCase(Locale.ROOT), times.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writePlace(String field, Optional<CapturePoint> place) throws IOException {
        if (place.isPresent()) {
            json.writeObjectFieldStart(field);
            json.writeStringField("node", place.get().node());
            json.writeStringField("point", place.get().name());
            json.writeEndObject();
        }
    }
}

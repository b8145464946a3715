package hopline.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.flows.expect.Doubt;
import hopline.flows.expect.Expectation;
import hopline.flows.expect.Headers;
import hopline.flows.expect.RuleRef;
import hopline.flows.expect.Step;
import hopline.flows.expect.Tunnel;
import hopline.flows.expect.Walk;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Expected walks as JSON, schema version 1. What is absent is unknown.
public final class WalkJson {

    private final JsonGenerator json;

    private WalkJson(JsonGenerator json) {
        this.json = json;
    }

    /// Writes to `out`, which stays open.
    public static void write(
            Expectation expectation, List<Optional<Expectation>> answers, String version, OutputStream out)
            throws IOException {
        try (JsonGenerator json = JsonReport.generator(out)) {
            WalkJson writer = new WalkJson(json);
            JsonReport.begin(json);
            JsonReport.writeTool(json, version);
            writer.expectation(expectation);
            if (!answers.isEmpty()) {
                writer.answers(answers);
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private void answers(List<Optional<Expectation>> answers) throws IOException {
        json.writeArrayFieldStart("answers");
        for (int i = 0; i < answers.size(); i++) {
            json.writeStartObject();
            json.writeNumberField("toWalk", i + 1);
            if (answers.get(i).isPresent()) {
                expectation(answers.get(i).get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void expectation(Expectation expectation) throws IOException {
        headers("packet", expectation.packet());
        json.writeNumberField("walksOmitted", expectation.omitted());
        json.writeArrayFieldStart("walks");
        for (Walk walk : expectation.walks()) {
            walk(walk);
        }
        json.writeEndArray();
    }

    /// One walk, an object.
    public static void walk(JsonGenerator json, Walk walk) throws IOException {
        new WalkJson(json).walk(walk);
    }

    private void walk(Walk walk) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("choices");
        for (String choice : walk.choices()) {
            json.writeString(choice);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("steps");
        for (Step step : walk.steps()) {
            step(step);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("outcome");
        json.writeStringField("kind", walk.outcome().kind());
        json.writeStringField("text", walk.outcome().text());
        json.writeEndObject();
        json.writeArrayFieldStart("open");
        for (Doubt doubt : walk.doubts()) {
            json.writeStartObject();
            json.writeStringField("what", doubt.what());
            json.writeStringField("settledBy", doubt.settledBy());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void step(Step step) throws IOException {
        json.writeStartObject();
        text("node", step.place().node());
        json.writeStringField("point", step.place().point());
        json.writeStringField(
                "kind", step.place().kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.writeStringField("layer", step.layer());
        json.writeNumberField("rulesConsidered", step.considered());
        if (step.rule().isPresent()) {
            json.writeFieldName("rule");
            rule(step.rule().get());
        }
        json.writeArrayFieldStart("matching");
        for (RuleRef candidate : step.candidates()) {
            rule(candidate);
        }
        json.writeEndArray();
        json.writeStringField("action", step.action().kind());
        json.writeStringField("actionText", step.action().text());
        headers("after", step.after());
        text("note", step.note());
        json.writeEndObject();
    }

    private void rule(RuleRef rule) throws IOException {
        rule(json, rule);
    }

    /// A rule with its file and line, an object.
    static void rule(JsonGenerator json, RuleRef rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", rule.kind());
        json.writeStringField("name", rule.name());
        if (rule.source().isPresent()) {
            json.writeStringField("file", rule.source().get().file());
            json.writeNumberField("line", rule.source().get().line());
        }
        json.writeEndObject();
    }

    private void headers(String name, Headers headers) throws IOException {
        headers(json, name, headers);
    }

    /// The headers of an expected packet, a field that is an object.
    static void headers(JsonGenerator json, String name, Headers headers) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("protocol", hopline.decode.IpProtocol.name(headers.protocol()));
        json.writeStringField("source", headers.source().toString());
        json.writeStringField("destination", headers.destination().toString());
        mac(json, "sourceMac", headers.sourceMac());
        mac(json, "destinationMac", headers.destinationMac());
        json.writeNumberField("timeToLive", headers.timeToLive());
        if (headers.tunnel().isPresent()) {
            tunnel(json, headers.tunnel().get());
        }
        json.writeEndObject();
    }

    private static void tunnel(JsonGenerator json, Tunnel tunnel) throws IOException {
        json.writeObjectFieldStart("outer");
        json.writeStringField("protocol", "VXLAN");
        if (tunnel.vni() >= 0) {
            json.writeNumberField("vni", tunnel.vni());
        }
        json.writeStringField("source", tunnel.source().toString());
        json.writeStringField("destination", tunnel.destination().toString());
        json.writeNumberField("port", tunnel.port());
        json.writeEndObject();
    }

    private static void mac(JsonGenerator json, String name, long mac) throws IOException {
        if (mac != Headers.UNKNOWN_MAC) {
            json.writeStringField(name, hopline.decode.MacAddress.text(mac));
        }
    }

    private void text(String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }
}

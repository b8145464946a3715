package hopline.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.flows.expect.Doubt;
import hopline.flows.expect.Judgement;
import hopline.flows.expect.Judgement.Difference;
import hopline.flows.expect.Step;
import java.io.IOException;
import java.util.Optional;

/// What the state says of a passage as JSON: the ruling, for each hop the step that explains it, and where state and
/// capture part.
final class JudgementJson {

    private JudgementJson() {}

    static void write(JsonGenerator json, String field, Judgement judgement) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("ruling", judgement.ruling().label());
        json.writeStringField("outcome", judgement.walk().outcome().text());
        json.writeArrayFieldStart("hops");
        for (Optional<Step> step : judgement.hops()) {
            hop(json, step);
        }
        json.writeEndArray();
        if (judgement.difference().isPresent()) {
            difference(json, judgement.difference().get());
        }
        json.writeArrayFieldStart("open");
        for (Doubt doubt : judgement.walk().doubts()) {
            json.writeStartObject();
            json.writeStringField("what", doubt.what());
            json.writeStringField("settledBy", doubt.settledBy());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void difference(JsonGenerator json, Difference difference) throws IOException {
        json.writeObjectFieldStart("difference");
        json.writeNumberField("hop", difference.stage());
        if (difference.expected().isPresent()) {
            json.writeFieldName("expected");
            hop(json, difference.expected());
        }
        json.writeEndObject();
    }

    private static void hop(JsonGenerator json, Optional<Step> step) throws IOException {
        json.writeStartObject();
        if (step.isPresent()) {
            json.writeStringField("node", step.get().place().node());
            json.writeStringField("point", step.get().place().point());
            json.writeStringField("layer", step.get().layer());
            json.writeStringField("action", step.get().action().text());
            WalkJson.headers(json, "after", step.get().after());
            if (step.get().rule().isPresent()) {
                json.writeFieldName("rule");
                WalkJson.rule(json, step.get().rule().get());
            }
        }
        json.writeEndObject();
    }
}

package hopline.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.capture.event.VfpRule;
import hopline.decode.MacAddress;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Rewrite;
import hopline.decode.stage.Rewrite.DestinationNat;
import hopline.decode.stage.Rewrite.SourceNat;
import hopline.decode.stage.Rewrite.TtlRewrite;
import hopline.decode.stage.Rewrite.VlanRewrite;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StageDetail;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.InputFacts;
import hopline.flows.expect.RuleRef;
import hopline.flows.expect.Step;
import hopline.flows.path.Hop;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Hops of a path as JSON.
public final class HopJson {

    private final JsonGenerator json;
    private final List<String> files;

    /// Writes to `json`; `files` are the names of the inputs in their order.
    public HopJson(JsonGenerator json, List<String> files) {
        this.json = json;
        this.files = files;
    }

    /// The names of the inputs in their order.
    public static List<String> files(Analysis analysis) {
        return analysis.inputs().stream().map(InputFacts::file).toList();
    }

    /// One hop of a path that began at `startNanos`.
    public void write(Hop hop, long startNanos) throws IOException {
        json.writeStartObject();
        writeFields(hop, startNanos);
        json.writeEndObject();
    }

    /// The same, with the step of the nodes' state that explains it.
    void write(Hop hop, long startNanos, Optional<Step> step) throws IOException {
        json.writeStartObject();
        writeFields(hop, startNanos, step);
        json.writeEndObject();
    }

    /// The same within an object that the caller opened and will close.
    void writeFields(Hop hop, long startNanos) throws IOException {
        writeFields(hop, startNanos, Optional.empty());
    }

    private void writeFields(Hop hop, long startNanos, Optional<Step> step) throws IOException {
        Stage stage = hop.stage();
        json.writeStringField("node", stage.point().node());
        json.writeStringField("point", stage.point().name());
        writeRecord(stage);
        json.writeStringField("tie", stage.isCertain() ? "certain" : "likely");
        writeAddresses(stage);
        json.writeArrayFieldStart("rewrites");
        for (int i = 0; i < hop.rewrites().size(); i++) {
            Rewrite rewrite = hop.rewrites().get(i);
            writeRewrite(rewrite, hop.by().get(i), rule(step, rewrite));
        }
        json.writeEndArray();
        writeOuter(stage.outer());
        json.writeNumberField("offsetNanos", stage.epochNanos() - startNanos);
    }

    /// What carries no IP has none but its frame's.
    private void writeAddresses(Stage stage) throws IOException {
        if (stage.isIp() || stage.detail() instanceof StageDetail.Neighbor) {
            json.writeStringField("source", stage.source().toString());
            json.writeStringField("destination", stage.destination().toString());
        } else if (stage.sourceMac() != 0 || stage.destinationMac() != 0) {
            json.writeStringField("sourceMac", MacAddress.text(stage.sourceMac()));
            json.writeStringField("destinationMac", MacAddress.text(stage.destinationMac()));
        }
    }

    /// Which record of which file shows it.
    void writeRecord(Stage stage) throws IOException {
        json.writeStringField("file", files.get(stage.file()));
        json.writeNumberField("record", stage.record());
    }

    /// A step does one thing: what else changed on the packet was done by others.
    private static Optional<RuleRef> rule(Optional<Step> step, Rewrite rewrite) {
        return step.filter(known -> known.action().kind().equals(rewrite.kind()))
                .flatMap(Step::rule);
    }

    private void writeRewrite(Rewrite rewrite, Optional<VfpRule> by, Optional<RuleRef> programmed) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", rewrite.kind());
        switch (rewrite) {
            case DestinationNat nat ->
                writeChange("destination", nat.from().toString(), nat.to().toString());
            case SourceNat nat ->
                writeChange("source", nat.from().toString(), nat.to().toString());
            case TtlRewrite ttl -> writeChange("ttl", String.valueOf(ttl.from()), String.valueOf(ttl.to()));
            case VlanRewrite vlan -> writeChange("vlan", String.valueOf(vlan.from()), String.valueOf(vlan.to()));
            case Rewrite.MacRewrite mac ->
                writeChange(
                        "mac",
                        MacAddress.text(mac.sourceFrom()) + " > " + MacAddress.text(mac.destinationFrom()),
                        MacAddress.text(mac.sourceTo()) + " > " + MacAddress.text(mac.destinationTo()));
            case Rewrite.Encapsulated encapsulated -> {}
            case Rewrite.Decapsulated decapsulated -> {}
        }
        writeBy(by, programmed);
        json.writeEndObject();
    }

    private void writeChange(String field, String from, String to) throws IOException {
        json.writeStringField("field", field);
        json.writeStringField("from", from);
        json.writeStringField("to", to);
    }

    private void writeBy(Optional<VfpRule> by, Optional<RuleRef> programmed) throws IOException {
        if (by.isEmpty() && programmed.isPresent()) {
            json.writeFieldName("by");
            WalkJson.rule(json, programmed.get());
            return;
        }
        if (by.isEmpty()) {
            json.writeNullField("by");
            return;
        }
        json.writeObjectFieldStart("by");
        writeRule(json, by.get());
        json.writeEndObject();
    }

    /// The fields of a rule.
    static void writeRule(JsonGenerator json, VfpRule rule) throws IOException {
        json.writeStringField("layer", rule.layer());
        json.writeStringField("group", rule.group());
        json.writeStringField("rule", rule.rule());
        json.writeStringField("type", rule.typeName());
    }

    private void writeOuter(@Nullable Encapsulation outer) throws IOException {
        if (outer == null) {
            json.writeNullField("outer");
            return;
        }
        json.writeObjectFieldStart("outer");
        json.writeStringField("protocol", outer.protocol());
        if (outer.vni() != Encapsulation.NO_VNI) {
            json.writeNumberField("vni", outer.vni());
        } else if (outer.key() != Encapsulation.NO_KEY) {
            json.writeNumberField("key", outer.key());
        }
        json.writeStringField("source", outer.source().toString());
        json.writeStringField("destination", outer.destination().toString());
        json.writeNumberField("port", outer.port());
        json.writeEndObject();
    }
}

package hopline.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import hopline.capture.CapturePoint;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.decode.dns.DnsNames;
import hopline.decode.dns.DnsQuestion;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Rewrite;
import hopline.decode.stage.Rewrite.DestinationNat;
import hopline.decode.stage.Rewrite.SourceNat;
import hopline.decode.stage.Rewrite.TtlRewrite;
import hopline.decode.stage.Rewrite.VlanRewrite;
import hopline.decode.stage.Stage;
import hopline.flows.CommunityId;
import hopline.flows.DnsExchange;
import hopline.flows.DnsExchanges;
import hopline.flows.Flow;
import hopline.flows.TcpConnection;
import hopline.flows.Traffic;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.ClockFacts;
import hopline.flows.analysis.FlowReport;
import hopline.flows.analysis.InputFacts;
import hopline.flows.path.Hop;
import hopline.flows.path.Passage;
import hopline.flows.path.Path;
import hopline.flows.rule.Finding;
import hopline.flows.rule.FlowCase;
import hopline.flows.rule.Observation;
import hopline.flows.rule.Party;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The analysis as JSON, schema version 1. Arrays stand in a stable order, times are RFC 3339 with
/// nanoseconds, what is absent is unknown.
public final class JsonReport {

    private static final int SCHEMA_VERSION = 1;

    private final Analysis analysis;
    private final JsonGenerator json;

    private JsonReport(Analysis analysis, JsonGenerator json) {
        this.analysis = analysis;
        this.json = json;
    }

    /// Writes `analysis` to `out`, which stays open.
    public static void write(Analysis analysis, String version, OutputStream out) throws IOException {
        try (JsonGenerator json = generator(out)) {
            new JsonReport(analysis, json).write(version);
            json.writeRaw('\n');
        }
    }

    static JsonGenerator generator(OutputStream out) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .disable(com.fasterxml.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        DefaultIndenter newLine = new DefaultIndenter("  ", "\n");
        return factory.createGenerator(out)
                .setPrettyPrinter(
                        new DefaultPrettyPrinter().withObjectIndenter(newLine).withArrayIndenter(newLine));
    }

    private void write(String version) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schemaVersion", SCHEMA_VERSION);
        json.writeObjectFieldStart("tool");
        json.writeStringField("name", "hopline");
        json.writeStringField("version", version);
        json.writeEndObject();
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
        for (FlowReport report : analysis.flows()) {
            writeFlow(report);
        }
        json.writeEndArray();
    }

    private void writeFlow(FlowReport report) throws IOException {
        FlowCase view = report.flow();
        Flow flow = view.flow();
        json.writeStartObject();
        json.writeStringField("id", report.id());
        json.writeStringField("communityId", communityId(view));
        json.writeStringField("category", view.category().label());
        json.writeStringField("protocol", IpProtocol.name(flow.protocol()));
        writeParty("initiator", view.initiator(), false);
        writeParty("target", view.target(), true);
        writeParty("responder", view.responder(), false);
        json.writeStringField("verdict", report.verdict().label());
        writeStrings("findings", report.findings());
        json.writeNullField("dropReason");
        json.writeStringField("start", Times.rfc3339(flow.startNanos()));
        json.writeStringField("end", Times.rfc3339(flow.endNanos()));
        writeTraffic("forward", flow.forward());
        writeTraffic("reverse", flow.reverse());
        json.writeObjectFieldStart("path");
        writePath("forward", view.mainForward());
        writePath("reverse", view.mainReverse());
        json.writeEndObject();
        writeTcp(flow.tcp());
        writeDns(flow.dns());
        json.writeEndObject();
    }

    private static String communityId(FlowCase view) {
        int protocol = view.flow().protocol();
        Endpoint initiator = view.initiator().endpoint();
        Endpoint target = view.target().endpoint();
        boolean icmp = protocol == IpProtocol.ICMP || protocol == IpProtocol.ICMPV6;
        int type = view.mainForward()
                .map(passage -> passage.path().first().flags())
                .orElse(protocol == IpProtocol.ICMP ? 8 : 128);
        return CommunityId.of(
                protocol,
                initiator.address(),
                icmp ? type : Math.max(initiator.port(), 0),
                target.address(),
                icmp ? 0 : Math.max(target.port(), 0));
    }

    /// A target is what was asked for, so it says its service; the others say where they run.
    private void writeParty(String field, Party party, boolean isTarget) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("ip", party.endpoint().address().toString());
        if (party.endpoint().hasPort()) {
            json.writeNumberField("port", party.endpoint().port());
        }
        if (isTarget && party.serviceName().isPresent()) {
            json.writeStringField("service", party.serviceName().get());
        }
        if (party.podName().isPresent()) {
            json.writeStringField("pod", party.podName().get());
        }
        if (party.node().isPresent() && party.service().isEmpty()) {
            json.writeStringField("node", party.node().get());
        }
        json.writeEndObject();
    }

    private void writeTraffic(String field, Traffic traffic) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("packets", traffic.packets());
        json.writeNumberField("octets", traffic.octets());
        json.writeEndObject();
    }

    private void writePath(String field, Optional<Passage> passage) throws IOException {
        json.writeArrayFieldStart(field);
        if (passage.isPresent()) {
            Path path = passage.get().path();
            for (Hop hop : path.hops()) {
                writeHop(hop, path.first().epochNanos());
            }
        }
        json.writeEndArray();
    }

    private void writeHop(Hop hop, long startNanos) throws IOException {
        Stage stage = hop.stage();
        json.writeStartObject();
        json.writeStringField("node", stage.point().node());
        json.writeStringField("point", stage.point().name());
        writeRecord(stage);
        json.writeStringField("tie", stage.isCertain() ? "certain" : "likely");
        json.writeStringField("source", stage.source().toString());
        json.writeStringField("destination", stage.destination().toString());
        json.writeArrayFieldStart("rewrites");
        for (Rewrite rewrite : hop.rewrites()) {
            writeRewrite(rewrite);
        }
        json.writeEndArray();
        writeOuter(stage.outer());
        json.writeNumberField("offsetNanos", stage.epochNanos() - startNanos);
        json.writeEndObject();
    }

    private void writeRecord(Stage stage) throws IOException {
        json.writeStringField("file", analysis.inputs().get(stage.file()).file());
        json.writeNumberField("record", stage.record());
    }

    private void writeRewrite(Rewrite rewrite) throws IOException {
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
                        hopline.decode.MacAddress.text(mac.sourceFrom()) + " > "
                                + hopline.decode.MacAddress.text(mac.destinationFrom()),
                        hopline.decode.MacAddress.text(mac.sourceTo()) + " > "
                                + hopline.decode.MacAddress.text(mac.destinationTo()));
            case Rewrite.Encapsulated encapsulated -> {}
            case Rewrite.Decapsulated decapsulated -> {}
        }
        json.writeEndObject();
    }

    private void writeChange(String field, String from, String to) throws IOException {
        json.writeStringField("field", field);
        json.writeStringField("from", from);
        json.writeStringField("to", to);
        json.writeNullField("by");
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

    private void writeTcp(@Nullable TcpConnection tcp) throws IOException {
        if (tcp == null) {
            json.writeNullField("tcp");
            return;
        }
        json.writeObjectFieldStart("tcp");
        if (tcp.handshakeNanos() >= 0) {
            json.writeNumberField("handshakeNanos", tcp.handshakeNanos());
        } else {
            json.writeNullField("handshakeNanos");
        }
        json.writeNumberField("retransmissions", tcp.retransmissions());
        json.writeBooleanField("reset", tcp.reset() != null);
        json.writeArrayFieldStart("points");
        for (hopline.flows.SegmentTrack track : tcp.tracks()) {
            json.writeStartObject();
            json.writeStringField("node", track.point().node());
            json.writeStringField("point", track.point().name());
            json.writeStringField("direction", track.isForward() ? "forward" : "reverse");
            json.writeNumberField("segments", track.segments());
            json.writeNumberField("retransmissions", track.retransmissions());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeDns(@Nullable DnsExchanges dns) throws IOException {
        if (dns == null) {
            json.writeNullField("dns");
            return;
        }
        json.writeObjectFieldStart("dns");
        json.writeArrayFieldStart("questions");
        for (DnsExchange exchange : dns.all()) {
            json.writeStartObject();
            DnsQuestion question = exchange.question();
            if (question != null) {
                json.writeStringField("name", question.name());
                json.writeStringField("type", DnsNames.type(question.type()));
            }
            json.writeNumberField("attempts", exchange.attempts());
            if (exchange.response() != null) {
                json.writeStringField("responseCode", DnsNames.responseCode(exchange.responseCode()));
                json.writeNumberField("answers", exchange.answers());
            }
            if (exchange.responseNanos() >= 0) {
                json.writeNumberField("responseNanos", exchange.responseNanos());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
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
        json.writeNumberField("packets", finding.packets());
        json.writeStringField("first", Times.rfc3339(finding.firstNanos()));
        json.writeStringField("last", Times.rfc3339(finding.lastNanos()));
        json.writeStringField("node", lead.place().point().node());
        json.writeStringField("point", lead.place().point().name());
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
            writeRecord(stage);
            json.writeEndObject();
        }
        json.writeEndArray();
        if (!lead.rule().reference().isEmpty()) {
            json.writeStringField("reference", lead.rule().reference());
        }
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

package hopline.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.decode.IpProtocol;
import hopline.decode.dns.DnsNames;
import hopline.decode.dns.DnsQuestion;
import hopline.flows.DnsExchange;
import hopline.flows.DnsExchanges;
import hopline.flows.Flow;
import hopline.flows.SegmentTrack;
import hopline.flows.TcpConnection;
import hopline.flows.Traffic;
import hopline.flows.analysis.FlowReport;
import hopline.flows.expect.Judgement;
import hopline.flows.expect.Judgements;
import hopline.flows.path.Hop;
import hopline.flows.path.Passage;
import hopline.flows.path.Path;
import hopline.flows.path.RuleNames;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Party;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Flows as JSON, each an object as in the analysis.
public final class FlowJson {

    private final JsonGenerator json;
    private final HopJson hops;
    private final RuleNames names;
    private final Optional<Judgements> judgements;

    /// Writes to `json`, of which `hops` writes a part; `names` knows which rules changed packets, `judgements` what
    /// the nodes' state says of each hop.
    FlowJson(JsonGenerator json, HopJson hops, RuleNames names, Optional<Judgements> judgements) {
        this.json = json;
        this.names = names;
        this.hops = hops;
        this.judgements = judgements;
    }

    /// One flow, an object.
    void write(FlowReport report) throws IOException {
        FlowCase view = report.flow();
        Flow flow = view.flow();
        json.writeStartObject();
        json.writeStringField("id", report.id());
        json.writeStringField("communityId", view.communityId());
        json.writeStringField("category", view.category().label());
        json.writeStringField("protocol", IpProtocol.name(flow.protocol()));
        writeParty(json, "initiator", view.initiator(), false);
        writeParty(json, "target", view.target(), true);
        writeParty(json, "responder", view.responder(), false);
        json.writeStringField("verdict", report.verdict().label());
        json.writeArrayFieldStart("findings");
        for (String finding : report.findings()) {
            json.writeString(finding);
        }
        json.writeEndArray();
        json.writeStringField("dropReason", view.dropReason().orElse(null));
        json.writeStringField("start", Times.rfc3339(flow.startNanos()));
        json.writeStringField("end", Times.rfc3339(flow.endNanos()));
        writeTraffic("forward", flow.forward());
        writeTraffic("reverse", flow.reverse());
        json.writeObjectFieldStart("path");
        writePath("forward", view, view.mainForward());
        writePath("reverse", view, view.mainReverse());
        json.writeEndObject();
        writeJudgements(view);
        writeTcp(flow.tcp());
        writeDns(flow.dns());
        json.writeEndObject();
    }

    /// A target is what was asked for, so it says its service; the others say where they run.
    static void writeParty(JsonGenerator json, String field, Party party, boolean isTarget) throws IOException {
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
        if (party.node().isPresent() && party.addressed().isEmpty()) {
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

    private void writeJudgements(FlowCase view) throws IOException {
        if (judgements.isPresent()) {
            json.writeObjectFieldStart("expected");
            writeJudgement("forward", view, view.mainForward());
            writeJudgement("reverse", view, view.mainReverse());
            json.writeEndObject();
        }
    }

    private void writeJudgement(String field, FlowCase view, Optional<Passage> passage) throws IOException {
        Optional<Judgement> judgement = judgement(view, passage);
        if (judgement.isPresent()) {
            JudgementJson.write(json, field, judgement.get());
        }
    }

    private Optional<Judgement> judgement(FlowCase view, Optional<Passage> passage) {
        return judgements.flatMap(known -> passage.flatMap(way -> known.judgement(view, way)));
    }

    private void writePath(String field, FlowCase view, Optional<Passage> passage) throws IOException {
        json.writeArrayFieldStart(field);
        if (passage.isPresent()) {
            Path path = passage.get().path();
            Optional<Judgement> judgement = judgement(view, passage);
            List<Hop> all = path.hops(names);
            for (int i = 0; i < all.size(); i++) {
                int index = i;
                hops.write(all.get(i), path.first().epochNanos(), judgement.flatMap(known -> known.explaining(index)));
            }
        }
        json.writeEndArray();
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
        for (SegmentTrack track : tcp.tracks()) {
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
}

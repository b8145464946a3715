package hopline.cli.export;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.cli.report.JsonStream;
import hopline.cli.report.Times;
import hopline.decode.MacAddress;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Stage;
import hopline.flows.Flow;
import hopline.flows.Traffic;
import hopline.flows.analysis.FlowReport;
import hopline.flows.scene.Party;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/// Flows as documents of the [Elastic Common Schema](https://www.elastic.co/docs/reference/ecs), one a
/// line.
public final class EcsExport implements FlowExport {

    private static final String ECS_VERSION = "8.11.0";

    private final JsonStream stream;
    private final JsonGenerator json;

    /// Writes to `out`, which stays open.
    public EcsExport(PrintStream out) throws IOException {
        stream = JsonStream.lines(out);
        json = stream.generator();
    }

    @Override
    public void write(FlowReport report) throws IOException {
        FlowFacts facts = new FlowFacts(report);
        json.writeStartObject();
        json.writeStringField("@timestamp", Times.rfc3339(facts.flow().startNanos()));
        json.writeObjectFieldStart("ecs");
        json.writeStringField("version", ECS_VERSION);
        json.writeEndObject();
        event(facts);
        network(facts);
        end("source", report.flow().initiator(), facts, true);
        end("destination", report.flow().target(), facts, false);
        observer(facts);
        orchestrator(report.flow().initiator());
        json.writeObjectFieldStart("hopline");
        json.writeStringField("flow", report.id());
        json.writeStringField("verdict", report.verdict().label());
        json.writeStringField("category", report.flow().category().label());
        json.writeArrayFieldStart("findings");
        for (String finding : report.findings()) {
            json.writeString(finding);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        stream.next();
    }

    private void event(FlowFacts facts) throws IOException {
        Flow flow = facts.flow();
        json.writeObjectFieldStart("event");
        json.writeStringField("kind", "event");
        strings("category", "network");
        switch (facts.verdict()) {
            case DROPPED, REFUSED -> strings("type", "connection", "denied");
            case DELIVERED -> strings("type", "connection", "allowed");
            case VANISHED, MISTRANSLATED, UNANSWERED, UNKNOWN -> strings("type", "connection");
        }
        json.writeStringField("action", "network_flow");
        json.writeStringField("outcome", outcome(facts));
        Optional<String> reason = facts.flowCase().dropReason();
        if (reason.isPresent()) {
            json.writeStringField("reason", reason.get());
        }
        json.writeStringField("start", Times.rfc3339(flow.startNanos()));
        json.writeStringField("end", Times.rfc3339(flow.endNanos()));
        json.writeNumberField("duration", flow.endNanos() - flow.startNanos());
        json.writeEndObject();
    }

    private static String outcome(FlowFacts facts) {
        return switch (facts.verdict()) {
            case DELIVERED -> "success";
            case UNKNOWN -> "unknown";
            case DROPPED, VANISHED, MISTRANSLATED, REFUSED, UNANSWERED -> "failure";
        };
    }

    private void strings(String name, String... values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private void network(FlowFacts facts) throws IOException {
        Flow flow = facts.flow();
        json.writeObjectFieldStart("network");
        json.writeStringField("community_id", facts.communityId());
        json.writeStringField("transport", facts.transport());
        json.writeStringField("type", facts.source().isIpv4() ? "ipv4" : "ipv6");
        json.writeStringField("iana_number", String.valueOf(facts.protocol()));
        if (flow.dns() != null) {
            json.writeStringField("protocol", "dns");
        }
        json.writeStringField("direction", direction(facts));
        json.writeNumberField("bytes", flow.octets());
        json.writeNumberField("packets", flow.packets());
        Optional<Stage> first = facts.firstStage();
        if (first.isPresent() && first.get().vlan() > 0) {
            json.writeObjectFieldStart("vlan");
            json.writeStringField("id", String.valueOf(first.get().vlan()));
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static String direction(FlowFacts facts) {
        return switch (facts.flowCase().category()) {
            case POD_TO_INTERNET -> "outbound";
            case EXTERNAL_TO_POD, EXTERNAL_TO_SERVICE -> "inbound";
            case OTHER -> "unknown";
            default -> "internal";
        };
    }

    private void end(String name, Party party, FlowFacts facts, boolean isForward) throws IOException {
        Traffic traffic = facts.flow().traffic(isForward);
        json.writeObjectFieldStart(name);
        json.writeStringField("ip", party.endpoint().address().toString());
        json.writeStringField("address", party.endpoint().address().toString());
        if (party.endpoint().hasPort() && !facts.isIcmp()) {
            json.writeNumberField("port", party.endpoint().port());
        }
        Optional<Stage> seen = isForward
                ? facts.firstStage()
                : facts.stages().reversed().stream().findFirst();
        if (seen.isPresent() && seen.get().sourceMac() != 0) {
            long mac = isForward ? seen.get().sourceMac() : seen.get().destinationMac();
            json.writeStringField(
                    "mac", MacAddress.text(mac).toUpperCase(Locale.ROOT).replace(':', '-'));
        }
        if (party.serviceName().or(party::podName).isPresent()) {
            json.writeStringField("domain", party.name());
        }
        translated(seen, party, isForward);
        json.writeNumberField("bytes", traffic.octets());
        json.writeNumberField("packets", traffic.packets());
        json.writeEndObject();
    }

    /// What the address was in the end, where it was translated on the way.
    private void translated(Optional<Stage> seen, Party party, boolean isForward) throws IOException {
        if (seen.isEmpty()) {
            return;
        }
        Stage last = seen.get();
        hopline.decode.Endpoint then = isForward ? last.source() : last.destination();
        if (!isForward && !then.equals(party.endpoint())) {
            json.writeObjectFieldStart("nat");
            json.writeStringField("ip", then.address().toString());
            if (then.hasPort()) {
                json.writeNumberField("port", then.port());
            }
            json.writeEndObject();
        }
    }

    private void observer(FlowFacts facts) throws IOException {
        Optional<Stage> first = facts.firstStage();
        if (first.isEmpty()) {
            return;
        }
        Stage last = facts.stages().getLast();
        json.writeObjectFieldStart("observer");
        json.writeStringField("hostname", first.get().point().node());
        point("ingress", first.get());
        point("egress", last);
        json.writeEndObject();
        Optional<Encapsulation> tunnel = facts.tunnel();
        if (tunnel.isPresent()) {
            json.writeObjectFieldStart("tunnel");
            json.writeStringField("protocol", tunnel.get().protocol());
            json.writeStringField("source", tunnel.get().source().toString());
            json.writeStringField("destination", tunnel.get().destination().toString());
            if (tunnel.get().key() != Encapsulation.NO_KEY) {
                json.writeNumberField("id", tunnel.get().key());
            }
            json.writeEndObject();
        }
    }

    private void point(String name, Stage stage) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeObjectFieldStart("interface");
        json.writeStringField("name", stage.point().name());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void orchestrator(Party party) throws IOException {
        if (party.pod().isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("orchestrator");
        json.writeStringField("type", "kubernetes");
        json.writeStringField("namespace", party.pod().get().namespace());
        json.writeObjectFieldStart("resource");
        json.writeStringField("name", party.pod().get().name());
        json.writeStringField("type", "pod");
        json.writeEndObject();
        json.writeEndObject();
    }

    @Override
    public void close() throws IOException {
        stream.end();
    }
}

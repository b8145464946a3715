package hopline.cli.export;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.cli.report.JsonStream;
import hopline.cli.report.Times;
import hopline.decode.IpProtocol;
import hopline.decode.MacAddress;
import hopline.decode.header.TcpHeader;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Stage;
import hopline.flows.CommunityId;
import hopline.flows.analysis.FlowReport;
import hopline.flows.path.Fate;
import hopline.flows.path.Hop;
import hopline.flows.path.Passage;
import hopline.flows.scene.Party;
import hopline.flows.state.Pod;
import hopline.flows.state.Service;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Flows as the lines that `hubble observe --input-file` reads: `GetFlowsResponse` of Cilium's observer
/// in the JSON of protocol buffers, with the names of [its
/// fields](https://docs.cilium.io/en/stable/_api/v1/flow/README/).
///
/// Each point that a flow's packets passed is an event, there and back; a loss is an event of its own.
/// What Hubble has no field for stands under `hopline`, which it passes over.
public final class HubbleExport implements FlowExport {

    private static final int TYPE_DROP = 1;
    private static final int TYPE_TRACE = 4;
    private static final int MAX_LABELS = 32;

    /// A number that stands for no reason; zero would be shown as a success.
    private static final int NO_REASON = 255;

    /// Points of observation by the numbers that Cilium's monitor gives them.
    private static final List<String> POINTS = List.of(
            "TO_ENDPOINT",
            "TO_PROXY",
            "TO_HOST",
            "TO_STACK",
            "TO_OVERLAY",
            "FROM_ENDPOINT",
            "FROM_PROXY",
            "FROM_HOST",
            "FROM_STACK",
            "FROM_OVERLAY",
            "FROM_NETWORK",
            "TO_NETWORK");

    private record Flag(int bit, String name) {}

    private static final List<Flag> FLAGS = List.of(
            new Flag(TcpHeader.FIN, "FIN"),
            new Flag(TcpHeader.SYN, "SYN"),
            new Flag(TcpHeader.RST, "RST"),
            new Flag(TcpHeader.PSH, "PSH"),
            new Flag(TcpHeader.ACK, "ACK"));

    private final JsonStream stream;
    private final JsonGenerator json;

    /// Writes to `out`, which stays open.
    public HubbleExport(PrintStream out) throws IOException {
        stream = JsonStream.lines(out);
        json = stream.generator();
    }

    @Override
    public void write(FlowReport report) throws IOException {
        Optional<Passage> there = report.flow().mainForward();
        Optional<Passage> back = report.flow().mainReverse();
        if (there.isPresent()) {
            passage(report, there.get(), false);
        }
        if (back.isPresent()) {
            passage(report, back.get(), true);
        }
    }

    private void passage(FlowReport report, Passage passage, boolean reply) throws IOException {
        List<Hop> hops = passage.path().hops();
        for (int i = 0; i < hops.size(); i++) {
            Event event = new Event(report, passage, hops, i, reply, false);
            write(event);
            if (i == hops.size() - 1 && passage.isLost()) {
                write(new Event(report, passage, hops, i, reply, true));
            }
        }
    }

    /// One line: a packet of a flow at a point of its way, or its loss there.
    private record Event(FlowReport report, Passage passage, List<Hop> hops, int index, boolean reply, boolean lost) {

        Stage stage() {
            return hops.get(index).stage();
        }

        Party from() {
            return reply ? report.flow().responder() : report.flow().initiator();
        }

        Party to() {
            return reply ? report.flow().initiator() : report.flow().responder();
        }

        String observationPoint() {
            Stage before = index == 0 ? null : hops.get(index - 1).stage();
            boolean tunnelled = stage().outer() != null;
            boolean last = index == hops.size() - 1;
            if (before == null) {
                return tunnelled ? "FROM_NETWORK" : from().pod().isPresent() ? "FROM_ENDPOINT" : "FROM_NETWORK";
            }
            boolean arrived = !before.point().node().equals(stage().point().node());
            if (tunnelled) {
                return arrived ? "FROM_NETWORK" : before.outer() == null ? "TO_OVERLAY" : "TO_NETWORK";
            }
            if (before.outer() != null) {
                return last && passage.isFine() && to().pod().isPresent() ? "TO_ENDPOINT" : "FROM_OVERLAY";
            }
            if (last && passage.isFine()) {
                return to().pod().isPresent() ? "TO_ENDPOINT" : "TO_NETWORK";
            }
            return arrived ? "FROM_NETWORK" : "TO_STACK";
        }

        boolean isEgress() {
            return hops.getFirst().stage().point().node().equals(stage().point().node());
        }
    }

    private void write(Event event) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("flow");
        packet(event);
        ends(event);
        observation(event);
        more(event);
        json.writeEndObject();
        json.writeStringField("node_name", event.stage().point().node());
        json.writeStringField("time", Times.rfc3339(event.stage().epochNanos()));
        json.writeEndObject();
        stream.next();
    }

    private void packet(Event event) throws IOException {
        Stage stage = event.stage();
        json.writeStringField("time", Times.rfc3339(stage.epochNanos()));
        String name = event.report().id() + event.index() + event.reply() + event.lost() + stage.epochNanos();
        json.writeStringField(
                "uuid",
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
        json.writeStringField("verdict", event.lost() ? "DROPPED" : "FORWARDED");
        if (event.lost()) {
            DropReasons.hubble(reason(event)).ifPresent(reason -> field("drop_reason_desc", reason.hubble()));
        }
        if (stage.sourceMac() != 0) {
            json.writeObjectFieldStart("ethernet");
            json.writeStringField("source", MacAddress.text(stage.sourceMac()));
            json.writeStringField("destination", MacAddress.text(stage.destinationMac()));
            json.writeEndObject();
        }
        addresses(
                stage.sourceAddress().toString(),
                stage.destinationAddress().toString(),
                stage.sourceAddress().isIpv4());
        transport(stage);
        tunnel(stage);
    }

    private void field(String name, String value) {
        try {
            json.writeStringField(name, value);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String reason(Event event) {
        return event.passage().fate() instanceof Fate.Dropped dropped
                ? dropped.drop().reason()
                : "";
    }

    private void addresses(String source, String destination, boolean four) throws IOException {
        json.writeObjectFieldStart("IP");
        json.writeStringField("source", source);
        json.writeStringField("destination", destination);
        json.writeStringField("ipVersion", four ? "IPv4" : "IPv6");
        json.writeEndObject();
    }

    private void transport(Stage stage) throws IOException {
        json.writeObjectFieldStart("l4");
        switch (stage.protocol()) {
            case IpProtocol.TCP -> {
                ports("TCP", stage);
                json.writeObjectFieldStart("flags");
                for (Flag flag : FLAGS) {
                    if (stage.hasFlag(flag.bit())) {
                        json.writeBooleanField(flag.name(), true);
                    }
                }
                json.writeEndObject();
                json.writeEndObject();
            }
            case IpProtocol.UDP -> {
                ports("UDP", stage);
                json.writeEndObject();
            }
            case IpProtocol.SCTP -> {
                ports("SCTP", stage);
                json.writeEndObject();
            }
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> {
                json.writeObjectFieldStart(stage.protocol() == IpProtocol.ICMP ? "ICMPv4" : "ICMPv6");
                json.writeNumberField("type", stage.flags() & 0xff);
                json.writeEndObject();
            }
            default -> {} // Hubble knows no others
        }
        json.writeEndObject();
    }

    private void ports(String name, Stage stage) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("source_port", FlowFacts.port(stage.source()));
        json.writeNumberField("destination_port", FlowFacts.port(stage.destination()));
    }

    private void tunnel(Stage stage) throws IOException {
        Encapsulation outer = stage.outer();
        if (outer == null) {
            return;
        }
        json.writeObjectFieldStart("tunnel");
        switch (outer.kind()) {
            case VXLAN -> json.writeStringField("protocol", "VXLAN");
            case GENEVE -> json.writeStringField("protocol", "GENEVE");
            default -> {} // unknown to Hubble
        }
        addresses(
                outer.source().toString(),
                outer.destination().toString(),
                outer.source().isIpv4());
        if (outer.port() > 0) {
            json.writeObjectFieldStart("l4");
            json.writeObjectFieldStart("UDP");
            json.writeNumberField("destination_port", outer.port());
            json.writeEndObject();
            json.writeEndObject();
        }
        if (outer.vni() != Encapsulation.NO_VNI) {
            json.writeNumberField("vni", outer.vni());
        }
        json.writeEndObject();
    }

    private void ends(Event event) throws IOException {
        endpoint("source", event.from());
        endpoint("destination", event.to());
        json.writeStringField("Type", "L3_L4");
        json.writeStringField("node_name", event.stage().point().node());
        Optional<Service> service = event.report().flow().target().addressed();
        if (service.isPresent()) {
            json.writeObjectFieldStart(event.reply() ? "source_service" : "destination_service");
            json.writeStringField("name", service.get().name());
            json.writeStringField("namespace", service.get().namespace());
            json.writeEndObject();
        }
    }

    private void endpoint(String name, Party party) throws IOException {
        json.writeObjectFieldStart(name);
        if (party.pod().isPresent()) {
            Pod pod = party.pod().get();
            json.writeStringField("namespace", pod.namespace());
            json.writeArrayFieldStart("labels");
            List<Map.Entry<String, String>> labels =
                    pod.labels().entrySet().stream().limit(MAX_LABELS).toList();
            for (Map.Entry<String, String> label : labels) {
                json.writeString("k8s:" + label.getKey() + "=" + label.getValue());
            }
            json.writeEndArray();
            json.writeStringField("pod_name", pod.name());
        } else {
            json.writeArrayFieldStart("labels");
            json.writeString(party.isNode() ? "reserved:host" : "reserved:world");
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void observation(Event event) throws IOException {
        json.writeObjectFieldStart("event_type");
        json.writeNumberField("type", event.lost() ? TYPE_DROP : TYPE_TRACE);
        json.writeNumberField("sub_type", subType(event));
        json.writeEndObject();
        json.writeStringField("traffic_direction", event.isEgress() ? "EGRESS" : "INGRESS");
        if (!event.lost()) {
            json.writeStringField("trace_observation_point", event.observationPoint());
        }
        json.writeBooleanField("is_reply", event.reply());
        json.writeObjectFieldStart("interface");
        json.writeStringField("name", event.stage().point().name());
        json.writeEndObject();
        json.writeStringField("Summary", summary(event.stage()));
    }

    /// What Hubble's own text is made of: it does not look at the names.
    private static int subType(Event event) {
        return event.lost()
                ? DropReasons.hubble(reason(event))
                        .map(DropReasons.Meaning::number)
                        .orElse(NO_REASON)
                : POINTS.indexOf(event.observationPoint());
    }

    private static String summary(Stage stage) {
        if (!stage.isTcp()) {
            return IpProtocol.name(stage.protocol());
        }
        StringBuilder flags = new StringBuilder("TCP Flags:");
        FLAGS.stream().filter(flag -> stage.hasFlag(flag.bit())).forEach(flag -> flags.append(' ')
                .append(flag.name()));
        return flags.toString();
    }

    private void more(Event event) throws IOException {
        json.writeObjectFieldStart("hopline");
        json.writeStringField("flow", event.report().id());
        json.writeStringField("verdict", event.report().verdict().label());
        json.writeStringField("community_id", CommunityId.of(event.stage()));
        json.writeNumberField("stage", event.index() + 1);
        json.writeNumberField("stages", event.hops().size());
        json.writeNumberField("record", event.stage().record());
        if (event.lost() && !reason(event).isEmpty()) {
            json.writeStringField("drop_reason", reason(event));
        }
        json.writeEndObject();
    }

    @Override
    public void close() throws IOException {
        stream.end();
    }
}

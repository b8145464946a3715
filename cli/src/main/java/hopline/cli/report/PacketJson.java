package hopline.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.cli.packet.FlowIndex;
import hopline.cli.packet.HeaderFields;
import hopline.cli.packet.Packet;
import hopline.cli.packet.RecordSpool;
import hopline.cli.packet.RecordSpool.KeptRecord;
import hopline.cli.packet.Summary;
import hopline.decode.Dissector;
import hopline.decode.Layers;
import hopline.decode.stage.Stage;
import hopline.flows.path.Hop;
import hopline.flows.rule.Party;
import hopline.flows.state.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Packets as JSON objects, streamed: none is kept.
public final class PacketJson implements PacketPrinter {

    private final JsonStream stream;
    private final JsonGenerator json;
    private final HopJson hops;
    private final PacketStyle style;
    private final Cluster cluster;
    private final @Nullable RecordSpool spool;
    private final Layers layers = new Layers();
    private final Dissector dissector;

    /// Writes to `stream`; `files` are the names of the inputs in their order.
    ///
    /// @param spool where octets are found; needed only when `style` shows headers or octets
    public PacketJson(
            JsonStream stream,
            List<String> files,
            PacketStyle style,
            Cluster cluster,
            Dissector dissector,
            @Nullable RecordSpool spool) {
        this.stream = stream;
        this.json = stream.json();
        this.hops = new HopJson(json, files);
        this.style = style;
        this.cluster = cluster;
        this.dissector = dissector;
        this.spool = spool;
    }

    @Override
    public void print(Packet packet) throws IOException {
        Stage first = packet.path().first();
        json.writeStartObject();
        json.writeStringField("time", Times.rfc3339(first.epochNanos()));
        if (packet.flow().isPresent()) {
            FlowIndex.Match match = packet.flow().get();
            json.writeStringField("flow", match.report().id());
            json.writeStringField("direction", match.isForward() ? "forward" : "reverse");
            json.writeStringField("verdict", match.report().verdict().label());
        }
        json.writeStringField("protocol", Summary.protocol(first));
        json.writeStringField("summary", Summary.of(packet));
        json.writeNumberField("length", first.length());
        if (first.isIp()) {
            writeParty("source", packet.source(cluster));
            writeParty("destination", packet.destination(cluster));
        }
        json.writeArrayFieldStart("stages");
        for (Hop hop : packet.path().hops()) {
            json.writeStartObject();
            hops.writeFields(hop, first.epochNanos());
            writeRecord(hop.stage());
            json.writeEndObject();
        }
        json.writeEndArray();
        writeSides(packet, first.epochNanos());
        json.writeEndObject();
        stream.next();
    }

    private void writeParty(String field, Party party) throws IOException {
        if (style.numeric()) {
            json.writeStringField(field, party.endpoint().toString());
        } else {
            FlowJson.writeParty(json, field, party, true);
        }
    }

    private void writeSides(Packet packet, long startNanos) throws IOException {
        List<Stage> sides = packet.sideStages();
        if (sides.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("copies");
        for (Stage side : sides) {
            json.writeStartObject();
            hops.writeFields(Hop.unchanged(side), startNanos);
            writeRecord(side);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeRecord(Stage stage) throws IOException {
        if (spool == null) {
            return;
        }
        KeptRecord kept = spool.record(stage);
        if (style.headers()) {
            dissector.dissect(kept.record(), kept.linkType(), layers);
            json.writeArrayFieldStart("layers");
            for (int i = 0; i < layers.count(); i++) {
                writeLayer(i);
            }
            json.writeEndArray();
        }
        if (style.octets()) {
            json.writeStringField("octets", kept.record().octets().toString());
        }
    }

    private void writeLayer(int layer) throws IOException {
        json.writeStartObject();
        json.writeStringField("layer", layers.protocol(layer).label());
        HeaderFields.write(layers, layer, new HeaderFields.Sink() {
            @Override
            public void number(String name, long value) {
                try {
                    json.writeNumberField(name, value);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void text(String name, String value) {
                try {
                    json.writeStringField(name, value);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        if (layers.quoted() >= 0 && layer >= layers.quoted()) {
            json.writeBooleanField("quoted", true);
        }
        json.writeEndObject();
    }

    @Override
    public void end() throws IOException {
        stream.end();
    }
}

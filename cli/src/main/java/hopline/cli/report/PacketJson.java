package hopline.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.capture.Octets;
import hopline.cli.packet.FlowIndex;
import hopline.cli.packet.HeaderFields;
import hopline.cli.packet.KeptRecord;
import hopline.cli.packet.Packet;
import hopline.cli.packet.RecordSource;
import hopline.cli.packet.Summary;
import hopline.decode.Dissector;
import hopline.decode.Layers;
import hopline.decode.stage.Stage;
import hopline.flows.CommunityId;
import hopline.flows.path.Hop;
import hopline.flows.scene.Party;
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
    private final @Nullable RecordSource records;
    private final Layers layers = new Layers();
    private final Dissector dissector;

    /// Writes to `stream`; `files` are the names of the inputs in their order.
    ///
    /// @param records where octets are found; needed only when `style` shows headers or octets
    public PacketJson(
            JsonStream stream,
            List<String> files,
            PacketStyle style,
            Cluster cluster,
            Dissector dissector,
            @Nullable RecordSource records) {
        this.stream = stream;
        this.json = stream.json();
        this.hops = new HopJson(json, files);
        this.style = style;
        this.cluster = cluster;
        this.dissector = dissector;
        this.records = records;
    }

    /// The same, without anything of records, on several threads.
    public static PacketPrinter inPieces(
            JsonStream stream, List<String> files, PacketStyle style, Cluster cluster, Dissector dissector) {
        StreamPieces<Packet> pieces = new StreamPieces<>(
                stream, piece -> new PacketJson(piece, files, style, cluster, dissector, null)::print);
        return new PacketPrinter() {
            @Override
            public void print(Packet packet) throws IOException {
                packet.journey().keep();
                pieces.add(packet);
            }

            @Override
            public void end() throws IOException {
                pieces.end();
                stream.end();
            }
        };
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
        for (Hop hop : packet.hops()) {
            json.writeStartObject();
            writeStage(hop, first.epochNanos());
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
            writeStage(Hop.unchanged(side), startNanos);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeStage(Hop hop, long startNanos) throws IOException {
        hops.writeFields(hop, startNanos);
        if (style.communityIds() && hop.stage().isIp()) {
            json.writeStringField("communityId", CommunityId.of(hop.stage()));
        }
        writeRecord(hop.stage());
    }

    private void writeRecord(Stage stage) throws IOException {
        if (records == null) {
            return;
        }
        KeptRecord kept = records.record(stage);
        if (style.headers()) {
            dissector.dissect(kept.record(), kept.linkType(), layers);
            json.writeArrayFieldStart("layers");
            for (int i = 0; i < layers.count(); i++) {
                writeLayer(i, kept.record().offset());
            }
            json.writeEndArray();
        }
        if (style.octets()) {
            writeOctets(kept.record().octets());
        }
    }

    private void writeOctets(Octets octets) throws IOException {
        boolean whole = octets.length() <= style.maxOctets();
        json.writeStringField("octets", (whole ? octets : octets.slice(0, style.maxOctets())).toString());
        if (!whole) {
            json.writeNumberField("octetsOmitted", octets.length() - style.maxOctets());
        }
    }

    private void writeLayer(int layer, int recordStart) throws IOException {
        json.writeStartObject();
        json.writeStringField("layer", layers.protocol(layer).label());
        if (style.octets()) {
            json.writeNumberField("offset", layers.start(layer) - recordStart);
        }
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

    /// One record alone, of no packet that is shown.
    public void printRecord(Stage stage) throws IOException {
        json.writeStartObject();
        json.writeStringField("node", stage.point().node());
        json.writeStringField("point", stage.point().name());
        json.writeStringField("time", Times.rfc3339(stage.epochNanos()));
        hops.writeRecord(stage);
        writeRecord(stage);
        json.writeEndObject();
        stream.next();
    }

    @Override
    public void end() throws IOException {
        stream.end();
    }
}

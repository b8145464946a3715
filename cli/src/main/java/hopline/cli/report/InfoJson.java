package hopline.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.capture.CaptureInterface;
import hopline.capture.LinkType;
import hopline.capture.TraceFacts;
import hopline.decode.Protocol;
import hopline.decode.census.CaptureFacts;
import hopline.decode.census.Counts;
import hopline.decode.census.InterfaceFacts;
import hopline.decode.dns.DnsNames;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/// What is in files as JSON, schema version 1. Times are RFC 3339 with nanoseconds, what is absent is unknown.
public final class InfoJson {

    private final JsonGenerator json;

    private InfoJson(JsonGenerator json) {
        this.json = json;
    }

    /// Writes `files` in their order to `out`, which stays open.
    public static void write(List<FileEntry> files, OutputStream out) throws IOException {
        try (JsonGenerator json = JsonReport.generator(out)) {
            JsonReport.begin(json);
            json.writeArrayFieldStart("files");
            for (FileEntry file : files) {
                new InfoJson(json).write(file);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private void write(FileEntry file) throws IOException {
        CaptureFacts facts = file.facts();
        json.writeStartObject();
        json.writeStringField("file", file.file());
        if (facts.format().isPresent()) {
            json.writeStringField("format", facts.format().get().label());
        }
        json.writeStringField("readable", facts.readable().label());
        if (facts.problem().isPresent()) {
            json.writeStringField("problem", facts.problem().get());
        }
        json.writeNumberField("records", facts.records());
        json.writeNumberField("octets", facts.octets());
        if (facts.isTimed()) {
            json.writeStringField("first", Times.rfc3339(facts.firstNanos()));
            json.writeStringField("last", Times.rfc3339(facts.lastNanos()));
        }
        json.writeArrayFieldStart("interfaces");
        for (InterfaceFacts at : facts.interfaces()) {
            writeInterface(at);
        }
        json.writeEndArray();
        writeCounts(facts.counts());
        json.writeNumberField("truncatedRecords", facts.truncatedRecords());
        json.writeNumberField("malformedRecords", facts.counts().malformedRecords());
        json.writeNumberField("undecodedRecords", facts.undecodedRecords());
        json.writeNumberField("lostEvents", facts.lostRecords());
        if (facts.trace().isPresent()) {
            writeTrace(facts.trace().get());
        }
        json.writeArrayFieldStart("limits");
        for (String limit : facts.counts().limits()) {
            json.writeString(limit);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeInterface(InterfaceFacts at) throws IOException {
        CaptureInterface description = at.description();
        json.writeStartObject();
        json.writeNumberField("id", description.index());
        if (!description.name().isEmpty()) {
            json.writeStringField("name", description.name());
        }
        json.writeStringField("linkType", LinkType.name(description.linkType()));
        json.writeNumberField("snapLength", description.snapLength());
        json.writeNumberField("records", at.records());
        json.writeEndObject();
    }

    private void writeCounts(Counts counts) throws IOException {
        json.writeObjectFieldStart("protocols");
        for (Map.Entry<Protocol, Long> protocol : counts.recordsOf().entrySet()) {
            json.writeNumberField(protocol.getKey().label(), protocol.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("serviceTaggedRecords", counts.serviceTaggedRecords());
        writeVnis("vnis", "recordsByVni", counts.vnis());
        writeVnis("geneveVnis", "recordsByGeneveVni", counts.geneveVnis());
        json.writeObjectFieldStart("dnsResponseCodes");
        for (Map.Entry<Integer, Long> code : counts.dnsResponseCodes().entrySet()) {
            json.writeNumberField(DnsNames.responseCode(code.getKey()), code.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("tcpConversations", counts.tcpConversations());
        json.writeNumberField("udpConversations", counts.udpConversations());
    }

    private void writeVnis(String list, String records, Map<Integer, Long> vnis) throws IOException {
        json.writeArrayFieldStart(list);
        for (Integer vni : vnis.keySet()) {
            json.writeNumber(vni);
        }
        json.writeEndArray();
        json.writeObjectFieldStart(records);
        for (Map.Entry<Integer, Long> vni : vnis.entrySet()) {
            json.writeNumberField(String.valueOf(vni.getKey()), vni.getValue());
        }
        json.writeEndObject();
    }

    private void writeTrace(TraceFacts trace) throws IOException {
        json.writeNumberField("lostBuffers", trace.lostBuffers());
        json.writeNumberField("build", trace.build());
        json.writeStringField("session", trace.session());
        json.writeObjectFieldStart("events");
        for (Map.Entry<String, Long> event : trace.events().entrySet()) {
            json.writeNumberField(event.getKey(), event.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("components");
        for (TraceFacts.Component component : trace.components()) {
            writeComponent(component);
        }
        json.writeEndArray();
        writeTexts("filters", trace.filters());
        writeTexts("remarks", trace.remarks());
    }

    private void writeComponent(TraceFacts.Component component) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", component.id());
        json.writeStringField("type", component.type());
        json.writeStringField("name", component.name());
        json.writeStringField("driver", component.driver());
        json.writeNumberField("records", component.packets());
        json.writeObjectFieldStart("properties");
        for (Map.Entry<String, String> property : component.properties().entrySet()) {
            json.writeStringField(property.getKey(), property.getValue());
        }
        json.writeEndObject();
        writeTexts("counters", component.counters());
        json.writeEndObject();
    }

    private void writeTexts(String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}

package hopline.capture.etl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What traces say of their own events' layouts: TraceLogging's extended item, and the metadata that stopping a trace
/// adds.
public final class SelfDescribed {

    private static final String METADATA = "bbccf6c1-6cd1-48c4-80ff-839482e37671";
    private static final int SCHEMA_ITEM = 11;
    private static final int UTF16 = 1;

    private SelfDescribed() {}

    /// A TraceLogging event of texts.
    public static EventBytes traceLogging(String provider, String name, Map<String, String> fields) {
        Payload schema = Payload.of().u8(0).utf8(name);
        Payload data = Payload.of();
        fields.forEach((field, value) -> {
            schema.utf8(field).u8(UTF16);
            data.text(value);
        });
        byte[] item =
                Payload.of().u16(schema.size() + 2).octets(schema.toByteArray()).toByteArray();
        return EventBytes.manifest(provider, 0).extended(SCHEMA_ITEM, item).payload(data);
    }

    /// One field of a layout: its types' numbers, and where its length stands, or -1.
    public record Field(String name, int inType, int outType, int length, int lengthAt) {

        public static Field of(String name, int inType) {
            return new Field(name, inType, 0, 0, -1);
        }

        public Field shownAs(int type) {
            return new Field(name, inType, type, length, lengthAt);
        }
    }

    /// The metadata event that describes an event of a provider: `TRACE_EVENT_INFO`.
    public static EventBytes layout(String provider, String providerName, int id, String task, List<Field> fields) {
        int texts = 112 + 24 * fields.size();
        Map<String, Integer> offsets = new LinkedHashMap<>();
        Payload text = Payload.of();
        List<String> names = new ArrayList<>(List.of(providerName, task));
        fields.forEach(field -> names.add(field.name()));
        for (String name : names) {
            offsets.putIfAbsent(name, texts + text.size());
            if (offsets.get(name) == texts + text.size()) {
                text.octets((name + "\0").getBytes(StandardCharsets.UTF_16LE));
            }
        }
        Payload info = Payload.of()
                .guid(provider)
                .guid(provider)
                .u16(id)
                .u8(0)
                .u8(0)
                .u8(4)
                .u8(0)
                .u16(0)
                .i64(0);
        info.u32(1).u32(offsets.get(providerName)).u32(0).u32(0).u32(0).u32(offsets.get(task));
        info.u32(0).u32(0).u32(0).u32(0).u32(0).u32(0).u32(0);
        info.u32(fields.size()).u32(fields.size()).u32(0);
        for (Field field : fields) {
            boolean counted = field.lengthAt() >= 0;
            info.u32(counted ? 2 : 0)
                    .u32(offsets.get(field.name()))
                    .u16(field.inType())
                    .u16(field.outType());
            info.u32(0).u16(1).u16(counted ? field.lengthAt() : field.length()).u32(0);
        }
        return EventBytes.classic(METADATA, 32).payload(info.octets(text.toByteArray()));
    }
}

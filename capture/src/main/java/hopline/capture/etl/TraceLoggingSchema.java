package hopline.capture.etl;

import java.util.LinkedHashMap;
import java.util.Map;

/// The layout that a TraceLogging event carries in its own extended item, `EVENT_SCHEMA_TL`: the event's name, then for
/// each field its name and type.
///
/// ```
/// u16 size   tags, each with its high bit set but the last   name NUL
/// field:     name NUL   u8 in-type (0x20 counted, 0x40 variable, 0x60 custom, 0x80 an out-type follows)
/// ```
final class TraceLoggingSchema {

    private static final int IN_TYPE = 0x1f;
    private static final int COUNT_FIXED = 0x20;
    private static final int COUNT_VARIABLE = 0x40;
    private static final int COUNT_MASK = 0x60;
    private static final int MORE = 0x80;

    private static final int MAX_ELEMENTS = 4096;
    private static final int MAX_DEPTH = 8;

    private final EventData schema;
    private final EventData data;
    private final int pointerSize;
    private final Map<String, String> fields = new LinkedHashMap<>();

    private TraceLoggingSchema(EventData schema, EventData data, int pointerSize) {
        this.schema = schema;
        this.data = data;
        this.pointerSize = pointerSize;
    }

    /// The event's name, or empty when it is no TraceLogging event.
    static String name(EventData schema) {
        return schema.remaining() < 4 ? "" : skipToName(schema).utf8();
    }

    /// The provider's name, from another extended item, or empty.
    static String providerName(EventData traits) {
        traits.skip(2);
        return traits.utf8();
    }

    private static EventData skipToName(EventData schema) {
        schema.skip(2);
        skipTags(schema);
        return schema;
    }

    private static void skipTags(EventData schema) {
        while (schema.remaining() > 0 && (schema.u8() & MORE) != 0) {
            // each octet with its high bit set is followed by another
        }
    }

    /// The fields of a payload by name, as text. Where schema or payload end early, so do they.
    static Map<String, String> read(EventData schema, EventData data, int pointerSize) {
        skipToName(schema).utf8();
        TraceLoggingSchema reading = new TraceLoggingSchema(schema, data, pointerSize);
        while (schema.remaining() > 0) {
            reading.field("", 0);
        }
        return reading.fields;
    }

    private void field(String prefix, int depth) {
        String name = prefix + schema.utf8();
        int type = schema.u8();
        int outType = 0;
        if ((type & MORE) != 0) {
            outType = schema.u8();
            if ((outType & MORE) != 0) {
                skipTags(schema);
            }
        }
        int inType = type & IN_TYPE;
        switch (type & COUNT_MASK) {
            case 0 -> values(name, inType, outType & 0x7f, -1, depth);
            case COUNT_FIXED -> values(name, inType, outType & 0x7f, schema.u16(), depth);
            case COUNT_VARIABLE -> values(name, inType, outType & 0x7f, data.u16(), depth);
            default -> schema.skip(schema.u16()); // a type of the provider's own: it describes no octets we know
        }
    }

    private void values(String name, int inType, int outType, int count, int depth) {
        if (inType == FieldType.STRUCT) {
            structures(name, outType, count, depth);
            return;
        }
        if (count < 0) {
            put(name, inType, outType);
        }
        for (int i = 0; i < Math.min(count, MAX_ELEMENTS) && data.remaining() > 0; i++) {
            put(name + "[" + i + "]", inType, outType);
        }
    }

    private void put(String name, int inType, int outType) {
        if (inType != 0 && data.remaining() > 0) {
            fields.put(name, FieldType.read(data, inType, outType, -1, pointerSize));
        }
    }

    /// The members' layout stands once, however often the structure occurs.
    private void structures(String name, int members, int count, int depth) {
        int layout = schema.position();
        int times = count < 0 ? 1 : Math.min(count, MAX_ELEMENTS);
        for (int i = 0; i < Math.max(1, times); i++) {
            schema.seek(layout);
            for (int member = 0; member < members && depth < MAX_DEPTH && schema.remaining() > 0; member++) {
                field(name + (count < 0 ? "." : "[" + i + "]."), depth + 1);
            }
            if (data.remaining() == 0) {
                break;
            }
        }
    }
}

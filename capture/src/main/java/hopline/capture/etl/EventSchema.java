package hopline.capture.etl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The layout of one event as a trace carries it with it: `TRACE_EVENT_INFO`, which stopping a trace with Windows' own
/// tools adds for each event that occurs in it.
///
/// @param name of the event or its task; may be empty
/// @param top how many of the properties are not members of another
record EventSchema(
        Guid provider, String providerName, int id, int version, String name, List<Property> properties, int top) {

    private static final int DESCRIPTOR = 32;
    private static final int PROVIDER_NAME = 52;
    private static final int TASK_NAME = 68;
    private static final int EVENT_NAME = 92;
    private static final int PROPERTY_COUNT = 100;
    private static final int PROPERTIES = 112;
    private static final int PROPERTY_LENGTH = 24;

    private static final int STRUCT = 0x1;
    static final int LENGTH_IS_PROPERTY = 0x2;
    private static final int COUNT_IS_PROPERTY = 0x4;

    /// Bounds on what a hostile schema may ask for.
    private static final int MAX_PROPERTIES = 1024;

    private static final int MAX_ELEMENTS = 4096;
    private static final int MAX_DEPTH = 8;

    /// One field: what it is called, what it is, how often it occurs. Of a structure, `inType` is the index of the
    /// first member and `outType` their number.
    record Property(int flags, String name, int inType, int outType, String mapName, int count, int length) {

        Property withOutType(int other) {
            return new Property(flags, name, inType, other, mapName, count, length);
        }
    }

    /// Reads what a type 32 event of the metadata class holds; fields that lie outside it are empty.
    static EventSchema parse(EventData data) {
        Guid provider = data.guid();
        data.seek(DESCRIPTOR);
        int id = data.u16();
        int version = data.u8();
        String providerName = textAt(data, PROVIDER_NAME);
        String event = textAt(data, EVENT_NAME);
        String task = textAt(data, TASK_NAME);
        data.seek(PROPERTY_COUNT);
        int count = Math.clamp(data.i32(), 0, MAX_PROPERTIES);
        int top = Math.clamp(data.i32(), 0, count);
        List<Property> properties = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            properties.add(property(data, PROPERTIES + i * PROPERTY_LENGTH));
        }
        String name = event.isBlank() ? task : event;
        return new EventSchema(provider, providerName.strip(), id, version, name.strip(), properties, top);
    }

    private static Property property(EventData data, int at) {
        data.seek(at);
        int flags = data.i32();
        int nameAt = data.i32();
        int inType = data.u16();
        int outType = data.u16();
        int mapAt = data.i32();
        int count = data.u16();
        int length = data.u16();
        boolean struct = (flags & STRUCT) != 0;
        return new Property(flags, text(data, nameAt), inType, outType, struct ? "" : text(data, mapAt), count, length);
    }

    private static String textAt(EventData data, int at) {
        data.seek(at);
        return text(data, data.i32());
    }

    private static String text(EventData data, int at) {
        if (at <= 0) {
            return "";
        }
        data.seek(at);
        return data.utf16();
    }

    /// The fields of an event's payload by name, as text; values with a map by the names it gives. Where the payload
    /// ends early, so do they.
    Map<String, String> read(EventData data, int pointerSize, Maps maps) {
        Map<String, String> fields = new LinkedHashMap<>();
        new Reading(data, pointerSize, maps, fields).properties(0, top, "", 0);
        return fields;
    }

    /// The same layout, and where it does not say how a field is to be shown, as `other`, which has fields of the same
    /// names.
    EventSchema shownAs(EventSchema other) {
        List<Property> shown = new ArrayList<>(properties);
        shown.replaceAll(property -> property.outType() != 0 || (property.flags() & STRUCT) != 0
                ? property
                : other.properties.stream()
                        .filter(known -> known.name().equals(property.name()) && known.inType() == property.inType())
                        .findFirst()
                        .map(known -> property.withOutType(known.outType()))
                        .orElse(property));
        return new EventSchema(provider, providerName, id, version, name, shown, top);
    }

    /// The value maps of a trace.
    interface Maps {

        /// Numbers stay numbers.
        Maps NONE = (map, value) -> "";

        /// The text for a value of the map of that name; empty when there is none.
        String text(String map, long value);
    }

    /// One payload as it is read.
    private final class Reading {

        private final EventData data;
        private final int pointerSize;
        private final Maps maps;
        private final Map<String, String> fields;
        private final long[] numbers = new long[properties.size()];

        Reading(EventData data, int pointerSize, Maps maps, Map<String, String> fields) {
            this.data = data;
            this.pointerSize = pointerSize;
            this.maps = maps;
            this.fields = fields;
        }

        void properties(int from, int count, String prefix, int depth) {
            for (int i = from; i < Math.min(from + count, properties.size()); i++) {
                elements(i, prefix, depth);
            }
        }

        private void elements(int index, String prefix, int depth) {
            Property property = properties.get(index);
            boolean counted = (property.flags() & COUNT_IS_PROPERTY) != 0;
            long stated = counted ? number(property.count()) : Math.max(1, property.count());
            boolean array = counted || property.count() > 1;
            for (int i = 0; i < Math.min(stated, MAX_ELEMENTS) && data.remaining() > 0; i++) {
                String name = prefix + property.name() + (array ? "[" + i + "]" : "");
                if ((property.flags() & STRUCT) != 0) {
                    if (depth < MAX_DEPTH) {
                        properties(property.inType(), property.outType(), name + ".", depth + 1);
                    }
                } else {
                    element(index, property, name);
                }
            }
        }

        private void element(int index, Property property, String name) {
            String value = FieldType.read(data, property.inType(), property.outType(), length(property), pointerSize);
            numbers[index] = asNumber(value);
            String mapped = property.mapName().isEmpty() ? "" : maps.text(property.mapName(), numbers[index]);
            fields.put(name, mapped.isEmpty() ? value : mapped);
        }

        private long length(Property property) {
            if ((property.flags() & LENGTH_IS_PROPERTY) != 0) {
                return number(property.length());
            }
            return property.length() > 0 ? property.length() : property.inType() == FieldType.BINARY ? 0 : -1;
        }

        private long number(int index) {
            return index < numbers.length ? numbers[index] : 0;
        }

        private long asNumber(String value) {
            try {
                return value.startsWith("0x") ? Long.parseUnsignedLong(value.substring(2), 16) : Long.parseLong(value);
            } catch (NumberFormatException e) { // a text or an address: nothing counts by it
                return 0;
            }
        }
    }
}

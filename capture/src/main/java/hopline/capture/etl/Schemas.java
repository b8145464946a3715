package hopline.capture.etl;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/// The layouts and value maps that a trace carries with it: classic events of one class, added when Windows' own tools
/// stop a trace.
final class Schemas {

    private static final Guid METADATA = Guid.of("bbccf6c1-6cd1-48c4-80ff-839482e37671");
    private static final int EVENT_INFO = 32;
    private static final int MAP_INFO = 33;
    private static final int FLAG_BITMAP = 2;

    /// Bounds on memory.
    private static final int MAX_SCHEMAS = 1 << 13;

    private static final int MAX_MAPS = 1 << 10;
    private static final int MAX_ENTRIES = 1 << 13;
    private static final long MAX_OCTETS = 32 << 20;

    private record Key(Guid provider, int id, int version) {}

    private record MapKey(Guid provider, String name) {}

    private record ValueMap(boolean bits, Map<Long, String> texts) {

        String text(long value) {
            return bits ? bits(value) : texts.getOrDefault(value, "");
        }

        private String bits(long value) {
            StringJoiner set = new StringJoiner("|");
            texts.forEach((bit, text) -> {
                if ((value & bit) != 0) {
                    set.add(text);
                }
            });
            return set.toString();
        }
    }

    private final Map<Key, EventSchema> schemas = new HashMap<>();
    private final Map<MapKey, ValueMap> maps = new HashMap<>();
    private final Names names;
    private long octets;

    /// Tells `names` what the trace calls its providers.
    Schemas(Names names) {
        this.names = names;
    }

    /// Takes in an event; those of other classes are passed over.
    void add(TraceEvent event) {
        if (!event.isClassicOf(METADATA) || octets + event.size() > MAX_OCTETS) {
            return;
        }
        octets += event.size();
        if (event.id() == EVENT_INFO && schemas.size() < MAX_SCHEMAS) {
            EventSchema schema = EventSchema.parse(event.payload());
            schemas.put(new Key(schema.provider(), schema.id(), schema.version()), schema);
            names.add(schema.provider(), schema.providerName());
        } else if (event.id() == MAP_INFO && maps.size() < MAX_MAPS) {
            addMap(event.payload());
        }
    }

    private void addMap(EventData data) {
        Guid provider = data.guid();
        EventData map = data.slice(data.remaining());
        int nameAt = map.i32();
        int flag = map.i32();
        int count = Math.clamp(map.i32(), 0, MAX_ENTRIES);
        map.skip(4);
        Map<Long, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < count && map.remaining() >= 8; i++) {
            int textAt = map.i32();
            long value = map.u32();
            int next = map.position();
            map.seek(textAt);
            texts.put(value, map.utf16().strip());
            map.seek(next);
        }
        map.seek(nameAt);
        maps.put(new MapKey(provider, map.utf16().strip()), new ValueMap(flag == FLAG_BITMAP, texts));
    }

    Optional<EventSchema> schema(Guid provider, int id, int version) {
        return Optional.ofNullable(schemas.get(new Key(provider, id, version)));
    }

    /// What the trace's map of that name calls a value; empty when it has none.
    String text(Guid provider, String map, long value) {
        ValueMap found = maps.get(new MapKey(provider, map));
        return found == null ? "" : found.text(value);
    }

    /// The trace describes that event, whichever version of it.
    boolean has(Guid provider, int id) {
        return schemas.keySet().stream()
                .anyMatch(key -> key.id() == id && key.provider().equals(provider));
    }

    /// What the event is called, whichever version of it; empty when the trace does not say.
    String anyName(Guid provider, int id) {
        for (int version = 0; version < 16; version++) {
            EventSchema schema = schemas.get(new Key(provider, id, version));
            if (schema != null && !schema.name().isEmpty()) {
                return schema.name();
            }
        }
        return "";
    }
}

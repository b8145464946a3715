package hopline.capture.etl;

import hopline.capture.etl.EventSchema.Property;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The layouts of one provider's events as they are published, from a table beside this class; the table's head says
/// what its lines mean. Built from published layouts, not seen in a real trace.
final class EventTable {

    private static final String KEPT_RAW = "raw";

    private final Guid provider;
    private final String providerName;
    private final Map<Integer, EventSchema> schemas = new TreeMap<>();
    private final Map<Integer, String> names = new HashMap<>();
    private final Set<Integer> raw = new TreeSet<>();
    private final Map<String, Map<Long, String>> maps = new HashMap<>();

    private EventTable(Guid provider, String providerName) {
        this.provider = provider;
        this.providerName = providerName;
    }

    /// The table that lies as `resource` beside this class.
    static EventTable of(Guid provider, String providerName, String resource) {
        EventTable table = new EventTable(provider, providerName);
        InputStream in = Objects.requireNonNull(EventTable.class.getResourceAsStream(resource), resource);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    table.add(line.split("\t", -1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private void add(String[] columns) {
        if (columns[0].startsWith("=")) {
            addMap(columns);
            return;
        }
        int id = Integer.parseInt(columns[0]);
        names.put(id, columns[1]);
        if (columns[2].equals(KEPT_RAW)) {
            raw.add(id);
            return;
        }
        List<Property> properties = new Fields(columns[2]).properties;
        schemas.put(id, new EventSchema(provider, providerName, id, 0, columns[1], properties, properties.size()));
    }

    private void addMap(String[] columns) {
        Map<Long, String> texts = new HashMap<>();
        for (int i = 1; i < columns.length; i++) {
            int blank = columns[i].indexOf(' ');
            texts.put(Long.decode(columns[i].substring(0, blank)), columns[i].substring(blank + 1));
        }
        maps.put(columns[0].substring(1), texts);
    }

    Guid provider() {
        return provider;
    }

    String providerName() {
        return providerName;
    }

    /// The event's layout, of whatever version: newer ones only append.
    Optional<EventSchema> schema(int id) {
        return Optional.ofNullable(schemas.get(id));
    }

    /// What the provider calls the event; empty when the table does not have it.
    String name(int id) {
        return names.getOrDefault(id, "");
    }

    /// The events whose layout is published.
    Set<Integer> described() {
        return Set.copyOf(schemas.keySet());
    }

    /// The events that are known to occur and whose layout is not known.
    Set<Integer> keptRaw() {
        return Set.copyOf(raw);
    }

    /// What the map of that name calls a value; empty when it has none.
    String text(String map, long value) {
        return maps.getOrDefault(map, Map.of()).getOrDefault(value, "");
    }

    /// One line's fields as properties, such as a trace's own layout has them.
    private static final class Fields {

        private final List<Property> properties = new ArrayList<>();

        Fields(String line) {
            for (String field : line.split(" ", -1)) {
                if (field.startsWith("&")) {
                    addCounted(field.substring(1) + "Name");
                    addCounted(field.substring(1) + "FName");
                } else if (!field.isEmpty()) {
                    add(field.startsWith("+") ? field.substring(1) : field);
                }
            }
        }

        private void addCounted(String name) {
            add(name + "Len:u32");
            add(name + ":text[" + name + "Len]");
        }

        private void add(String field) {
            int colon = field.indexOf(':');
            int equals = field.indexOf('=');
            String type = field.substring(colon + 1, equals < 0 ? field.length() : equals);
            String map = equals < 0 ? "" : field.substring(equals + 1);
            int bracket = type.indexOf('[');
            String length = bracket < 0 ? "" : type.substring(bracket + 1, type.length() - 1);
            properties.add(
                    property(field.substring(0, colon), bracket < 0 ? type : type.substring(0, bracket), length, map));
        }

        private Property property(String name, String type, String length, String map) {
            FieldType.Kind kind = FieldType.kind(type);
            boolean stated = length.isEmpty() || Character.isDigit(length.charAt(0));
            int size = length.isEmpty() ? kind.length() : stated ? Integer.parseInt(length) : indexOf(length);
            int flags = stated ? 0 : EventSchema.LENGTH_IS_PROPERTY;
            return new Property(flags, name, kind.inType(), kind.outType(), map, 1, size);
        }

        private int indexOf(String name) {
            for (int i = 0; i < properties.size(); i++) {
                if (properties.get(i).name().equals(name)) {
                    return i;
                }
            }
            throw new IllegalStateException("no field " + name + " before it");
        }
    }
}

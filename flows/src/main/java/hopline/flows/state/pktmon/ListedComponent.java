package hopline.flows.state.pktmon;

import hopline.flows.state.Source;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A component while the lines of a listing tell of it, one with its name and one for each property.
final class ListedComponent {

    /// More than any component has.
    private static final int MAX_PROPERTIES = 200;

    private final int id;
    private final String name;
    private final String type;
    private final Source source;
    private final Map<String, String> properties = new HashMap<>();
    private OptionalLong mac = OptionalLong.empty();

    /// @param name empty where the line that has it is not there
    ListedComponent(int id, String name, String type, Source source) {
        this.id = id;
        this.name = name;
        this.type = type;
        this.source = source;
    }

    /// Whether a line about the component of that id goes on with it.
    boolean isOf(int other) {
        return id == other;
    }

    void put(String property, String value) {
        if (properties.size() < MAX_PROPERTIES) {
            properties.putIfAbsent(property, value);
        }
    }

    void mac(OptionalLong address) {
        mac = address.isPresent() ? address : mac;
    }

    PktmonComponent whole() {
        return new PktmonComponent(OptionalInt.of(id), name, type, mac, properties, source);
    }
}

package hopline.capture.etl.pktmon;

import hopline.capture.Octets;
import hopline.capture.etl.EventData;
import hopline.capture.etl.TraceEvent;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.TreeMap;

/// What the packet monitor lists when it stops: components, their properties and counters, filters. In the file it
/// follows the packets, so that a trace is read once for it and once for them; a session that was never stopped has
/// none.
///
/// Events 65 and 66 and all lists were seen in real traces but filters for IPv6 and newly registered components.
public final class Rundown {

    /// A bound on memory; no machine has so many.
    private static final int MAX_COMPONENTS = 1 << 16;

    private static final int MAX_PROPERTIES = 256;
    private static final int MAX_FILTERS = 1024;
    private static final int MAC_LENGTH = 6;
    private static final int MEDIUM_WIFI = 16;
    private static final int MEDIUM_MOBILE = 19;

    /// A component while its properties and edges are still coming.
    private static final class Draft {

        private int type;
        private String driver = "";
        private String description = "";
        private final List<Property> properties = new ArrayList<>();
        private final List<EdgeCounters> edges = new ArrayList<>();
        private Optional<EdgeCounters> drops = Optional.empty();

        Component component(int id) {
            return new Component(id, type, driver, description, properties, edges);
        }
    }

    private final Map<Integer, Draft> drafts = new TreeMap<>();
    private final Map<Integer, PacketFilter> filters = new TreeMap<>();

    /// Takes in an event of the provider, also one that it knows; false for those that list nothing.
    public boolean add(TraceEvent event) {
        EventData data = event.payload();
        switch (event.id()) {
            case PktMon.COMPONENT, PktMon.COMPONENT_REGISTERED -> addComponent(data);
            case PktMon.DROP_COUNTERS -> addDropCounters(data);
            case PktMon.FLOW_COUNTERS -> addFlowCounters(data);
            case PktMon.FILTER_IPV4 -> addFilter(data, 4);
            case PktMon.FILTER_IPV6 -> addFilter(data, 16);
            case PktMon.PROPERTY_NUMBER,
                    PktMon.PROPERTY_GUID,
                    PktMon.PROPERTY_HEX,
                    PktMon.PROPERTY_MEDIUM,
                    PktMon.PROPERTY_IPV4,
                    PktMon.PROPERTY_IPV6,
                    PktMon.PROPERTY_OCTETS,
                    PktMon.PROPERTY_TEXT,
                    PktMon.PROPERTY_ETHER_TYPE -> addProperty(event.id(), data);
            default -> {
                return false;
            }
        }
        return true;
    }

    private Draft draft(int id) {
        Draft known = drafts.get(id);
        if (known != null) {
            return known;
        }
        Draft draft = new Draft();
        if (drafts.size() < MAX_COMPONENTS) {
            drafts.put(id, draft);
        }
        return draft;
    }

    private void addComponent(EventData data) {
        int id = data.u16();
        int type = data.u16();
        String driver = data.utf16();
        String description = data.utf16();
        if (!data.isExceeded()) {
            Draft draft = draft(id);
            draft.type = type;
            draft.driver = driver;
            draft.description = description;
        }
    }

    private void addProperty(int event, EventData data) {
        int id = data.u16();
        int type = data.u16();
        Property property = property(event, type, data);
        List<Property> properties = draft(id).properties;
        if (!data.isExceeded() && properties.size() < MAX_PROPERTIES && !properties.contains(property)) {
            properties.add(property);
        }
    }

    private static Property property(int event, int type, EventData data) {
        return switch (event) {
            case PktMon.PROPERTY_NUMBER ->
                type == PropertyType.NDIS_MEDIUM.number()
                        ? medium(type, data.i32())
                        : Property.number(type, data.u32());
            case PktMon.PROPERTY_HEX -> Property.hex(type, data.u32());
            case PktMon.PROPERTY_GUID -> Property.text(type, data.guid().toString());
            case PktMon.PROPERTY_MEDIUM -> medium(type, data.u16());
            case PktMon.PROPERTY_IPV4 -> address(type, data.octets(4));
            case PktMon.PROPERTY_IPV6 -> address(type, data.octets(16));
            case PktMon.PROPERTY_OCTETS -> octets(type, data.octets(data.u32()));
            case PktMon.PROPERTY_ETHER_TYPE -> Property.hex(type, data.u16());
            default -> Property.text(type, data.utf16());
        };
    }

    private static Property medium(int type, int medium) {
        String name =
                switch (medium) {
                    case 0 -> "Ethernet";
                    case MEDIUM_WIFI -> "WiFi";
                    case MEDIUM_MOBILE -> "MBB";
                    default -> String.valueOf(medium);
                };
        return new Property(type, name, OptionalLong.of(medium), Optional.empty());
    }

    private static Property address(int type, byte[] octets) {
        return Property.octets(type, Octets.wrap(octets), addressText(octets));
    }

    private static Property octets(int type, byte[] octets) {
        return Property.octets(type, Octets.wrap(octets), octets.length == MAC_LENGTH ? mac(octets) : hex(octets));
    }

    private void addDropCounters(EventData data) {
        int id = data.u16();
        EdgeCounters counters = counters(0, "", data);
        if (!data.isExceeded()) {
            draft(id).drops = Optional.of(counters);
        }
    }

    /// A later count of the same edge replaces the earlier one: both run since the start.
    private void addFlowCounters(EventData data) {
        int id = data.u16();
        String name = data.utf16();
        int edge = data.u16();
        EdgeCounters counters = counters(edge, name, data);
        List<EdgeCounters> edges = draft(id).edges;
        if (!data.isExceeded() && edges.size() < MAX_PROPERTIES) {
            edges.removeIf(earlier -> earlier.edge() == edge);
            edges.add(counters);
        }
    }

    private static EdgeCounters counters(int edge, String name, EventData data) {
        return new EdgeCounters(
                edge,
                name,
                Direction.of(data.u16()),
                data.i64(),
                data.i64(),
                Direction.of(data.u16()),
                data.i64(),
                data.i64());
    }

    private void addFilter(EventData data, int addressLength) {
        int id = data.u16();
        String name = data.utf16();
        StringJoiner conditions = new StringJoiner(", ");
        addMac(conditions, data.octets(MAC_LENGTH));
        addMac(conditions, data.octets(MAC_LENGTH));
        addNumber(conditions, "Ethernet type 0x%04x", data.u16());
        addNumber(conditions, "VLAN %d", data.u16());
        addAddress(conditions, data.octets(addressLength));
        addAddress(conditions, data.octets(addressLength));
        addNumber(conditions, "protocol %d", data.u8());
        addNumber(conditions, "port %d", data.u16());
        addNumber(conditions, "port %d", data.u16());
        addNumber(conditions, "TCP flags 0x%02x", data.u8());
        if (!data.isExceeded() && filters.size() < MAX_FILTERS) {
            filters.put(id, new PacketFilter(id, name, conditions.toString()));
        }
    }

    private static void addMac(StringJoiner conditions, byte[] octets) {
        if (!isZero(octets)) {
            conditions.add("MAC " + mac(octets));
        }
    }

    private static void addAddress(StringJoiner conditions, byte[] octets) {
        if (!isZero(octets)) {
            conditions.add("IP " + addressText(octets));
        }
    }

    private static void addNumber(StringJoiner conditions, String format, int number) {
        if (number != 0) {
            conditions.add(String.format(Locale.ROOT, format, number));
        }
    }

    private static boolean isZero(byte[] octets) {
        for (byte octet : octets) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }

    private static String mac(byte[] octets) {
        return HexFormat.ofDelimiter(":").formatHex(octets);
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private static String addressText(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets).getHostAddress();
        } catch (UnknownHostException e) { // neither 4 nor 16 octets: the event was cut
            return "";
        }
    }

    /// By number.
    public Collection<Component> components() {
        List<Component> components = new ArrayList<>();
        drafts.forEach((id, draft) -> components.add(draft.component(id)));
        return components;
    }

    /// What was dropped in the component since monitoring began, whatever was logged; empty when not told.
    public Optional<EdgeCounters> drops(int component) {
        return Optional.ofNullable(drafts.get(component)).flatMap(draft -> draft.drops);
    }

    /// By number.
    public Collection<PacketFilter> filters() {
        return List.copyOf(filters.values());
    }
}

package hopline.capture.etl.pktmon;

import hopline.capture.Octets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// A part of the network stack that logs packets: an adapter, a filter on it, a protocol, a port of the virtual
/// switch. Its number is good for one run of the driver on one machine.
///
/// @param driver its file, such as `tcpip.sys`
/// @param description the adapter it belongs to, or what it is
/// @param properties in the order they were logged
/// @param edges its sides by number and what passed them, in the order they were logged
public record Component(
        int id, int type, String driver, String description, List<Property> properties, List<EdgeCounters> edges) {

    /// The port of the virtual switch that a container or virtual machine is attached to.
    public static final int VMS_VM_NIC = 5;

    public static final int VMS_MINIPORT = 6;
    public static final int VMS_EXT_MINIPORT = 7;
    public static final int VMS_PROTOCOL_NIC = 8;

    private static final String[] TYPES = {
        "Unknown",
        "NDIS",
        "Miniport",
        "Filter",
        "Protocol",
        "VmsVmNic",
        "VmsMiniport",
        "VmsExtMiniport",
        "VmsProtocolNic",
        "NetVsc Miniport",
        "HTTP Protocol",
        "IP interface",
        "Slbmux",
        "IPSec",
        "NetCx",
        "HTTP Message"
    };

    public Component {
        properties = List.copyOf(properties);
        edges = List.copyOf(edges);
    }

    /// What kind of component it is, as Windows prints it, or the number.
    public String typeName() {
        return type >= 0 && type < TYPES.length ? TYPES[type] : "type " + type;
    }

    /// One name for people that differs from that of every other component: what it is, its kind, its number.
    public String name() {
        String what = description.isBlank() ? driver : description;
        String base = what.isBlank() ? "Component" : what;
        return type == 0 ? base + " " + id : base + " (" + typeName() + " " + id + ")";
    }

    /// The first property of that type that is text, else empty.
    public Optional<String> text(PropertyType wanted) {
        return all(wanted).map(Property::text).findFirst();
    }

    /// The first property of that type that is a number, else empty.
    public OptionalLong number(PropertyType wanted) {
        return all(wanted)
                .filter(property -> property.number().isPresent())
                .mapToLong(property -> property.number().getAsLong())
                .findFirst();
    }

    /// Every property of that type that consists of octets: addresses.
    public List<Octets> octets(PropertyType wanted) {
        return all(wanted).flatMap(property -> property.octets().stream()).toList();
    }

    private Stream<Property> all(PropertyType wanted) {
        return properties.stream().filter(property -> property.type() == wanted.number());
    }

    /// The name of the edge of that number; empty when the trace does not tell.
    public String edgeName(int edge) {
        return edges.stream()
                .filter(known -> known.edge() == edge)
                .map(EdgeCounters::name)
                .findFirst()
                .orElse("");
    }
}

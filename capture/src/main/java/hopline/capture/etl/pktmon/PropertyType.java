package hopline.capture.etl.pktmon;

import java.util.Optional;

/// What a property of a component tells. The number of a constant is its place, from 1.
public enum PropertyType {
    IF_INDEX("IfIndex"),
    MINIPORT_IF_INDEX("MiniportIfIndex"),
    LOWER_IF_INDEX("LowerIfIndex"),
    IF_GUID("IfGuid"),
    NDIS_MEDIUM("NdisMedium"),
    PHYS_ADDRESS("PhysAddress"),
    ETHER_TYPE("EtherType"),
    OPT_DATA_PATH("OptDataPath"),
    NDIS_OBJECT("NdisObject"),
    SWITCH_NAME("VMSwitchName"),
    EXTERNAL_IF_INDEX("VmsExtIfIndex"),
    LOWEST_IF_INDEX("LowestIfIndex"),
    IP_ADDRESS("IpAddress"),
    IP_IF_INDEX("IpIfIndex"),
    VIRTUAL_SUBNET("Vsid"),
    VLAN("Vlan"),
    COMPARTMENT("CompartmentId");

    private static final PropertyType[] ALL = values();

    private final String label;

    PropertyType(String label) {
        this.label = label;
    }

    /// The type of that number; empty for those that newer builds add.
    static Optional<PropertyType> of(int number) {
        return number >= 1 && number <= ALL.length ? Optional.of(ALL[number - 1]) : Optional.empty();
    }

    int number() {
        return ordinal() + 1;
    }

    /// As Windows prints it.
    public String label() {
        return label;
    }
}

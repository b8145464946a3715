package hopline.capture.etl.pktmon;

import java.util.Optional;

/// What a property of a component tells.
public enum PropertyType {
    IF_INDEX(1, "IfIndex"),
    MINIPORT_IF_INDEX(2, "MiniportIfIndex"),
    LOWER_IF_INDEX(3, "LowerIfIndex"),
    IF_GUID(4, "IfGuid"),
    NDIS_MEDIUM(5, "NdisMedium"),
    PHYS_ADDRESS(6, "PhysAddress"),
    ETHER_TYPE(7, "EtherType"),
    OPT_DATA_PATH(8, "OptDataPath"),
    NDIS_OBJECT(9, "NdisObject"),
    SWITCH_NAME(10, "VMSwitchName"),
    EXTERNAL_IF_INDEX(11, "VmsExtIfIndex"),
    LOWEST_IF_INDEX(12, "LowestIfIndex"),
    IP_ADDRESS(13, "IpAddress"),
    IP_IF_INDEX(14, "IpIfIndex"),
    VIRTUAL_SUBNET(15, "Vsid"),
    VLAN(16, "Vlan"),
    COMPARTMENT(17, "CompartmentId");

    private static final PropertyType[] ALL = values();

    private final int number;
    private final String label;

    PropertyType(int number, String label) {
        this.number = number;
        this.label = label;
    }

    /// The type of that number; empty for those that newer builds add.
    static Optional<PropertyType> of(int number) {
        return number >= 1 && number <= ALL.length ? Optional.of(ALL[number - 1]) : Optional.empty();
    }

    int number() {
        return number;
    }

    /// As Windows prints it.
    public String label() {
        return label;
    }
}

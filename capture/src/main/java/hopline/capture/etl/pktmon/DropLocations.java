package hopline.capture.etl.pktmon;

import java.util.Map;

/// Where in the system a packet was dropped: a number for a place in the source of one driver.
///
/// Every build adds places that no public table has, so that the number is always told, and the driver it belongs to.
public final class DropLocations {

    private static final Map<Integer, String> NAMES = DropReasons.read("drop-locations.tsv", 16, 1);
    private static final int FAMILY_SHIFT = 12;

    private static final Map<Integer, String> FAMILIES = Map.of(
            0xE0001, "NDIS",
            0xE0002, "VMSwitch",
            0xE0003, "NetVsc",
            0xE0004, "TCPIP",
            0xE0005, "HTTP",
            0xE0006, "VFP",
            0xE0007, "SLBMUX",
            0xE0008, "IPSEC",
            0xE0009, "NETCX");

    private DropLocations() {}

    /// The symbol, such as `NDIS_NEXT_SEND`, else the driver, else empty.
    public static String name(int location) {
        return NAMES.getOrDefault(location, family(location));
    }

    /// The driver, such as `VFP`; empty for numbers of no known family.
    public static String family(int location) {
        return FAMILIES.getOrDefault(location >>> FAMILY_SHIFT, "");
    }
}

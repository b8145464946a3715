package hopline.capture.etl.pktmon;

import hopline.capture.etl.Guid;
import java.util.Map;

/// The provider Microsoft-Windows-PktMon and the numbers of its events.
///
/// The numbers are those of all builds since Windows 10 1809 and Server 2019; later builds added some and changed none.
public final class PktMon {

    public static final Guid PROVIDER = Guid.of("4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac");

    static final int DRIVER_ENTRY_FAILED = 10;
    static final int COMPONENT = 20;
    static final int PROPERTY_NUMBER = 30;
    static final int PROPERTY_GUID = 40;
    static final int PROPERTY_HEX = 50;
    static final int PROPERTY_MEDIUM = 60;
    static final int PROPERTY_IPV4 = 65;
    static final int PROPERTY_IPV6 = 66;
    static final int PROPERTY_OCTETS = 70;
    static final int PROPERTY_TEXT = 73;
    static final int PROPERTY_ETHER_TYPE = 75;
    static final int DROP_COUNTERS = 80;
    static final int FLOW_COUNTERS = 90;
    static final int FILTER_IPV4 = 100;
    static final int FILTER_IPV6 = 110;
    static final int FRAME = 160;
    static final int FRAME_DROPPED = 170;
    static final int FRAME_NEWER = 240;
    static final int COMPONENT_REGISTERED = 270;

    /// Server 2019, the last build whose numbers for the reasons of drops differ from those of all later ones.
    static final int BUILD_SERVER_2019 = 17763;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(DRIVER_ENTRY_FAILED, "driver failed to load"),
            Map.entry(COMPONENT, "component"),
            Map.entry(PROPERTY_NUMBER, "component property"),
            Map.entry(PROPERTY_GUID, "component property"),
            Map.entry(PROPERTY_HEX, "component property"),
            Map.entry(PROPERTY_MEDIUM, "component property"),
            Map.entry(PROPERTY_IPV4, "component property"),
            Map.entry(PROPERTY_IPV6, "component property"),
            Map.entry(PROPERTY_OCTETS, "component property"),
            Map.entry(PROPERTY_TEXT, "component property"),
            Map.entry(PROPERTY_ETHER_TYPE, "component property"),
            Map.entry(DROP_COUNTERS, "drop counters"),
            Map.entry(FLOW_COUNTERS, "flow counters"),
            Map.entry(FILTER_IPV4, "filter"),
            Map.entry(FILTER_IPV6, "filter"),
            Map.entry(120, "packet, headers only"),
            Map.entry(130, "packet, headers only"),
            Map.entry(140, "drop, headers only"),
            Map.entry(150, "drop, headers only"),
            Map.entry(200, "packet, parsed"),
            Map.entry(210, "drop, parsed"),
            Map.entry(220, "packet, parsed"),
            Map.entry(230, "drop, parsed"),
            Map.entry(250, "packet context"),
            Map.entry(260, "drop context"),
            Map.entry(FRAME, "packet"),
            Map.entry(FRAME_DROPPED, "drop"),
            Map.entry(180, "packet information"),
            Map.entry(190, "drop information"),
            Map.entry(FRAME_NEWER, "packet"),
            Map.entry(COMPONENT_REGISTERED, "component registered"),
            Map.entry(280, "component unregistered"));

    private PktMon() {}

    /// What an event is called here; empty for those of no known layout.
    static String eventName(int id) {
        return NAMES.getOrDefault(id, "");
    }
}

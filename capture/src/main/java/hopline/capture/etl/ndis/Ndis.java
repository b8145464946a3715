package hopline.capture.etl.ndis;

import hopline.capture.etl.Guid;
import java.util.Map;

/// The provider Microsoft-Windows-NDIS-PacketCapture, the numbers of its events and the bits of its keywords.
///
/// One event 1001 was seen in a real trace; the rest was built from the specification.
final class Ndis {

    static final Guid PROVIDER = Guid.of("2ed6006e-4729-4609-b423-3ee7bcd678ef");

    static final int FRAGMENT = 1001;
    static final int METADATA = 1002;
    static final int SWITCH_FRAGMENT = 1003;
    static final int LAYER_LOADED = 1014;
    static final int LAYER_UNLOADED = 1015;
    static final int RULE = 1016;
    static final int RULE_OF_STATE = 2003;
    static final int SOURCE_INFO = 5101;

    static final long KEYWORD_MOBILE = 0x200;
    static final long KEYWORD_WIFI = 0x1_0000;
    static final long KEYWORD_SEND = 1L << 32;
    static final long KEYWORD_RECEIVE = 1L << 33;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(FRAGMENT, "packet"),
            Map.entry(METADATA, "packet metadata"),
            Map.entry(SWITCH_FRAGMENT, "virtual switch packet"),
            Map.entry(1011, "number of rules"),
            Map.entry(1012, "driver loaded"),
            Map.entry(1013, "driver unloaded"),
            Map.entry(LAYER_LOADED, "layer loaded"),
            Map.entry(LAYER_UNLOADED, "layer unloaded"),
            Map.entry(RULE, "rule"),
            Map.entry(2001, "driver state"),
            Map.entry(2002, "driver state"),
            Map.entry(RULE_OF_STATE, "rule"),
            Map.entry(3001, "layer state"),
            Map.entry(3002, "layer state"),
            Map.entry(5000, "receive started"),
            Map.entry(5001, "receive completed"),
            Map.entry(5002, "send started"),
            Map.entry(5003, "send completed"),
            Map.entry(5100, "state rundown"),
            Map.entry(SOURCE_INFO, "packet source"));

    private Ndis() {}

    /// What an event is called here; empty for those of no known layout.
    static String eventName(int id) {
        return NAMES.getOrDefault(id, "");
    }
}

package hopline.capture.pcapng;

import java.util.Map;

/// The specification's names of block types.
public final class BlockNames {

    /// Those that are not told apart, because there are too many types.
    static final String OTHERS = "blocks of other types";

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(PcapngReader.SECTION_HEADER, "Section Header Block"),
            Map.entry(1, "Interface Description Block"),
            Map.entry(2, "Packet Block"),
            Map.entry(3, "Simple Packet Block"),
            Map.entry(4, "Name Resolution Block"),
            Map.entry(5, "Interface Statistics Block"),
            Map.entry(6, "Enhanced Packet Block"),
            Map.entry(9, "Systemd Journal Export Block"),
            Map.entry(10, "Decryption Secrets Block"),
            Map.entry(PcapngReader.SYSDIG_EVENT, "Sysdig Event Block"),
            Map.entry(PcapngReader.SYSDIG_EVENT_2, "Sysdig Event Block"),
            Map.entry(PcapngReader.LARGE_SYSDIG_EVENT_2, "Sysdig Event Block"),
            Map.entry(0xBAD, "Custom Block"),
            Map.entry(0x40000BAD, "Custom Block"));

    private BlockNames() {}

    /// The name, or the number of a type that has none here.
    public static String name(int type) {
        String name = NAMES.get(type);
        return name != null ? name : "block of type 0x" + Integer.toHexString(type);
    }

    static String withArticle(int type) {
        String name = name(type);
        return ("EI".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
    }
}

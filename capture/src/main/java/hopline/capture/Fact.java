package hopline.capture;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that a system's tracing may say about a record; see [EventFacts].
public enum Fact {
    /// Number of the event within its provider.
    EVENT("event"),
    /// Why a packet was dropped, as text and as the system's number.
    DROP("drop"),
    REASON("reason"),
    /// Where in the system it was dropped, as text and as the system's number.
    PLACE("place"),
    LOCATION("location"),
    /// Packet monitor's group: appearances of one packet, or packets of one buffer list.
    GROUP("group"),
    /// Which packet of its buffer list, from 1.
    NUMBER("number"),
    /// Which sighting of its group, from 1; 0 when the system does not count them.
    APPEARANCE("appearance"),
    /// The component's direction, in the system's word: In, Out, Rx, Tx, Ingress, Egress.
    DIRECTION("direction"),
    /// What the payload begins with, in the system's word.
    TYPE("type"),
    COMPONENT("component"),
    EDGE("edge"),
    FILTER("filter"),
    /// A virtual switch, its ports and network cards.
    SWITCH("switch"),
    PART("part"),
    PORT("port"),
    NIC("nic"),
    DESTINATIONS("destinations"),
    VLAN("vlan"),
    /// What the virtual filtering platform applied: port, layer, group and rule.
    LAYER("layer"),
    RULE_GROUP("rulegroup"),
    RULE("rule"),
    /// Where and in whose name the event was written.
    CPU("cpu"),
    PROCESS("pid"),
    THREAD("tid");

    private static final Map<String, Fact> BY_KEY = new HashMap<>();

    static {
        for (Fact fact : values()) {
            BY_KEY.put(fact.key, fact);
        }
    }

    private final String key;

    Fact(String key) {
        this.key = key;
    }

    /// Its name in a comment.
    public String key() {
        return key;
    }

    static @Nullable Fact ofKey(String key) {
        return BY_KEY.get(key);
    }
}

package hopline.flows.expect;

import java.util.Optional;
import java.util.OptionalInt;

/// A link that packets leave a node by.
///
/// @param name as people call it: `the adapter`, `vx0`
/// @param mtu in octets; empty where no state tells
/// @param rule where that stands
/// @param settledBy what would tell
record Link(Place place, String name, OptionalInt mtu, Optional<RuleRef> rule, String settledBy) {

    String node() {
        return place.node();
    }

    /// Notes that nothing tells how long a packet it takes.
    void doubt(Trail trail) {
        if (trail.octets() > 0 && mtu.isEmpty()) {
            trail.doubt("how long a packet " + name + " of " + node() + " takes", settledBy);
        }
    }

    /// Whether it cannot send a packet as it is, which ends it; a packet without a length fits everywhere.
    boolean refuses(Trail trail) {
        int tunnel = trail.headers().tunnel().map(Tunnel::overhead).orElse(0);
        int length = trail.octets() + tunnel;
        boolean isTooLong = trail.octets() > 0 && mtu.isPresent() && length > mtu.getAsInt();
        if (isTooLong) {
            trail.drop(
                    place,
                    place.kind() == Place.Kind.EXTERNAL_PORT ? "adapter" : "interface",
                    rule,
                    length + " octets" + (tunnel > 0 ? ", " + tunnel + " of them the tunnel's," : "")
                            + " are more than " + name + "'s MTU of " + mtu.getAsInt());
        }
        return isTooLong;
    }
}

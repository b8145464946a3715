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

    /// Whether it cannot send a packet as it is, which ends it. A packet without a length fits everywhere; one with a
    /// length may fit where nothing tells how much does.
    boolean refuses(Trail trail) {
        if (trail.octets() == 0) {
            return false;
        }
        if (mtu.isEmpty()) {
            trail.doubt("how long a packet " + name + " of " + node() + " takes", settledBy);
            return false;
        }
        int tunnel = trail.headers().tunnel().map(Tunnel::overhead).orElse(0);
        int length = trail.octets() + tunnel;
        boolean isTooLong = length > mtu.getAsInt();
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

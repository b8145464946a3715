package hopline.flows.state.vfp;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.flows.state.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A rule of VFP.
///
/// @param port the port's GUID in lower case; empty when the text does not say
/// @param layer empty when the text begins below it
/// @param direction `IN` or `OUT` as seen by the port's client; empty when not said
/// @param name the friendly name, else the id
/// @param type `lbnat`, `allow`, `routeencap` …
/// @param conditions by the names VFP gives them, in lower case: `destination ip`, `source mac` …
/// @param backends what a load balancing rule translates to
/// @param encaps where an encapsulating rule sends to
/// @param actions what it does, by name: `encap source ip`, `modify source mac`, `nat pool` …
/// @param counters `matched packets` and the like, where they were asked for
public record VfpRule(
        String port,
        String layer,
        String group,
        String direction,
        String name,
        String type,
        OptionalInt priority,
        Map<String, String> conditions,
        List<Endpoint> backends,
        List<Encap> encaps,
        Map<String, String> actions,
        Map<String, Long> counters,
        Source source) {

    public VfpRule {
        conditions = Map.copyOf(conditions);
        backends = List.copyOf(backends);
        encaps = List.copyOf(encaps);
        actions = Map.copyOf(actions);
        counters = Map.copyOf(counters);
    }

    /// An outer destination.
    public record Encap(Optional<Address> address, OptionalLong mac, OptionalInt vni) {}

    /// A condition's text, empty when there is none.
    public String condition(String key) {
        return conditions.getOrDefault(key, "");
    }

    /// Whether it translates a service's address.
    public boolean isLoadBalancing() {
        return type.equals("lbnat") || (type.equals("nat") && name.startsWith("NAT_")) || name.startsWith("LB_");
    }

    /// Whether it puts packets into a tunnel.
    public boolean isEncapsulating() {
        return type.equals("routeencap") || type.contains("encap");
    }
}

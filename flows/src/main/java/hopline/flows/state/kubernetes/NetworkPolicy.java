package hopline.flows.state.kubernetes;

import hopline.flows.state.NamespacedName;
import hopline.flows.state.Source;
import java.util.List;
import java.util.Map;

/// A network policy.
///
/// @param selector the labels of the pods it is for; empty for all of its namespace
/// @param types `Ingress`, `Egress`
/// @param ingress how many rules let something in
/// @param egress how many rules let something out
public record NetworkPolicy(
        NamespacedName id, Map<String, String> selector, List<String> types, int ingress, int egress, Source source) {

    public NetworkPolicy {
        selector = Map.copyOf(selector);
        types = List.copyOf(types);
    }
}

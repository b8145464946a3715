package hopline.flows.expect;

import java.util.List;
import java.util.Optional;

/// One layer on the way of an expected packet.
///
/// @param layer the layer's name: `LB_DSR`, `routing`, `nat PREROUTING` …
/// @param considered how many rules of the layer were compared with the packet
/// @param candidates the rules that match it, the one that counts among them
/// @param rule the one that counts; empty when none matches or none is needed
/// @param after the headers when the layer is done
/// @param note what people should know about it; mostly empty
public record Step(
        Place place,
        String layer,
        int considered,
        List<RuleRef> candidates,
        Optional<RuleRef> rule,
        Action action,
        Headers after,
        String note) {

    public Step {
        candidates = List.copyOf(candidates);
    }
}

package hopline.flows.state.vfp;

import hopline.flows.state.Source;

/// A group of a layer, as it says of itself which of its rules counts.
///
/// @param direction `IN` or `OUT` as seen by the port's client
/// @param match such as `Longest prefix match on Destination IP` or `Priority-based match`
public record VfpGroup(String port, String layer, String name, String direction, String match, Source source) {

    /// Whether the rule with the longest prefix of the destination counts, not the one of the first priority.
    public boolean isByPrefix() {
        return match.startsWith("Longest prefix");
    }
}

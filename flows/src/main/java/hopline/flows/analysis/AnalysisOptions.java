package hopline.flows.analysis;

import java.util.Set;

/// What a user may choose about an analysis.
///
/// @param vxlanPorts UDP ports to look for VXLAN on, beside 4789 and 8472
/// @param maxFlows how many flows to report; counts and findings always cover all
public record AnalysisOptions(Set<Integer> vxlanPorts, int maxFlows) {

    /// Flows reported unless told otherwise.
    public static final int DEFAULT_FLOWS = 10_000;

    public AnalysisOptions {
        vxlanPorts = Set.copyOf(vxlanPorts);
    }

    /// What holds when nothing is said.
    public static AnalysisOptions defaults() {
        return new AnalysisOptions(Set.of(), DEFAULT_FLOWS);
    }
}

package hopline.flows.state.cni;

import hopline.flows.state.Source;

/// The ranges that a script was told the cluster has, as written.
public record ClusterRanges(String services, String pods, Source source) {}

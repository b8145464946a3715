package hopline.flows.state;

/// How much is known, for a line of summary.
///
/// @param endpoints distinct address and port pairs behind services, per service port
public record ClusterCounts(int pods, int services, int endpoints, int nodes) {}

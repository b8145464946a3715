package hopline.flows.state;

/// How much is known, for a line of summary.
///
/// @param endpoints distinct address and port pairs behind services, per service port
public record ClusterCounts(int pods, int services, int endpoints, int nodes) {

    /// Whether nothing is known.
    boolean isNone() {
        return pods == 0 && services == 0 && endpoints == 0 && nodes == 0;
    }
}

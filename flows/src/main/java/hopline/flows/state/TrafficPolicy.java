package hopline.flows.state;

/// Which endpoints a service's traffic may go to.
public enum TrafficPolicy {
    /// Those of every node; the source may be rewritten on the way.
    CLUSTER,
    /// Only those on the node where the traffic enters; the source stays as it is.
    LOCAL;

    /// Anything but `Local` means `Cluster`, as kube-proxy takes it.
    static TrafficPolicy of(String text) {
        return text.equals("Local") ? LOCAL : CLUSTER;
    }
}

package hopline.flows.state.cni;

import hopline.flows.state.Facts;
import java.util.List;

/// How the network plugins of one node were configured, and what they remember.
public final class CniState {

    private static final int MAX_FACTS = 100_000;

    private final Facts<CniConfig> configs = new Facts<>(MAX_FACTS);
    private final Facts<FlannelNetwork> flannelNetworks = new Facts<>(MAX_FACTS);
    private final Facts<ClusterRanges> ranges = new Facts<>(MAX_FACTS);
    private final Facts<PluginEndpoint> endpoints = new Facts<>(MAX_FACTS);

    /// Nothing yet.
    public CniState() {}

    /// Takes in a configuration.
    public void add(CniConfig config) {
        configs.add(config);
    }

    /// Takes in flannel's network.
    public void add(FlannelNetwork network) {
        flannelNetworks.add(network);
    }

    /// Takes in a cluster's ranges.
    public void add(ClusterRanges cluster) {
        ranges.add(cluster);
    }

    /// Takes in an endpoint.
    public void add(PluginEndpoint endpoint) {
        endpoints.add(endpoint);
    }

    /// Configurations in the order of the files.
    public List<CniConfig> configs() {
        return configs.all();
    }

    /// Flannel's networks in the order of the files.
    public List<FlannelNetwork> flannelNetworks() {
        return flannelNetworks.all();
    }

    /// Ranges in the order of the files.
    public List<ClusterRanges> ranges() {
        return ranges.all();
    }

    /// Endpoints in the order of the files.
    public List<PluginEndpoint> endpoints() {
        return endpoints.all();
    }

    /// Whether there was more than is kept.
    public boolean isCut() {
        return configs.isCut() || flannelNetworks.isCut() || ranges.isCut() || endpoints.isCut();
    }

    /// Whether nothing was read.
    public boolean isEmpty() {
        return configs.isEmpty() && flannelNetworks.isEmpty() && ranges.isEmpty() && endpoints.isEmpty();
    }
}

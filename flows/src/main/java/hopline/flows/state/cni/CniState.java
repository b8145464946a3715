package hopline.flows.state.cni;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// How the network plugins of one node were configured, and what they remember.
public final class CniState {

    private final List<CniConfig> configs = new ArrayList<>();
    private final List<FlannelNetwork> flannelNetworks = new ArrayList<>();
    private final List<ClusterRanges> ranges = new ArrayList<>();
    private final List<PluginEndpoint> endpoints = new ArrayList<>();

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
        return Collections.unmodifiableList(configs);
    }

    /// Flannel's networks in the order of the files.
    public List<FlannelNetwork> flannelNetworks() {
        return Collections.unmodifiableList(flannelNetworks);
    }

    /// Ranges in the order of the files.
    public List<ClusterRanges> ranges() {
        return Collections.unmodifiableList(ranges);
    }

    /// Endpoints in the order of the files.
    public List<PluginEndpoint> endpoints() {
        return Collections.unmodifiableList(endpoints);
    }

    /// Whether nothing was read.
    public boolean isEmpty() {
        return configs.isEmpty() && flannelNetworks.isEmpty() && ranges.isEmpty() && endpoints.isEmpty();
    }
}

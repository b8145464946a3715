package hopline.flows.state.hns;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What HNS holds on one node. The same object read from several files counts once: the fullest account of
/// it.
public final class HnsState {

    private final Map<String, HnsNetwork> networks = new LinkedHashMap<>();
    private final Map<String, HnsEndpoint> endpoints = new LinkedHashMap<>();
    private final Map<String, HnsLoadBalancer> loadBalancers = new LinkedHashMap<>();
    private final List<HnsNamespace> namespaces = new ArrayList<>();
    private boolean listsEndpoints;
    private boolean listsLoadBalancers;

    /// Nothing yet.
    public HnsState() {}

    /// Takes in a network.
    public void add(HnsNetwork network) {
        networks.merge(
                key(network.id(), networks.size()), network, (old, other) -> weight(other) > weight(old) ? other : old);
    }

    private static int weight(HnsNetwork network) {
        return network.subnets().size()
                + network.remoteSubnets().size()
                + network.extensions().size()
                + (network.managementIp().isPresent() ? 1 : 0)
                + (network.type().isEmpty() ? 0 : 1);
    }

    /// Takes in an endpoint.
    public void add(HnsEndpoint endpoint) {
        listsEndpoints = true;
        endpoints.merge(
                key(endpoint.id(), endpoints.size()),
                endpoint,
                (old, other) -> weight(other) > weight(old) ? other : old);
    }

    private static int weight(HnsEndpoint endpoint) {
        return (endpoint.isComplete() ? 4 : 0)
                + endpoint.addresses().size()
                + (endpoint.state().isPresent() ? 1 : 0)
                + (endpoint.port().isEmpty() ? 0 : 1);
    }

    /// Takes in a load balancer.
    public void add(HnsLoadBalancer loadBalancer) {
        listsLoadBalancers = true;
        loadBalancers.merge(
                key(loadBalancer.id(), loadBalancers.size()),
                loadBalancer,
                (old, other) -> other.ports().size() > old.ports().size() ? other : old);
    }

    /// Takes in a namespace.
    public void add(HnsNamespace namespace) {
        namespaces.add(namespace);
    }

    /// Notes that all load balancers were listed, be there none.
    public void noteLoadBalancers() {
        listsLoadBalancers = true;
    }

    /// What was read without an id stands for itself.
    private static String key(String id, int index) {
        return id.isEmpty() ? "#" + index : id;
    }

    /// The networks in the order of the files.
    public List<HnsNetwork> networks() {
        return List.copyOf(networks.values());
    }

    /// The endpoints in the order of the files.
    public List<HnsEndpoint> endpoints() {
        return List.copyOf(endpoints.values());
    }

    /// The endpoints by their ids.
    public Map<String, HnsEndpoint> endpointsById() {
        return Collections.unmodifiableMap(endpoints);
    }

    /// The load balancers in the order of the files.
    public List<HnsLoadBalancer> loadBalancers() {
        return List.copyOf(loadBalancers.values());
    }

    /// The namespaces in the order of the files.
    public List<HnsNamespace> namespaces() {
        return Collections.unmodifiableList(namespaces);
    }

    /// Whether a list of endpoints was read.
    public boolean listsEndpoints() {
        return listsEndpoints;
    }

    /// Whether a list of load balancers was read.
    public boolean listsLoadBalancers() {
        return listsLoadBalancers;
    }

    /// Whether nothing was read.
    public boolean isEmpty() {
        return networks.isEmpty() && endpoints.isEmpty() && !listsLoadBalancers && namespaces.isEmpty();
    }
}

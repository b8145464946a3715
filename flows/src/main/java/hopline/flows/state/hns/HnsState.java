package hopline.flows.state.hns;

import hopline.flows.state.Facts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/// What HNS holds on one node. The same object read from several files counts once: the fullest account of
/// it.
public final class HnsState {

    private static final int MAX_OBJECTS = 200_000;

    private final Map<String, HnsNetwork> networks = new LinkedHashMap<>();
    private final Map<String, HnsEndpoint> endpoints = new LinkedHashMap<>();
    private final Map<String, HnsLoadBalancer> loadBalancers = new LinkedHashMap<>();
    private final Facts<HnsNamespace> namespaces = new Facts<>(MAX_OBJECTS);
    private boolean isCut;
    private boolean listsEndpoints;
    private boolean lacksEndpoints;
    private boolean listsLoadBalancers;
    private boolean lacksLoadBalancers;

    /// Nothing yet.
    public HnsState() {}

    /// Takes in a network.
    public void add(HnsNetwork network) {
        keep(networks, network.id(), network, (old, other) -> weight(other) > weight(old) ? other : old);
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
        keep(endpoints, endpoint.id(), endpoint, (old, other) -> weight(other) > weight(old) ? other : old);
    }

    private static int weight(HnsEndpoint endpoint) {
        return (endpoint.isComplete() ? 4 : 0)
                + endpoint.addresses().size()
                + (endpoint.state().isPresent() ? 1 : 0)
                + (endpoint.port().isEmpty() ? 0 : 1);
    }

    /// Takes in a load balancer.
    public void add(HnsLoadBalancer loadBalancer) {
        keep(
                loadBalancers,
                loadBalancer.id(),
                loadBalancer,
                (old, other) -> other.ports().size() > old.ports().size() ? other : old);
    }

    /// Takes in a namespace.
    public void add(HnsNamespace namespace) {
        namespaces.add(namespace);
    }

    /// Notes that there was a list of endpoints.
    ///
    /// @param isWhole whether it was read to its end
    public void noteEndpoints(boolean isWhole) {
        listsEndpoints = true;
        lacksEndpoints |= !isWhole;
    }

    /// Notes that there was a list of load balancers, be there none.
    ///
    /// @param isWhole whether it was read to its end
    public void noteLoadBalancers(boolean isWhole) {
        listsLoadBalancers = true;
        lacksLoadBalancers |= !isWhole;
    }

    /// What was read without an id stands for itself.
    private <T> void keep(Map<String, T> objects, String id, T object, BinaryOperator<T> fuller) {
        String key = id.isEmpty() ? "#" + objects.size() : id;
        if (objects.size() < MAX_OBJECTS || objects.containsKey(key)) {
            objects.merge(key, object, fuller);
        } else {
            isCut = true;
        }
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

    /// Whether it only holds the address that non-DSR service traffic of an overlay gets as its source. The one that
    /// kube-proxy makes has no name of its own: its load balancers tell.
    public boolean isSourceVip(HnsEndpoint endpoint) {
        return endpoint.isSourceVip()
                || (!endpoint.isRemote()
                        && endpoint.isUnnamed()
                        && loadBalancers.values().stream()
                                .flatMap(balancer -> balancer.sourceVip().stream())
                                .anyMatch(endpoint.addresses()::contains));
    }

    /// Whether it is a pod's on this node: neither remote, nor the host's, nor kube-proxy's source VIP.
    public boolean isPod(HnsEndpoint endpoint) {
        return endpoint.isPod() && !isSourceVip(endpoint);
    }

    /// The load balancers in the order of the files.
    public List<HnsLoadBalancer> loadBalancers() {
        return List.copyOf(loadBalancers.values());
    }

    /// The namespaces in the order of the files.
    public List<HnsNamespace> namespaces() {
        return namespaces.all();
    }

    /// Whether all endpoints are known: their lists were read to the end, and HNS answered at all.
    public boolean listsEndpoints() {
        return listsEndpoints && !lacksEndpoints && hasAnswered();
    }

    /// Whether all load balancers are known: their lists were read to the end, and HNS answered at all.
    public boolean listsLoadBalancers() {
        return listsLoadBalancers && !lacksLoadBalancers && hasAnswered();
    }

    /// A list is empty, too, where HNS did not run when it was asked.
    private boolean hasAnswered() {
        return !networks.isEmpty() || !endpoints.isEmpty() || !loadBalancers.isEmpty();
    }

    /// Whether there was more than is kept.
    public boolean isCut() {
        return isCut || namespaces.isCut();
    }

    /// Whether nothing was read.
    public boolean isEmpty() {
        return networks.isEmpty()
                && endpoints.isEmpty()
                && loadBalancers.isEmpty()
                && !listsLoadBalancers
                && namespaces.isEmpty();
    }
}

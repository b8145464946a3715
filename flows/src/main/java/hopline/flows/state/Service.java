package hopline.flows.state;

import hopline.decode.Address;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A service as the API server described it.
///
/// @param type `ClusterIP`, `NodePort`, `LoadBalancer`, `ExternalName`, or whatever the list said
/// @param clusterIps none when it is headless or only a name
/// @param loadBalancerIps the ingress addresses of its load balancer; host names are left out
/// @param unproxied kube-proxy leaves it alone: it is headless, and clients learn its endpoints from DNS, or a label
///     leaves it to another proxy
/// @param selector the labels of its pods; empty when its endpoints are kept by hand
public record Service(
        String namespace,
        String name,
        String type,
        List<Address> clusterIps,
        List<Address> externalIps,
        List<Address> loadBalancerIps,
        List<ServicePort> ports,
        TrafficPolicy externalTrafficPolicy,
        TrafficPolicy internalTrafficPolicy,
        boolean unproxied,
        Map<String, String> selector) {

    public Service {
        clusterIps = List.copyOf(clusterIps);
        externalIps = List.copyOf(externalIps);
        loadBalancerIps = List.copyOf(loadBalancerIps);
        ports = List.copyOf(ports);
        selector = Collections.unmodifiableMap(new TreeMap<>(selector));
    }

    /// Its namespace and name, which its endpoints refer to.
    public NamespacedName id() {
        return new NamespacedName(namespace, name);
    }
}

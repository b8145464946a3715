package hopline.flows.scene;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.flows.state.Backend;
import hopline.flows.state.Cluster;
import hopline.flows.state.NamespacedName;
import hopline.flows.state.Service;
import hopline.flows.state.ServicePort;
import java.util.HashSet;
import java.util.Set;

/// Where the API server is: the service that every cluster has, and what stands behind it.
public final class ApiServer {

    private static final NamespacedName SERVICE = new NamespacedName("default", "kubernetes");

    private final Set<Endpoint> endpoints = new HashSet<>();

    /// As the lists had it at that moment, nanoseconds since 1970.
    ApiServer(Cluster cluster, long epochNanos) {
        for (Service service : cluster.services()) {
            if (service.id().equals(SERVICE)) {
                service.ports().forEach(port -> add(cluster, service, port, epochNanos));
            }
        }
    }

    private void add(Cluster cluster, Service service, ServicePort port, long epochNanos) {
        for (Address address : service.clusterIps()) {
            endpoints.add(new Endpoint(address, port.port()));
        }
        cluster.backends(service, port, epochNanos)
                .ifPresent(backends ->
                        backends.all().stream().map(Backend::endpoint).forEach(endpoints::add));
    }

    /// Whether that is its service's address or one of its own.
    public boolean isAt(Endpoint endpoint) {
        return endpoints.contains(endpoint);
    }
}

package hopline.flows.scene;

import hopline.decode.Address;
import hopline.decode.IpProtocol;
import hopline.flows.state.Backend;
import hopline.flows.state.Cluster;
import hopline.flows.state.Service;
import hopline.flows.state.ServicePort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The DNS servers of the cluster: the services that take DNS questions, and what stands behind them.
public final class ClusterDns {

    private static final int DNS = 53;

    /// What names the services in a finding, at most.
    private static final int MAX_NAMES = 3;

    private final Set<Address> addresses = new HashSet<>();
    private final List<String> names = new ArrayList<>(1);

    /// As the lists had them at that moment, nanoseconds since 1970.
    ClusterDns(Cluster cluster, long epochNanos) {
        for (Service service : cluster.services()) {
            service.ports().stream()
                    .filter(port -> port.port() == DNS && port.protocol() == IpProtocol.UDP)
                    .findFirst()
                    .ifPresent(port -> add(cluster, service, port, epochNanos));
        }
    }

    private void add(Cluster cluster, Service service, ServicePort port, long epochNanos) {
        addresses.addAll(service.clusterIps());
        addresses.addAll(service.externalIps());
        addresses.addAll(service.loadBalancerIps());
        cluster.backends(service, port, epochNanos).ifPresent(backends -> backends.all().stream()
                .map(Backend::endpoint)
                .forEach(endpoint -> addresses.add(endpoint.address())));
        if (!service.clusterIps().isEmpty() && names.size() < MAX_NAMES) {
            names.add(service.clusterIps().getFirst() + " (" + service.id() + ")");
        }
    }

    /// Whether one of them has that address.
    public boolean isAt(Address address) {
        return addresses.contains(address);
    }

    /// Address and name of each service; empty when the lists know none.
    public List<String> names() {
        return List.copyOf(names);
    }
}

package hopline.flows.scene;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.flows.state.Cluster;
import hopline.flows.state.Pod;
import hopline.flows.state.Service;
import hopline.flows.state.ServiceTarget;
import java.util.Optional;

/// One end of a flow, and who it is in the cluster.
///
/// @param endpoint its address and port
/// @param pod the pod that held the address then
/// @param service the service that the address and port stand for
/// @param addressed the service that the address is of: that one or, by a cluster IP, also one without that port
/// @param node the name of the node the address belongs to
/// @param isNode the address is the node's own
public record Party(
        Endpoint endpoint,
        Optional<Pod> pod,
        Optional<ServiceTarget> service,
        Optional<Service> addressed,
        Optional<String> node,
        boolean isNode) {

    /// Nothing but its address.
    private static Party unknown(Endpoint endpoint) {
        return new Party(endpoint, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /// Who held `endpoint` at that time, nanoseconds since 1970, as far as the cluster's lists tell.
    ///
    /// @param protocol the IP protocol number, for services
    public static Party of(Endpoint endpoint, int protocol, long epochNanos, Cluster cluster) {
        if (cluster.isEmpty()) {
            return unknown(endpoint);
        }
        Address address = endpoint.address();
        Optional<ServiceTarget> service =
                endpoint.hasPort() ? cluster.service(address, endpoint.port(), protocol, epochNanos) : Optional.empty();
        return new Party(
                endpoint,
                cluster.pod(address, epochNanos),
                service,
                service.map(ServiceTarget::service).or(() -> cluster.clusterIp(address, epochNanos)),
                cluster.nodeOwning(address, epochNanos),
                cluster.isNodeAddress(address));
    }

    /// `namespace/name` of the pod, if it is one.
    public Optional<String> podName() {
        return pod.map(p -> p.id().toString());
    }

    /// `namespace/name` of the service, if it is one.
    public Optional<String> serviceName() {
        return addressed.map(s -> s.id().toString());
    }

    /// The shortest name a reader will recognise: service, pod, node, else the address.
    public String name() {
        return serviceName()
                .or(this::podName)
                .or(() -> isNode ? node : Optional.empty())
                .orElseGet(() -> endpoint.address().toString());
    }
}

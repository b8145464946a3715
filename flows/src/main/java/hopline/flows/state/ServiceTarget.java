package hopline.flows.state;

/// What a packet sent to a service's address and port is meant for.
///
/// @param kind which of the service's addresses it was sent to
public record ServiceTarget(Service service, ServicePort port, Kind kind) {

    /// The kinds of address a service has.
    public enum Kind {
        /// Its virtual address inside the cluster.
        CLUSTER_IP,
        /// One of its `externalIPs`, routed to the cluster by others.
        EXTERNAL_IP,
        /// An ingress address of its load balancer.
        LOAD_BALANCER,
        /// An address of a node, with the service's node port.
        NODE_PORT
    }
}

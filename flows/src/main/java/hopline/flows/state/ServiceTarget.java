package hopline.flows.state;

/// What a packet sent to a service's address and port is meant for.
///
/// @param kind which of the service's addresses it was sent to
public record ServiceTarget(Service service, ServicePort port, Kind kind) {

    /// The kinds of address a service has.
    public enum Kind {
        CLUSTER_IP,
        EXTERNAL_IP,
        LOAD_BALANCER,
        NODE_PORT
    }
}

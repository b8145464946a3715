package hopline.flows.state;

/// A port that a pod's container says it listens on; containers may listen on others too.
///
/// @param name empty when it has none; what a service's `targetPort` may refer to
/// @param protocol an IP protocol number: TCP, UDP or SCTP
/// @param port 1 to 65,535
public record ContainerPort(String name, int protocol, int port) {}

package hopline.flows.state;

/// A port of a service.
///
/// @param name empty when it is the service's only one; endpoints carry the same name
/// @param protocol an IP protocol number: TCP, UDP or SCTP
/// @param port 1 to 65,535
/// @param targetPort the backends' port, as a number or as the name of a container port
/// @param nodePort the port on every node, or 0 when there is none, as in the API
public record ServicePort(String name, int protocol, int port, String targetPort, int nodePort) {

    /// Whether it can be reached at the address of every node.
    public boolean hasNodePort() {
        return nodePort != 0;
    }
}

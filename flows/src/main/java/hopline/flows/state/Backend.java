package hopline.flows.state;

import hopline.decode.Endpoint;
import java.util.Optional;

/// An address and port that one port of a service may lead to.
///
/// @param portName the name of the service's port, empty when that has none
/// @param protocol an IP protocol number: TCP, UDP or SCTP
/// @param ready it takes new connections; what the list leaves unsaid means yes
/// @param serving it would take connections, be it terminating or not
/// @param terminating its pod is being deleted
/// @param nodeName where it runs, when the list says
/// @param pod the pod behind it, when there is one
public record Backend(
        String portName,
        int protocol,
        Endpoint endpoint,
        boolean ready,
        boolean serving,
        boolean terminating,
        Optional<String> nodeName,
        Optional<NamespacedName> pod) {}

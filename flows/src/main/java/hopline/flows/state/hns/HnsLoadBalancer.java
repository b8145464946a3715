package hopline.flows.state.hns;

import hopline.decode.Address;
import hopline.flows.state.ServicePort;
import hopline.flows.state.Source;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A load balancer of HNS (in the old form a policy list of type `ELB`).
///
/// @param id in lower case
/// @param endpoints the ids of its backends' endpoints, in lower case
/// @param vips none for a node port
/// @param ports none where only a table was read
/// @param isDsr replies go to the client directly; empty when not said
/// @param state 2 when applied, in the old form
public record HnsLoadBalancer(
        String id,
        List<String> endpoints,
        List<Address> vips,
        Optional<Address> sourceVip,
        List<Port> ports,
        Optional<Boolean> isDsr,
        OptionalInt state,
        Source source) {

    /// State "applied" of the old form.
    public static final int APPLIED = 2;

    public HnsLoadBalancer {
        endpoints = List.copyOf(endpoints);
        vips = List.copyOf(vips);
        ports = List.copyOf(ports);
    }

    /// Those of its ports that are for a service's `port`: without addresses it is for node ports.
    public List<Port> portsFor(ServicePort port) {
        int external = vips.isEmpty() ? port.nodePort() : port.port();
        return ports.stream()
                .filter(of -> of.protocol() == port.protocol() && of.external() == external)
                .toList();
    }

    /// A port it answers at.
    ///
    /// @param protocol an IP protocol number
    /// @param internal the backends' port
    /// @param external the service's port, or the node port
    public record Port(int protocol, int internal, int external) {}
}

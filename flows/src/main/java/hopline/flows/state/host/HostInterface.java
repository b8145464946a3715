package hopline.flows.state.host;

import hopline.decode.Address;
import hopline.flows.state.Source;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// An interface.
///
/// @param compartment 1 is the host's; pods have their own; 0 when not said
/// @param mtu in octets, when said
public record HostInterface(
        int compartment,
        String name,
        OptionalLong mac,
        List<Address> addresses,
        List<Address> gateways,
        List<Address> dnsServers,
        OptionalInt mtu,
        Source source) {

    public HostInterface {
        addresses = List.copyOf(addresses);
        gateways = List.copyOf(gateways);
        dnsServers = List.copyOf(dnsServers);
    }
}

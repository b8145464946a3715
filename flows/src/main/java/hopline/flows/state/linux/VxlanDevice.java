package hopline.flows.state.linux;

import hopline.decode.Address;
import hopline.flows.state.Source;
import java.util.Optional;
import java.util.OptionalLong;

/// A VXLAN interface, as `ip -d link` shows it.
///
/// @param local the outer source address, when one is set
/// @param port the UDP port it sends to and listens at
/// @param mac its own address: the inner destination of what it takes in
public record VxlanDevice(String name, int vni, Optional<Address> local, int port, OptionalLong mac, Source source) {}

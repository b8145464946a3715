package hopline.flows.state;

import hopline.decode.Address;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A node's end of the VXLAN tunnels, as flannel or Calico note it on the node.
///
/// @param vni 0 to 16,777,215
/// @param mac the inner destination of what is sent to this node, in the lower 48 bits
/// @param underlay the outer address, when the network plugin names one
/// @param overlay the address that the node itself has inside the overlay
public record Vtep(OptionalInt vni, OptionalLong mac, Optional<Address> underlay, Optional<Address> overlay) {}

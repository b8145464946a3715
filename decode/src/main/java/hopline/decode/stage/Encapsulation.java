package hopline.decode.stage;

import hopline.decode.Address;

/// The tunnel around a packet, as one stage shows it.
///
/// @param source the VTEP that encapsulated
/// @param destination the VTEP that shall decapsulate
/// @param port the UDP port the tunnel is addressed to
/// @param vni the network identifier, 0 to 16,777,215, or [#NO_VNI] where the header states none
public record Encapsulation(Address source, Address destination, int port, int vni) {

    public static final int NO_VNI = -1;

    /// The only tunnel there is so far.
    public String protocol() {
        return "VXLAN";
    }
}
